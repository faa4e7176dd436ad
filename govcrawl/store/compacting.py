"""A database of an older layout carried over into the compact one, report by report."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from govcrawl.errors import UsageError
from govcrawl.model import Fact, Status
from govcrawl.store.facts import FactRow, write_facts
from govcrawl.store.keys import number_of
from govcrawl.store.outcomes import OUTCOMES
from govcrawl.store.places import write_sections, write_tables
from govcrawl.store.sqlite import pragma

_PARTS = {
    "sections": "number, heading, text",
    "tables": "number, caption, grid, kind, aligned",
    "checks": "rule, subject, outcome, expected, actual",
}
_CELLS = """
    SELECT c.report_id, f.fact, c.value, coalesce(c.raw, CAST(c.value AS TEXT)), s.status,
           nullif(u.unit, ''), nullif(u.unit_source, ''), c.note, c.table_number, c."row", c.col
    FROM fact_cells c JOIN fact_ids f ON f.id = c.fact_id JOIN fact_statuses s ON s.id = c.status_id
    LEFT JOIN fact_units u ON u.id = c.unit_id
    WHERE c.report_id BETWEEN ? AND ?
    ORDER BY c.report_id, c.table_number IS NULL, c.table_number, c."row", c.col
"""
_BATCH = 500
_SPARE = 64 << 20

Rows = dict[int, list[tuple[Any, ...]]]


def compact(db: Database) -> None:
    """Carry sections, tables, checks and facts over, a few hundred reports at a time (inside a transaction).

    UsageError where the disk has no room for it.
    """
    _require_room(db)
    ids = db.conn.execute("SELECT id FROM reports ORDER BY id").fetchall()
    remaining: Iterator[tuple[int]] = iter(ids)
    for table in _PARTS:
        db.conn.execute(f"CREATE INDEX old_{table}_report ON old_{table}(report_id)")
    while batch := [key for (key,) in islice(remaining, _BATCH)]:
        own = {table: _rows(db, table, batch) for table in _PARTS}
        cells = _grouped(db.conn.execute(_CELLS, (batch[0], batch[-1])))
        for key in batch:
            (text,) = db.conn.execute("SELECT text FROM reports WHERE id = ?", (key,)).fetchone()
            write_sections(db, key, text, own["sections"].get(key, []))
            write_tables(db, key, text, own["tables"].get(key, []))
            _write_checks(db, key, own["checks"].get(key, []))
            facts: list[FactRow] = [_fact(cell) for cell in cells.get(key, ())]
            write_facts(db, key, sorted(facts, key=_kind))


def _write_checks(db: Database, report_id: int, rows: list[tuple[Any, ...]]) -> None:
    """As that layout has them, which a later one makes lists of."""
    db.conn.executemany(
        "INSERT INTO check_outcomes (report_id, place, check_id, outcome, expected, actual) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [
            (report_id, place, number_of(db, "check_ids", rule, subject), OUTCOMES[outcome], *sides)
            for place, (rule, subject, outcome, *sides) in enumerate(rows)
        ],
    )


def _fact(cell: tuple[Any, ...]) -> Fact:
    fact, value, raw, status, *rest = cell
    return Fact(fact, value, raw, Status(status), *rest)


def _kind(fact: FactRow) -> str:
    return fact[0].partition(".")[0]


def _rows(db: Database, table: str, batch: list[int]) -> Rows:
    columns = _PARTS[table]
    return _grouped(
        db.conn.execute(
            f"SELECT report_id, {columns} FROM old_{table} "  # noqa: S608 - names of ours
            "WHERE report_id BETWEEN ? AND ? ORDER BY report_id, rowid",
            (batch[0], batch[-1]),
        )
    )


def _grouped(found: Any) -> Rows:
    return {key: [row[1:] for row in own] for key, own in groupby(found, key=itemgetter(0))}


def _require_room(db: Database) -> None:
    """What is written stands in the write-ahead log and then in the file, before what it replaces is free."""
    [name] = [name for _, schema, name in db.conn.execute("PRAGMA database_list") if schema == "main"]
    if not name or db.conn.execute("SELECT 1 FROM reports LIMIT 1").fetchone() is None:
        return
    size = pragma(db, "page_count") * pragma(db, "page_size")
    needed = size + min(size, _SPARE)
    free = shutil.disk_usage(Path(name).parent).free
    if free < needed:
        raise UsageError(
            f"{name}: needs {needed / 1e9:.1f} GB of free disk to be brought to the newest layout, and there "
            f"are {free / 1e9:.1f}; make room and run again"
        )
