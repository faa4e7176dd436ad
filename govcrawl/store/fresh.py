"""Reports that are new to the database: written without asking what of them is there.

That is nearly every report of a first crawl: nothing is known of its address, and its body has no report for
that year. Any other report has to be compared with what is there (``writing.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlite_utils import Database

from govcrawl.model import Report, Source
from govcrawl.reports.across import Cells as Numbers
from govcrawl.store import bodies
from govcrawl.store.archived import NOTE_READING, note_record, reading_row
from govcrawl.store.clock import now, utc
from govcrawl.store.facts import numbers_of
from govcrawl.store.near import Near
from govcrawl.store.outcomes import ACROSS, CheckRow, check_rows
from govcrawl.store.outcomes import INSERT as INSERT_CHECKS
from govcrawl.store.parts import Parts
from govcrawl.store.report_rows import INSERT_REPORT, NOTE_SOURCE, report_row, source_row
from govcrawl.store.shapes import Cells

_FINDING = "INSERT INTO findings (report_id, kind, subject, detail) VALUES (?, ?, ?, ?)"
# Of a link whose page had another report once, that report's findings tell.
_KNOWN = """
    SELECT 1 FROM reports WHERE url = :url UNION ALL SELECT 1 FROM sources WHERE url = :url
    UNION ALL SELECT 1 FROM readings WHERE url = :url UNION ALL SELECT 1 FROM entries
    WHERE url = :url AND (doubted IS NOT NULL OR state = 'gone')
"""


@dataclass(slots=True)
class Batch:
    """Rows that wait to be written, by statement, and the cells of its reports."""

    db: Database
    run_id: int
    extractor: str
    cells: dict[int, Cells] = field(default_factory=dict)
    numbers: dict[int, Numbers] = field(default_factory=dict)
    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    last: int | None = None
    moment: str = field(default_factory=now)

    def add(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Have rows written by a statement."""
        self.rows.setdefault(statement, []).extend(rows)

    def next_id(self) -> int:
        """The id that SQLite would give the next report."""
        if self.last is None:
            (self.last,) = self.db.conn.execute("SELECT coalesce(max(id), 0) FROM reports").fetchone()
        self.last += 1
        return self.last

    def flush(self) -> None:
        """Write all rows, table by table."""
        self.last = None
        for statement, rows in self.rows.items():
            self.db.conn.executemany(statement, rows)
        self.rows.clear()

    def put(self, report: Report, source: Source, before: Sequence[tuple[int, str]]) -> int:
        """Have a new report written, and give its id; ``before`` are its body's for the year before."""
        if (moment := utc(source.fetched_at)) != source.fetched_at:
            source = replace(source, fetched_at=moment)
        parts = Parts.of(report)
        report_id = self.next_id()
        made = report_row(report_id, report, source, parts, run_id=self.run_id, extractor=self.extractor)
        self.add(INSERT_REPORT, [made])
        note_record(self.db, source.record)
        for statement, rows in parts.inserted(self.db, report_id):
            self.add(statement, rows)
        self.cells[report_id] = parts.cells
        self.compare(report, report_id, before)
        self.add(NOTE_READING, [reading_row(source, self.extractor, parts.digest)])
        self.add(NOTE_SOURCE, [source_row(report_id, source, report.source_type, "stored")])
        return report_id

    def compare(self, report: Report, report_id: int, before: Sequence[tuple[int, str]]) -> None:
        """Have the checks against the year before written beside those that the report has."""
        if not before or report.year is None:
            return
        checks: Sequence[CheckRow]
        findings: list[tuple[str, str, str]]
        if len(before) > 1:
            checks, findings = [bodies.several(report.year - 1, len(before))], []
        else:
            [(key, url)] = before
            own = self.numbers_of(report_id)
            checks, findings = bodies.compared(self.numbers_of(key), own, report.year - 1, url)
        self.add(INSERT_CHECKS, check_rows(self.db, report_id, ACROSS, checks))
        self.add(_FINDING, [(report_id, *finding) for finding in findings])

    def numbers_of(self, report_id: int) -> Numbers:
        """The numbers of a report of this batch or of the database, which two years ask for."""
        found = self.numbers.get(report_id)
        if found is None:
            cells = self.cells.get(report_id)
            known = numbers_of(self.db, report_id, every=True) if cells is None else cells.values()
            found = self.numbers[report_id] = known
        return found


def put_fresh(db: Database, report: Report, source: Source, *, run_id: int, extractor: str) -> int | None:
    """Store a report that is new to the database (inside a transaction); its id, None for any other report.

    The rows are those that ``put_report`` writes otherwise, with a third of the questions. Raises
    ContradictoryFacts as that does.
    """
    if db.conn.execute(_KNOWN, {"url": source.url}).fetchone() is not None:
        return None
    near = Near(db, [(report, source)])
    if near.of_year(report, source, 0):
        return None
    batch = Batch(db, run_id, extractor)
    report_id = batch.put(report, source, ())
    batch.flush()
    if later := [key for key, _ in near.of_year(report, source, 1)]:  # it is their year before
        bodies.refresh(db, later, {report_id: batch.numbers_of(report_id)})
    batch.compare(report, report_id, near.of_year(report, source, -1))
    batch.flush()
    return report_id
