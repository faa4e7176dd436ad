"""The parts of a report as rows of their tables, and a digest that tells one reading from another."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from govcrawl.model import Report
from govcrawl.store.outcomes import write_checks
from govcrawl.store.places import write_sections, write_tables

COUNTED = (
    *("title", "agency", "year", "published", "template", "source_type"),
    *("scope", "agency_type", "agency_norm", "township_code", "text"),
)
"""Columns of ``reports`` that the digest of a reading counts."""

COLUMNS = {
    "sections": ("number", "heading", "text"),
    "tables": ("number", "caption", "grid", "kind", "aligned"),
    "attachments": ("url", "filename", "media_type", "sha256", "role"),
    "statements": ("fact", "value", "sentence"),
    "checks": ("rule", "subject", "outcome", "expected", "actual"),
    "findings": ("kind", "subject", "detail"),
    "removals": ("rule", "line"),
}

_COMPACT = {"sections": "section_places", "tables": "table_places", "checks": "check_outcomes"}
"""Views, and the tables behind them."""

_READ = frozenset({"only_source", "twin"})


@dataclass(frozen=True, slots=True)
class Parts:
    """Rows by table, without the report's id, and the digest of everything that was read.

    Removed boilerplate and evidence do not count for the digest, for visit counters stand there, nor do the
    hashes of attached files that were read: what they say counts.
    """

    rows: Mapping[str, list[tuple[Any, ...]]]
    evidence: str
    digest: str
    text: str

    @classmethod
    def of(cls, report: Report) -> Parts:
        """The rows that a report makes."""
        rows: dict[str, list[tuple[Any, ...]]] = {
            "sections": [(s.number, s.heading, s.text) for s in report.sections],
            "tables": [
                (t.number, t.caption, _json(t.grid.texts()), t.kind, int(t.grid.aligned))
                for t in report.tables
            ],
            "attachments": [(a.url, a.filename, a.media_type, a.sha256, a.role) for a in report.attachments],
            "statements": [(s.fact, s.value, s.sentence) for s in report.statements],
            "checks": [(c.rule, c.subject, c.outcome.value, c.expected, c.actual) for c in report.checks],
            "findings": [(f.kind, f.subject, f.detail) for f in report.findings],
            "removals": [(r.rule, r.line) for r in report.removals],
        }
        return cls(rows, _json(dict(report.evidence)), _digest(report, rows), report.text)

    def write(self, db: Database, report_id: int) -> None:
        """Insert all rows for a report (inside a transaction)."""
        write_sections(db, report_id, self.text, self.rows["sections"])
        write_tables(db, report_id, self.text, self.rows["tables"])
        write_checks(db, report_id, self.rows["checks"])
        for table in self.rows:
            if table not in _COMPACT and self.rows[table]:
                self._write(db, report_id, table)

    def write_uncounted(self, db: Database, report_id: int) -> None:
        """Put a later look's removed lines and files' hashes in the place of those of an earlier one."""
        for table in ("removals", "attachments"):
            db.conn.execute(f"DELETE FROM {table} WHERE report_id = ?", (report_id,))
            self._write(db, report_id, table)

    def _write(self, db: Database, report_id: int, table: str) -> None:
        columns = COLUMNS[table]
        db.conn.executemany(
            f"INSERT INTO {table} (report_id, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})",
            [(report_id, *values) for values in self.rows[table]],
        )

    @staticmethod
    def move(db: Database, report_id: int, to: int) -> None:
        """Give all rows of a report to another, which gets its text too (inside a transaction)."""
        for table in COLUMNS:
            db.conn.execute(
                f"UPDATE {_COMPACT.get(table, table)} SET report_id = ? WHERE report_id = ?", (to, report_id)
            )

    @staticmethod
    def delete(db: Database, report_id: int) -> None:
        """Take away all rows of a report (inside a transaction)."""
        for table in COLUMNS:
            db.conn.execute(f"DELETE FROM {_COMPACT.get(table, table)} WHERE report_id = ?", (report_id,))


def digest_of(
    told: Mapping[str, Any], rows: Mapping[str, Sequence[Any]], facts: Sequence[Sequence[Any]]
) -> str:
    """The digest of a reading: its ``COUNTED`` columns, its parts' rows, its facts as they were read."""
    counted = [told[name] for name in COUNTED]
    parts = {table: values for table, values in rows.items() if table != "removals"}
    parts["attachments"] = files_as_counted(rows["attachments"])
    read = (counted[:6], counted[6:10], counted[10], parts, facts)
    return hashlib.sha256(_json(read).encode()).hexdigest()


def _digest(report: Report, rows: Mapping[str, Sequence[Any]]) -> str:
    facts = [
        (f.fact, f.value, f.raw, f.status, f.unit, f.unit_source, f.note, f.table, f.row, f.column)
        for f in report.facts
    ]
    return digest_of({name: getattr(report, name) for name in COUNTED}, rows, facts)


def files_as_counted(rows: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Attached files without the hashes of those that were read; of others nothing else tells a change."""
    return [(*named, None if role in _READ else sha256, role) for *named, sha256, role in rows]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
