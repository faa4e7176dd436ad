"""The parts of a report as rows of their tables, and a digest that tells one reading from another."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from govcrawl.model import Report
from govcrawl.store.facts import INSERT_LISTS, delete_facts, list_rows
from govcrawl.store.outcomes import INSERT as INSERT_CHECKS
from govcrawl.store.outcomes import check_rows
from govcrawl.store.places import SECTION, TABLE, section_rows, table_rows
from govcrawl.store.shapes import Cells, FactRow, cells_of, quoted

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

_INSERT = {
    table: f"INSERT INTO {table} (report_id, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})"
    for table, columns in COLUMNS.items()
}

_APART = frozenset({"removals", "attachments", "checks"})
_READ = frozenset({"only_source", "twin"})


@dataclass(frozen=True, slots=True)
class Parts:
    """Rows by table, without the report's id, and the digest of everything that was read.

    Removed boilerplate and evidence do not count for the digest, for visit counters stand there, nor do the
    hashes of attached files that were read: what they say counts.
    """

    rows: Mapping[str, list[tuple[Any, ...]]]
    cells: Cells
    evidence: str
    digest: str
    text: str

    @classmethod
    def of(cls, report: Report) -> Parts:
        """The rows that a report makes."""
        rows: dict[str, list[tuple[Any, ...]]] = {
            "sections": [(s.number, s.heading, s.text) for s in report.sections],
            "tables": [
                (t.number, t.caption, _grid(t.grid.texts()), t.kind, int(t.grid.aligned))
                for t in report.tables
            ],
            "attachments": [(a.url, a.filename, a.media_type, a.sha256, a.role) for a in report.attachments],
            "statements": [(s.fact, s.value, s.sentence) for s in report.statements],
            "checks": [(c.rule, c.subject, c.outcome, c.expected, c.actual) for c in report.checks],
            "findings": [(f.kind, f.subject, f.detail) for f in report.findings],
            "removals": [(r.rule, r.line) for r in report.removals],
        }
        cells = cells_of(report.facts)
        told = {name: getattr(report, name) for name in COUNTED}
        return cls(rows, cells, _json(dict(report.evidence)), _digest(told, rows, cells), report.text)

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
        yield SECTION, section_rows(report_id, self.text, self.rows["sections"])
        yield TABLE, table_rows(report_id, self.text, self.rows["tables"])
        yield INSERT_CHECKS, check_rows(db, report_id, 0, self.rows["checks"])
        for table, rows in self.rows.items():
            if table not in _COMPACT and rows:
                yield _INSERT[table], [(report_id, *values) for values in rows]

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


def digest_of(told: Mapping[str, Any], rows: Mapping[str, Sequence[Any]], facts: Sequence[FactRow]) -> str:
    """The digest of a reading: its ``COUNTED`` columns, its parts' rows, its facts as they were read."""
    return _digest(told, rows, cells_of(facts))


def _digest(told: Mapping[str, Any], rows: Mapping[str, Sequence[Any]], cells: Cells) -> str:
    """SHA-256 of one JSON text, of which the many facts and checks are written apart.

    The names of the other parts sort behind those two.
    """
    counted = [told[name] for name in COUNTED]
    files = _json(files_as_counted(rows["attachments"])) if rows["attachments"] else "[]"
    checks = ",".join(map(_check, rows["checks"]))
    others = _json({table: values for table, values in rows.items() if table not in _APART})
    digest = hashlib.sha256(_json((counted[:6], counted[6:10], counted[10]))[:-1].encode())
    digest.update(f',{{"attachments":{files},"checks":[{checks}],{others[1:]},'.encode())
    digest.update(cells.as_json().encode())  # apart, for it is mostly ASCII
    digest.update(b"]")
    return digest.hexdigest()


@lru_cache(maxsize=4096)
def _check(told: tuple[str, str, str, str | None, str | None]) -> str:
    rule, subject, outcome, expected, actual = told
    there = "null" if expected is None else quoted(expected)
    here = "null" if actual is None else quoted(actual)
    return f"{_check_head(rule, subject, outcome)},{there},{here}]"


@lru_cache(maxsize=4096)
def _check_head(rule: str, subject: str, outcome: str) -> str:
    return _json((rule, subject, outcome))[:-1]


def files_as_counted(rows: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Attached files without the hashes of those that were read; of others nothing else tells a change."""
    return [(*named, None if role in _READ else sha256, role) for *named, sha256, role in rows]


def files_unread(rows: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Attached files that no words or numbers were read from, by which alone a change can be told."""
    return [tuple(row) for row in rows if row[-1] not in _READ]


def _grid(rows: Sequence[Sequence[str]]) -> str:
    """A grid as JSON."""
    if not all(rows):
        return _json(rows)
    written = '["' + '"],["'.join(['","'.join(row) for row in rows]) + '"]'
    quotes = sum([2 * len(row) for row in rows])
    if written.count('"') > quotes or "\\" in written:
        return _json(rows)
    if not written.isprintable() and _CONTROL(written):  # what most are is found sooner
        return _json(rows)
    return f"[{written}]"


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_CONTROL = re.compile(r"[\x00-\x1f]").search
