"""Reports one by one in the order of a dataset, and their facts in the order of the form."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from govcrawl.store.queries import Row, Selection

FactRow = tuple[str, int | float | None, str, str, str | None, str | None, str | None, Any, Any, Any]
"""fact, value, raw, status, unit, unit_source, note, table_number, row, col."""


def ids_in_order(db: Database, selection: Selection) -> array[int]:
    """Keys of the selected reports by year, division, body and address, whenever they were stored.

    Only the keys: to sort the rows with their texts would take a second database.
    """
    where, parameters = selection.where()
    found = db.conn.execute(
        f"SELECT r.id FROM reports r WHERE {where} "
        "ORDER BY r.year IS NULL, r.year, r.division_code, r.agency_norm, r.url",
        parameters,
    )
    return array("q", (key for (key,) in found))


def reports_in_order(db: Database, keys: array[int]) -> Iterator[Row]:
    """Rows of ``reports``, with their text, by their keys."""
    cursor = db.conn.execute("SELECT * FROM reports LIMIT 0")
    columns = [column[0] for column in cursor.description]
    for key in keys:
        row = db.conn.execute("SELECT * FROM reports WHERE id = ?", (key,)).fetchone()
        yield dict(zip(columns, row, strict=True))


def facts_in_order(db: Database, places: Mapping[str, int]) -> Callable[[int], list[FactRow]]:
    """A function that gives a report's facts as tuples, ordered by ``places``, unknown ids last by name.

    It reads the compact tables, whose names it looks up once: for millions of facts the view is too slow.
    """
    names = dict(db.conn.execute("SELECT id, fact FROM fact_ids").fetchall())
    known = sorted(names, key=lambda key: (places.get(names[key], len(places)), names[key]))
    rank = {key: place for place, key in enumerate(known)}
    statuses = dict(db.conn.execute("SELECT id, status FROM fact_statuses").fetchall())
    units: dict[int | None, tuple[str | None, str | None]] = {None: (None, None)}
    for key, unit, source in db.conn.execute("SELECT id, unit, unit_source FROM fact_units"):
        units[key] = (unit or None, source or None)

    def facts_of(report_id: int) -> list[FactRow]:
        cells = db.conn.execute(
            'SELECT fact_id, value, raw, status_id, unit_id, note, table_number, "row", col '
            "FROM fact_cells WHERE report_id = ?",
            (report_id,),
        ).fetchall()
        cells.sort(key=lambda cell: rank[cell[0]])
        return [
            (names[fact], value, str(value) if raw is None else raw, statuses[status], *units[unit], *where)
            for fact, value, raw, status, unit, *where in cells
        ]

    return facts_of
