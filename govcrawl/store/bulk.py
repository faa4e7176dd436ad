"""Many reports to a transaction, written table by table: the same rows as one by one, in half the time.

A report that the database knows nothing of and whose body has none for that year or the next is written at
once with its neighbours in the batch; every other one takes the way that a crawl's reports take.
"""
# ruff: noqa: S608 - only texts that stand in this module are put into SQL; values are bound

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from govcrawl import EXTRACTOR
from govcrawl.model import Entry, EntryState, Report, Source
from govcrawl.store.archived import note_validators, page_of
from govcrawl.store.fresh import Batch
from govcrawl.store.ledger import settle
from govcrawl.store.near import Near
from govcrawl.store.roomy import WRITING, roomy
from govcrawl.store.writing import Saved, put_report

_KNOWN = " UNION ".join(
    f"SELECT url FROM {table} WHERE url IN (SELECT value FROM json_each(:urls))"
    for table in ("reports", "sources", "readings", "entries")
)
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
    batch = Batch(db, run_id, extractor)
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
    report_id, saved = put_report(db, one.report, one.source, run_id=run_id, extractor=extractor, index=False)
    note_validators(db, one.source.validators)
    if one.entry is not None:
        sha256 = page_of(one.source)
        settle(db, one.entry, EntryState.STORED, sha256=sha256, report_id=report_id, run_id=run_id)
    return report_id, saved


def _add(batch: Batch, one: Found, before: Sequence[tuple[int, str]]) -> int:
    """Have a new report written; ``before`` are its body's reports for the year before."""
    report_id = batch.put(one.report, one.source, before)
    note_validators(batch.db, one.source.validators)
    if one.entry is not None:
        batch.add(_ENTRY, [_entry(batch, one.entry, report_id, page_of(one.source))])
    return report_id


def _entry(batch: Batch, entry: Entry, report_id: int, sha256: str) -> tuple[Any, ...]:
    told = (entry.url, entry.portal, entry.title, entry.year, entry.published, entry.listing, entry.reason)
    return *told, batch.moment, batch.moment, sha256, report_id, batch.run_id, batch.run_id
