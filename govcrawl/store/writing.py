"""Writing one report: its row, its parts, its source and its link's new state, in one transaction."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from govcrawl import EXTRACTOR
from govcrawl.model import Entry, EntryState, Report, Source
from govcrawl.store import bodies
from govcrawl.store.archived import note_reading, note_record, note_validators, page_of
from govcrawl.store.clock import utc
from govcrawl.store.earlier import still_earlier
from govcrawl.store.fresh import put_fresh
from govcrawl.store.indexing import index_soon
from govcrawl.store.ledger import settle, settle_new
from govcrawl.store.overwritten import make_room
from govcrawl.store.parted import note_parted, source_of
from govcrawl.store.parts import Parts
from govcrawl.store.report_rows import (
    COLUMNS,
    INSERT_REPORT,
    keep_version,
    note_source,
    report_row,
    rewrite_row,
    values_of,
)
from govcrawl.store.sqlite import row, write
from govcrawl.store.stale import note_changed
from govcrawl.store.versions import is_version

_KNOWN = "id, portal, division_code, sha256, text, title, extractor, reading, fetched_at"


class Saved(StrEnum):
    """What saving a report did to the database."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


def save_report(
    db: Database, report: Report, source: Source, *, entry: Entry | None, run_id: int, extractor: str,
    lacks: str | None = None,
) -> Saved:  # fmt: skip
    """Store a report under its address, or the address with the report that it repeats.

    ``unchanged``: the same extraction reads the same from the page as before (its bytes may differ in a
    visit counter) and only sha256 and fetched_at are refreshed; or the report is there already from another
    address, and this one becomes a further source of it. ``changed``: what the page said before goes to
    ``versions`` if it is one (see is_version), and all parts are written anew. A page that shows another
    body's or year's report now gives a new one, and the earlier one is set aside. ``lacks`` says what of it
    could not be fetched: its link is then failed, to be tried again.
    """
    with write(db):
        fresh = _put_fresh(db, report, source, run_id=run_id, extractor=extractor)
        report_id, saved = fresh or _put(db, report, source, run_id=run_id, extractor=extractor)
        note_validators(db, source.validators)
        if entry is not None and fresh is not None and not lacks and entry.url == source.url:
            settle_new(db, entry, sha256=page_of(source), report_id=report_id, run_id=run_id)
        elif entry is not None:
            state, sha256 = EntryState.FAILED if lacks else EntryState.STORED, page_of(source)
            settle(db, entry, state, reason=lacks, sha256=sha256, report_id=report_id, run_id=run_id)
    return saved


def put_report(
    db: Database, report: Report, source: Source, *, run_id: int, extractor: str,
    index: bool = True,
) -> tuple[int, Saved]:  # fmt: skip
    """Store a report without its link's state (inside a transaction); its id and what that did.

    Without ``index`` it waits until somebody asks for the search index, however many wait.
    """
    fresh = _put_fresh(db, report, source, run_id=run_id, extractor=extractor, index=index)
    return fresh or _put(db, report, source, run_id=run_id, extractor=extractor, index=index)


def _put_fresh(
    db: Database, report: Report, source: Source, *, run_id: int, extractor: str, index: bool = True
) -> tuple[int, Saved] | None:
    report_id = put_fresh(db, report, source, run_id=run_id, extractor=extractor)
    if report_id is None:
        return None
    if index:
        index_soon(db)
    return report_id, Saved.NEW


def _put(
    db: Database, report: Report, source: Source, *, run_id: int, extractor: str, index: bool = True
) -> tuple[int, Saved]:
    source = replace(source, fetched_at=utc(source.fetched_at))
    parts = Parts.of(report)
    make_room(db, report, source)
    note_record(db, source.record)
    earlier = still_earlier(db, source.url, page_of(source), parts.digest)
    note_reading(db, source, extractor, parts.digest)
    if earlier is not None:
        db.conn.execute(
            "UPDATE sources SET sha256=?, source_type=?, fetched_at=? WHERE url=?",
            (source.sha256, report.source_type, source.fetched_at, source.url),
        )
        return earlier, Saved.UNCHANGED
    known = row(db, f"SELECT {_KNOWN} FROM reports WHERE url = ?", (source.url,))
    twin = bodies.twin_of(db, report, source) if known is None else None
    if twin is not None and not twin.poorer:
        report_id, saved, reason = twin.report_id, Saved.UNCHANGED, twin.reason
    else:
        if twin is not None:
            known = _moved(db, twin.report_id, source)
        left = source_of(db, source.url, report) if known is None else None
        report_id, saved = _save(db, report, source, parts, known, run_id=run_id, extractor=extractor)
        if left is not None:
            note_parted(db, left, source.url)
        if index and saved is not Saved.UNCHANGED:
            index_soon(db)
        reason = "stored"
    note_source(db, report_id, source, report.source_type, reason)
    return report_id, saved


