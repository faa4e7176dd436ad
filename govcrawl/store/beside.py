"""A report's parts read beside its text: the same rows as those of the views, which cut each piece out anew.

For whoever reads many reports whole: SQLite walks through a text for each of its sections and tables.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from sqlite_utils import Database

from govcrawl.store import queries
from govcrawl.store.keys import name_of
from govcrawl.store.outcomes import OUTCOMES
from govcrawl.store.places import as_grid

Row = dict[str, Any]

_SECTIONS = """
    SELECT number, heading_start, heading_length, start, length, heading, text FROM section_places
    WHERE report_id = ? ORDER BY place
"""
_TABLES = """
    SELECT number, caption, kind, aligned, start, head, ruler, length, patches, grid FROM table_places
    WHERE report_id = ? ORDER BY place
"""
_CHECKS = "SELECT check_id, outcome, expected, actual FROM check_outcomes WHERE report_id = ? ORDER BY place"
_NAMES = {outcome: name for name, outcome in OUTCOMES.items()}


def parts_beside(db: Database, names: Iterable[str], report_id: int, text: str) -> dict[str, list[Row]]:
    """A report's parts by name, each as ``queries.parts`` gives it; ``text`` is that of the report."""
    read: dict[str, Callable[[Database, int, str], list[Row]]] = {
        "sections": _sections, "tables": _tables, "checks": _checks,
    }  # fmt: skip
    return {
        name: read[name](db, report_id, text) if name in read else queries.parts(db, name, report_id)
        for name in names
    }


def _sections(db: Database, report_id: int, text: str) -> list[Row]:
    return [
        {
            "number": number,
            "heading": text[head_start - 1 : head_start - 1 + head_length] if heading is None else heading,
            "text": text[start - 1 : start - 1 + length] if own is None else own,
        }
        for number, head_start, head_length, start, length, heading, own in db.conn.execute(
            _SECTIONS, (report_id,)
        )
    ]


def _tables(db: Database, report_id: int, text: str) -> list[Row]:
    found = []
    for number, caption, kind, aligned, *where, patches, grid in db.conn.execute(_TABLES, (report_id,)):
        if grid is None:
            start, head, ruler, length = where
            piece = text[start - 1 : start - 1 + length]
            grid = as_grid(piece[:head] + piece[head + ruler :])
            grid = grid if patches is None else _patched(grid, json.loads(patches))
        found.append(
            {"number": number, "caption": caption, "grid": grid, "kind": kind, "aligned": aligned}
        )
    return found


def _patched(grid: str, patches: dict[str, str]) -> str:
    """A grid with the cells put in that Markdown shows otherwise."""
    rows = json.loads(grid)
    for place, cell in patches.items():
        row, _, slot = place.partition(",")
        rows[int(row)][int(slot)] = cell
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _checks(db: Database, report_id: int, _: str) -> list[Row]:
    found = []
    for key, outcome, expected, actual in db.conn.execute(_CHECKS, (report_id,)):
        rule, subject = name_of(db, "check_ids", key)
        found.append(
            {
                "rule": rule,
                "subject": subject,
                "outcome": _NAMES[outcome],
                "expected": None if expected is None else str(expected),
                "actual": None if actual is None else str(actual),
            }
        )
    return found
