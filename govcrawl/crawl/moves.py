"""Reports that another address has now: moved there, published there anew, or back where they were before."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from govcrawl import EXTRACTOR
from govcrawl.again import as_read, task_again
from govcrawl.archive import DamagedArchive
from govcrawl.crawl.exchanges import follow_exchanges
from govcrawl.crawl.rechecks import saw_all
from govcrawl.model import EntryState
from govcrawl.store.archived import source_of
from govcrawl.store.lasting import heirs, move, successors
from govcrawl.store.ledger import note_rereading
from govcrawl.store.parted import rejoined
from govcrawl.store.relisted import relist
from govcrawl.store.republished import Return, dropped, part, republished, returned
from govcrawl.store.sqlite import write
from govcrawl.store.writing import put_report

if TYPE_CHECKING:
    from govcrawl.crawl.session import PortalCrawl, Session
    from govcrawl.model import Report, Source

log = logging.getLogger(__name__)


def follow_moves(session: Session, crawl: PortalCrawl) -> None:
    """Let reports stand under the address that has them at the end of a portal's crawl."""
    db, key = session.store.db, crawl.portal.key
    follow_exchanges(session, crawl)
    _follow_lists(session, crawl)
    lost = _dropped(session, crawl)
    for report_id, url in heirs(db, key, session.run_id):
        _move(session, crawl, report_id, url, lost)
    for report_id, url in successors(db, key, session.run_id, lost):
        _move(session, crawl, report_id, url, lost)
    for back in returned(db, key, session.run_id, lost):
        if back.both:
            _part(session, crawl, back)
        else:
            _move(session, crawl, back.report_id, back.url, lost)
    for url in republished(db, key, session.run_id, lost):
        if url in crawl.new:
            crawl.new.discard(url)
            crawl.counts["reports_new"] -= 1
        crawl.counts["reports_changed"] += 1
        log.info("%s: a report was published anew here", url)
    for url in rejoined(db, key, lost):
        if url in crawl.new:
            crawl.new.discard(url)
            crawl.counts["reports_new"] -= 1
        log.info("%s: this report reads as it does at its other address again", url)


def _follow_lists(session: Session, crawl: PortalCrawl) -> None:
    """Let links go with lists that have moved, where all lists could be read."""
    if not _looked(session, crawl) or crawl.lists_failed:
        return
    shown = {entry.url: entry.listing for entry in crawl.discovery.finds.entries.values() if entry.listing}
    for old, new in relist(session.store.db, crawl.portal.key, session.run_id, shown).items():
        log.info("%s: this list stands at %s now", old, new)


def _looked(session: Session, crawl: PortalCrawl) -> bool:
    """Whether a run has looked at what a portal's lists show."""
    stopped = crawl.stopped or crawl.out_of_order
    return session.plan.years is None and not stopped and crawl.rechecks_planned


def _dropped(session: Session, crawl: PortalCrawl) -> set[str]:
    """Links that their lists show no more; none where the lists were not looked at for that."""
    if not _looked(session, crawl):
        return set()
    whole, short = saw_all(crawl), crawl.short_lists
    return dropped(session.store.db, crawl.portal.key, session.run_id, whole=whole, short=short)


def _move(session: Session, crawl: PortalCrawl, report_id: int, url: str, lost: set[str]) -> None:
    read = _read(session, url)
    if read is not None and move(session.store.db, report_id, *read, session.run_id, lost):
        crawl.counts["reports_changed"] += 1
    if read is not None:
        log.info("%s: a report has moved here", url)


def _part(session: Session, crawl: PortalCrawl, back: Return) -> None:
    read = _read(session, back.url)
    if read is None:
        return
    with write(session.store.db):
        part(session.store.db, back)
        found, _ = put_report(session.store.db, *read, run_id=session.run_id, extractor=EXTRACTOR)
        note_rereading(session.store.db, back.url, EntryState.STORED, None, found)
    crawl.counts["reports_new"] += 1
    log.info("%s: listed again beside the report that took its place; both are kept", back.url)


def _read(session: Session, url: str) -> tuple[Report, Source] | None:
    """What an address has, read again from the archive."""
    source = source_of(session.store.db, url)
    if source is None:
        return None
    try:
        task = task_again(session.store, session.archive, source)
    except DamagedArchive as error:
        log.warning("%s: the report stays under its old address: %s", url, error)
        return None
    report = session.readers.read(task).report if task is not None else None
    return None if report is None else (report, as_read(session.store, source, report))
