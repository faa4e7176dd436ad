"""The parts of a report as rows of their tables."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from sqlite_utils import Database

from govcrawl.model import Report
from govcrawl.store.digest import COUNTED, blocks_of, digest_of_cells
from govcrawl.store.facts import INSERT_LISTS, delete_facts, list_rows
from govcrawl.store.grids import Written, written
from govcrawl.store.outcomes import INSERT as INSERT_CHECKS
from govcrawl.store.outcomes import READ, check_rows
from govcrawl.store.places import SECTION, TABLE, block_rows, section_rows, table_rows
from govcrawl.store.shapes import Cells, cells_of

COLUMNS = {
    "sections": ("number", "heading", "text"),
    "tables": ("number", "caption", "grid", "kind", "aligned"),
    "attachments": ("url", "filename", "media_type", "sha256", "role"),
    "statements": ("fact", "value", "sentence"),
    "checks": ("rule", "subject", "outcome", "expected", "actual"),
    "findings": ("kind", "subject", "detail"),
    "removals": ("rule", "line"),
}

_COMPACT = {"sections": "section_places", "tables": "table_places", "checks": "check_lists"}
"""Views, and the tables behind them."""

_INSERT = {
    table: f"INSERT INTO {table} (report_id, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})"
    for table, columns in COLUMNS.items()
}


@dataclass(frozen=True, slots=True)
class Parts:
    """Rows by table, without the report's id, and the digest of everything that was read.

    ``grids`` are those of the tables where they are known; ``whole``: the text is made of the sections.
    """

    rows: Mapping[str, Sequence[tuple[Any, ...]]]
    cells: Cells
    evidence: str
    digest: str
    text: str
    grids: Iterable[Written | None] = repeat(None)
    whole: bool = False

    @classmethod
    def of(cls, report: Report) -> Parts:
        """The rows that a report makes."""
        grids = [written(table.grid.rows) for table in report.tables]
        rows: dict[str, Sequence[tuple[Any, ...]]] = {
            "sections": [(s.number, s.heading, s.text) for s in report.sections],
            "tables": [
                (t.number, t.caption, own.grid, t.kind, int(t.grid.aligned))
                for t, own in zip(report.tables, grids, strict=True)
            ],
            "attachments": [(a.url, a.filename, a.media_type, a.sha256, a.role) for a in report.attachments],
            "statements": [(s.fact, s.value, s.sentence) for s in report.statements],
            "checks": report.checks,
            "findings": [(f.kind, f.subject, f.detail) for f in report.findings],
            "removals": [(r.rule, r.line) for r in report.removals],
        }
        cells = cells_of(report.facts)
        told = {name: getattr(report, name) for name in COUNTED}
        blocks = blocks_of(report.text, rows["sections"])
        digest = digest_of_cells(told, rows, cells, blocks, [own.quoted for own in grids])
        evidence = _json(dict(report.evidence))
        return cls(rows, cells, evidence, digest, report.text, grids, blocks is not None)

    def write(self, db: Database, report_id: int) -> None:
        """Insert all rows for a report and its facts (inside a transaction)."""
        for statement, rows in self.inserted(db, report_id):
            db.conn.executemany(statement, rows)

    def inserted(self, db: Database, report_id: int) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
        """Statements, each with the rows for it, that write the parts and the facts of a report.

        Inside a transaction, for new names of rules and facts are written at once. Raises
        ContradictoryFacts when two cells claim the same fact.
        """
        yield INSERT_LISTS, list_rows(db, report_id, self.cells)
        sections = self.rows["sections"]
        yield (
            SECTION,
            block_rows(report_id, sections) if self.whole else section_rows(report_id, self.text, sections),
        )
        yield TABLE, self._table_rows(report_id)
        yield INSERT_CHECKS, check_rows(db, report_id, READ, self.rows["checks"])
        for table, rows in self.rows.items():
            if table not in _COMPACT and rows:
                yield _INSERT[table], [(report_id, *values) for values in rows]

    def _table_rows(self, report_id: int) -> list[tuple[Any, ...]]:
        sound = True if self.whole else None
        return table_rows(report_id, self.text, self.rows["tables"], self.grids, sound=sound)

    def write_uncounted(self, db: Database, report_id: int) -> None:
        """Put a later look's removed lines and files' hashes in the place of those of an earlier one."""
        for table in ("removals", "attachments"):
            db.conn.execute(f"DELETE FROM {table} WHERE report_id = ?", (report_id,))
            self._write(db, report_id, table)

    def _write(self, db: Database, report_id: int, table: str) -> None:
        db.conn.executemany(_INSERT[table], [(report_id, *values) for values in self.rows[table]])

    @staticmethod
    def move(db: Database, report_id: int, to: int) -> None:
        """Give all rows of a report to another, which gets its text too (inside a transaction)."""
        for table in COLUMNS:
            db.conn.execute(
                f"UPDATE {_COMPACT.get(table, table)} SET report_id = ? WHERE report_id = ?", (to, report_id)
            )

    @staticmethod
    def delete(db: Database, report_id: int) -> None:
        """Take away all rows of a report and its facts (inside a transaction)."""
        delete_facts(db, report_id)
        for table in COLUMNS:
            db.conn.execute(f"DELETE FROM {_COMPACT.get(table, table)} WHERE report_id = ?", (report_id,))


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
