"""The parts of many reports, read beside their texts: the same rows as those of the views.

For whoever reads reports whole. The views cut each section and table out of its text anew, for which SQLite
walks through that from its beginning; and every question takes its time, so that they are asked for a hundred
reports at once.
"""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from govcrawl.store.check_columns import CheckColumns
from govcrawl.store.grids import as_grid
from govcrawl.store.queries import PARTS, Row

Found = Sequence[Any]
_PLACES = {
    "sections": (
        "section_places",
        "number, heading_start, heading_length, start, length, heading, text",
    ),
    "tables": (
        "table_places",
        "number, caption, kind, aligned, start, head, ruler, length, patches, grid",
    ),
    "checks": ("check_lists", "form_id, list"),
}


def parts_beside(
    db: Database, names: Iterable[str], texts: Mapping[int, str]
) -> dict[int, dict[str, Sequence[Row]]]:
    """Parts by report and name, each as ``queries.parts`` gives it; ``texts`` are those of the reports."""
    made: dict[str, Callable[[Database, str, list[Found]], Sequence[Row]]] = {
        "sections": _sections,
        "tables": _tables,
        "checks": lambda db, _, rows: CheckColumns.of(db, rows),
    }
    found: dict[int, dict[str, Sequence[Row]]] = {report_id: {} for report_id in texts}
    for name in names:
        if name in _PLACES:
            table, columns = _PLACES[name]
            rows = rows_of(db, table, columns, "part" if name == "checks" else "place", texts)
            for report_id, text in texts.items():
                found[report_id][name] = made[name](db, text, rows.get(report_id, []))
        else:
            rows, keys = rows_of(db, name, PARTS[name], "rowid", texts), PARTS[name].split(", ")
            for report_id in texts:
                own = rows.get(report_id, ())
                found[report_id][name] = [dict(zip(keys, row, strict=True)) for row in own]
    return found


def rows_of(
    db: Database, table: str, columns: str, order: str, report_ids: Iterable[int]
) -> dict[int, list[Found]]:
    """The rows of a table by report, for those that have some."""
    query = (
        f"SELECT report_id, {columns} FROM {table} WHERE report_id IN (SELECT value FROM json_each(?)) "
        f"ORDER BY report_id, {order}"
    )
    rows = db.conn.execute(query, (json.dumps(list(report_ids)),)).fetchall()
    return {key: [row[1:] for row in own] for key, own in groupby(rows, itemgetter(0))}


def _sections(_: Database, text: str, rows: list[Found]) -> list[Row]:
    return [
        {
            "number": number,
            "heading": text[head_start - 1 : head_start - 1 + head_length] if heading is None else heading,
            "text": text[start - 1 : start - 1 + length] if own is None else own,
        }
        for number, head_start, head_length, start, length, heading, own in rows
    ]


def _tables(_: Database, text: str, rows: list[Found]) -> list[Row]:
    return [
        {
            "number": number,
            "caption": caption,
            "grid": _grid(text, *where) if grid is None else grid,
            "kind": kind,
            "aligned": aligned,
        }
        for number, caption, kind, aligned, *where, grid in rows
    ]


def _grid(text: str, start: int, head: int, ruler: int, length: int, patches: str | None) -> str:
    """A grid from its Markdown, with the cells put in that this shows otherwise."""
    piece = text[start - 1 : start - 1 + length]
    grid = as_grid(piece[:head] + piece[head + ruler :])
    if patches is None:
        return grid
    rows = json.loads(grid)
    for place, cell in json.loads(patches).items():
        row, _, slot = place.partition(",")
        rows[int(row)][int(slot)] = cell
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