def dismiss(
    db: Database, entry: Entry, state: EntryState, reason: str, source: Source | None, run_id: int | None
) -> EntryState:
    """Write down that a link gave no report, with the reason and where its bytes lie; its state then."""
    with write(db):
        held = row(db, "SELECT 1 FROM sources WHERE url = ?", (entry.url,)) is not None
        if source is not None:
            note_record(db, source.record)
            if not held:
                note_reading(db, source, EXTRACTOR, None)  # else what the report was read from stays known
            note_validators(db, source.validators)
        sha256 = page_of(source) if source else None
        return settle(db, entry, state, reason=reason, sha256=sha256, run_id=run_id)


def _save(
    db: Database,
    report: Report,
    source: Source,
    parts: Parts,
    known: dict[str, Any] | None,
    *,
    run_id: int,
    extractor: str,
) -> tuple[int, Saved]:
    if known is not None and _is_known(known, source, parts, extractor):
        db.conn.execute(
            "UPDATE reports SET sha256=?, fetched_at=?, evidence=? WHERE id=?",
            (source.sha256, source.fetched_at, parts.evidence, known["id"]),
        )
        parts.write_uncounted(db, known["id"])
        return known["id"], Saved.UNCHANGED
    compared: set[int] = set()
    if known is None:
        made = report_row(None, report, source, parts, run_id=run_id, extractor=extractor)
        report_id = int(db.conn.execute(INSERT_REPORT, made).lastrowid or 0)
    else:
        values = values_of(report, source, parts, run_id=run_id, extractor=extractor)
        report_id = known["id"]
        compared = bodies.neighbours(db, report_id)
        if is_version(db, known, report, source):
            keep_version(db, known, max(known["fetched_at"], source.fetched_at))
            note_changed(db, report_id, source.url, parts.digest)
        rewrite_row(db, report_id, values)
    parts.write(db, report_id)
    bodies.refresh(db, compared | bodies.neighbours(db, report_id))
    return report_id, Saved.NEW if known is None else Saved.CHANGED


def _is_known(known: Mapping[str, Any], source: Source, parts: Parts, extractor: str) -> bool:
    """Whether a stored report says already what was read, and of which place it is."""
    placed = known["portal"] != source.portal or known["division_code"] == source.division_code
    return placed and known["reading"] == parts.digest and bool(known["extractor"] == extractor)


def rewrite(db: Database, report_id: int, report: Report, source: Source, *, run_id: int) -> bool:
    """Write what is read of a stored report's own bytes anew (inside a transaction); whether it differs.

    What the crawl knows of it stays: id, address, times, and the run where the reading is the same.
    """
    parts = Parts.of(report)
    known = row(db, f"SELECT {', '.join(COLUMNS)} FROM reports WHERE id = ?", (report_id,))
    if known is None:
        raise KeyError(report_id)
    same = known["reading"] == parts.digest and known["extractor"] == EXTRACTOR
    values = values_of(report, source, parts, run_id=run_id, extractor=EXTRACTOR)
    kept = ("portal", "division_code", "sha256", "fetched_at", *(("run_id",) if same else ()))
    compared = bodies.neighbours(db, report_id)
    rewrite_row(db, report_id, values | {name: known[name] for name in kept})
    parts.write(db, report_id)
    index_soon(db)
    bodies.refresh(db, compared | bodies.neighbours(db, report_id))
    db.conn.execute("UPDATE sources SET source_type=? WHERE url=?", (report.source_type, source.url))
    note_reading(db, source, EXTRACTOR, parts.digest)
    return bool(known["reading"] != parts.digest)


def withdraw(db: Database, report_id: int) -> None:
    """Take away a report that is none, with its sources and versions (inside a transaction).

    Its links become rejected without a reason, which is for the caller to write; those that were not
    fetched because of it become pending.
    """
    compared = bodies.neighbours(db, report_id) - {report_id}
    Parts.delete(db, report_id)
    db.conn.execute(
        "UPDATE entries SET state=CASE attempts WHEN 0 THEN 'pending' ELSE 'rejected' END, report_id=NULL "
        "WHERE report_id=?",
        (report_id,),
    )
    for table in ("sources", "versions"):
        db.conn.execute(f"DELETE FROM {table} WHERE report_id=?", (report_id,))
    db.conn.execute("DELETE FROM reports WHERE id=?", (report_id,))
    bodies.refresh(db, compared)


def take_over(
    db: Database, report_id: int, report: Report, source: Source, *, run_id: int, extractor: str,
    reason: str = "moved here: the first address is gone",
) -> None:  # fmt: skip
    """Write a report under another of its addresses (inside a transaction)."""
    parts = Parts.of(report)
    note_reading(db, source, extractor, parts.digest)
    _save(db, report, source, parts, _moved(db, report_id, source), run_id=run_id, extractor=extractor)
    index_soon(db)
    note_source(db, report_id, source, report.source_type, reason)


def _moved(db: Database, report_id: int, source: Source) -> dict[str, Any]:
    """A report's row under a richer source of the same report: no earlier version of it is lost by this."""
    db.conn.execute("UPDATE reports SET url=?, sha256=? WHERE id=?", (source.url, source.sha256, report_id))
    bodies.refresh(db, bodies.neighbours(db, report_id))  # their findings name its address
    known = row(db, f"SELECT {_KNOWN} FROM reports WHERE id = ?", (report_id,))
    if known is None:
        raise KeyError(report_id)
    return known
