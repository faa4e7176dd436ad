"""Many reports to a transaction, written table by table: the same rows as one by one, in half the time.

A report that the database knows nothing of and whose body has none for that year or the next is written at
once with its neighbours in the batch; every other one takes the way that a crawl's reports take.
"""
# ruff: noqa: S608 - only texts that stand in this module are put into SQL; values are bound

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any

from sqlite_utils import Database

from govcrawl import EXTRACTOR
from govcrawl.model import Entry, EntryState, Report, Source
from govcrawl.reports.across import Cells
from govcrawl.store import bodies
from govcrawl.store.archived import NOTE_READING, note_record, note_validators, page_of, reading_row
from govcrawl.store.clock import now, utc
from govcrawl.store.facts import numbers_of
from govcrawl.store.ledger import settle
from govcrawl.store.near import Near
from govcrawl.store.outcomes import INSERT as INSERT_CHECKS
from govcrawl.store.outcomes import CheckRow, check_rows
from govcrawl.store.parts import Parts
from govcrawl.store.report_rows import INSERT_REPORT, NOTE_SOURCE, report_row, source_row
from govcrawl.store.roomy import WRITING, roomy
from govcrawl.store.writing import Saved, put_report

_KNOWN = " UNION ".join(
    f"SELECT url FROM {table} WHERE url IN (SELECT value FROM json_each(:urls))"
    for table in ("reports", "sources", "readings", "entries")
)
_FINDING = "INSERT INTO findings (report_id, kind, subject, detail) VALUES (?, ?, ?, ?)"
_ENTRY = (
    "INSERT INTO entries (url, portal, title, year, published, listing, reason, state, attempts, first_seen, "
    "last_seen, sha256, report_id, run_id, looked_run) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, 'stored', 1, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A report with where it was found, and the link that led to it."""

    report: Report
    source: Source
    entry: Entry | None = None

    @property
    def urls(self) -> set[str]:
        """The addresses under which it may be known."""
        return {self.source.url} if self.entry is None else {self.source.url, self.entry.url}


@dataclass(slots=True)
class _Batch:
    """Rows that wait to be written, by statement, and the numbers of its reports."""

    db: Database
    run_id: int
    extractor: str
    numbers: dict[int, Cells] = field(default_factory=dict)
    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    last: int | None = None
    moment: str = field(default_factory=now)

    def add(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self.rows.setdefault(statement, []).extend(rows)

    def next_id(self) -> int:
        """The id that SQLite would give the next report."""
        if self.last is None:
            (self.last,) = self.db.conn.execute("SELECT coalesce(max(id), 0) FROM reports").fetchone()
        self.last += 1
        return self.last

    def flush(self) -> None:
        self.last = None
        for statement, rows in self.rows.items():
            self.db.conn.executemany(statement, rows)
        self.rows.clear()


def loading(db: Database) -> AbstractContextManager[None]:
    """Give a connection the memory (128 MB) and the room in its log that many thousands of reports want.

    Outside of a transaction. Until its end SQLite does not look up for each row what it refers to.
    """
    return roomy(db, WRITING)


def put_reports(
    db: Database, found: Sequence[Found], *, run_id: int, extractor: str = EXTRACTOR
) -> list[tuple[int, Saved]]:
    """Store reports, and their links as stored, inside a transaction: their ids, and what that did.

    As ``put_report`` and ``settle`` do for each, but that the reports wait for ``catch_up`` to put them into
    the search index; a search reads them until then. Raises ContradictoryFacts as put_report does.
    """
    batch = _Batch(db, run_id, extractor)
    urls = [url for one in found for url in one.urls]
    known = {url for (url,) in db.conn.execute(_KNOWN, {"urls": json.dumps(urls)})}
    near = Near(db, ((one.report, one.source) for one in found))
    done = []
    for one in found:
        addresses = one.urls
        before = near.before(one.report, one.source) if known.isdisjoint(addresses) else None
        if before is None:
            batch.flush()
            done.append(_one_by_one(db, one, run_id, extractor))
            near = Near(db, ((other.report, other.source) for other in found[len(done) :]))
        else:
            done.append((_add(batch, one, before), Saved.NEW))
            near.add(done[-1][0], one.report, one.source)
        known |= addresses
    batch.flush()
    return done


def _one_by_one(db: Database, one: Found, run_id: int, extractor: str) -> tuple[int, Saved]:
    report_id, saved = put_report(db, one.report, one.source, run_id=run_id, extractor=extractor, index=None)
    note_validators(db, one.source.validators)
    if one.entry is not None:
        sha256 = page_of(one.source)
        settle(db, one.entry, EntryState.STORED, sha256=sha256, report_id=report_id, run_id=run_id)
    return report_id, saved


def _add(batch: _Batch, one: Found, before: Sequence[tuple[int, str]]) -> int:
    """Have a new report written; ``before`` are its body's reports for the year before."""
    db, source = batch.db, replace(one.source, fetched_at=utc(one.source.fetched_at))
    parts = Parts.of(one.report)
    report_id = batch.next_id()
    made = report_row(report_id, one.report, source, parts, run_id=batch.run_id, extractor=batch.extractor)
    batch.add(INSERT_REPORT, [made])
    note_record(db, source.record)
    note_validators(db, source.validators)
    for statement, rows in parts.inserted(db, report_id):
        batch.add(statement, rows)
    batch.numbers[report_id] = parts.cells.values()
    _compare(batch, one.report, report_id, len(parts.rows["checks"]), before)
    batch.add(NOTE_READING, [reading_row(source, batch.extractor, parts.digest)])
    batch.add(NOTE_SOURCE, [source_row(report_id, source, one.report.source_type, "stored")])
    if one.entry is not None:
        batch.add(_ENTRY, [_entry(batch, one.entry, report_id, page_of(source))])
    return report_id


def _compare(
    batch: _Batch, report: Report, report_id: int, place: int, before: Sequence[tuple[int, str]]
) -> None:
    """Have the checks against the year before written behind those that the report has."""
    if not before or report.year is None:
        return
    checks: Sequence[CheckRow]
    findings: list[tuple[str, str, str]]
    if len(before) > 1:
        checks, findings = [bodies.several(report.year - 1, len(before))], []
    else:
        [(key, url)] = before
        earlier = batch.numbers.get(key) or numbers_of(batch.db, key, every=True)
        checks, findings = bodies.compared(earlier, batch.numbers[report_id], report.year - 1, url)
    batch.add(INSERT_CHECKS, check_rows(batch.db, report_id, place, checks))
    batch.add(_FINDING, [(report_id, *finding) for finding in findings])


def _entry(batch: _Batch, entry: Entry, report_id: int, sha256: str) -> tuple[Any, ...]:
    told = (entry.url, entry.portal, entry.title, entry.year, entry.published, entry.listing, entry.reason)
    return *told, batch.moment, batch.moment, sha256, report_id, batch.run_id, batch.run_id
