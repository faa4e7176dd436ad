"""Reports one by one in the order of a dataset, and their facts in the order of the form."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping

from sqlite_utils import Database

from govcrawl.store.facts import FactRow, fact_lists
from govcrawl.store.queries import Row, Selection


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
    """A function that gives a report's facts as tuples, ordered by ``places``, unknown ids last by name."""

    orders: dict[tuple[int, ...], list[int]] = {}

    def rank(fact: FactRow) -> tuple[int, str]:
        return places.get(fact[0], len(places)), fact[0]

    def in_order(report_id: int) -> list[FactRow]:
        forms, lists = [], []
        for form, own in fact_lists(db, report_id):
            forms.append(form)
            lists += own
        order = orders.get(tuple(forms))
        if order is None:  # which forms have alike, whatever is in their cells
            order = orders[tuple(forms)] = sorted(range(len(lists)), key=lambda place: rank(lists[place]))
        return [lists[place] for place in order]

    return in_order
