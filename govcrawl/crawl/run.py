"""The run's own row: what each portal gave, the verdict, and the exit status that goes with it."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from typing import TYPE_CHECKING, Self

from scrapy import signals

from govcrawl.crawl.decline import declined
from govcrawl.crawl.ending import FINISHED, Ending, write_ending
from govcrawl.crawl.hosts import in_words
from govcrawl.crawl.moves import follow_moves
from govcrawl.crawl.presence import require_output
from govcrawl.crawl.remembering import remember
from govcrawl.crawl.session import PortalCrawl, Session
from govcrawl.documents import libreoffice, scanned
from govcrawl.errors import DatabaseDamaged, DatabaseInUse, DiskFull, GovcrawlError, OutputLost, UsageError
from govcrawl.store.empty_handed import absent
from govcrawl.store.lasting import gone_of
from govcrawl.store.retries import later_entries
from govcrawl.store.runs import PORTAL_COUNTS
from govcrawl.store.seen import columns_with_reports, seen_before, seen_by
from govcrawl.store.sqlite import DatabaseError, damage

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure


log = logging.getLogger(__name__)

_HALTS: dict[type[GovcrawlError], str] = {
    DiskFull: "the disk is full",
    DatabaseInUse: "the database is in use",
    DatabaseDamaged: "the database is damaged",
    OutputLost: "the output was taken away",
    UsageError: "the output cannot be written",
}


class RunReport:
    """Closes the run in the database when the spider ends."""

    def __init__(self, crawler: Crawler) -> None:
        self.session, self.crawler = Session.of(crawler), crawler
        self.errors = 0
        self.halt: GovcrawlError | None = None
        self.ending: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The extension, listening for the spider's end."""
        report = cls(crawler)
        if not crawler.settings.getbool("LIBREOFFICE"):
            libreoffice.switch_off()
        if not crawler.settings.getbool("OCR"):
            scanned.switch_off()
        crawler.signals.connect(report.spider_closed, signal=signals.spider_closed)
        crawler.signals.connect(report.erred, signal=signals.spider_error)
        crawler.signals.connect(report.erred, signal=signals.item_error)
        return report

    def erred(self, failure: Failure) -> None:
        """Count an unexpected error, told in the log; where nothing can be written any more the run ends."""
        error = damage(failure.value) or failure.value
        reason = next((told for kind, told in _HALTS.items() if isinstance(error, kind)), None)
        if reason is None or not isinstance(error, GovcrawlError):
            self.errors += 1
        elif self.halt is None:
            self.halt = error
            assert self.crawler.engine is not None
            end = self.crawler.engine.close_spider_async(reason=reason)
            self.ending = asyncio.get_running_loop().create_task(end)

    def spider_closed(self, reason: str) -> None:
        """Write down what came of every portal, then of the run; where nothing can be written, say it."""
        try:
            require_output(self.session)
            close_run(self.session, reason, self.errors)
        except (DiskFull, DatabaseInUse, DatabaseDamaged, OutputLost) as error:
            self.halt = error
        except DatabaseError as error:
            if (ours := damage(error)) is None:
                raise
            self.halt = ours
        if self.halt is not None:
            self._count_all()
            self.session.ending.halt = str(self.halt)
            self.session.ending.damaged = isinstance(self.halt, DatabaseDamaged)
            self.session.verdict, self.session.exit_status = self.session.ending.verdict()
        log.info("verdict: %s", self.session.verdict)

    def _count_all(self) -> None:
        """Count what was stored before nothing could be written any more."""
        counts = self.session.ending.counts = Counter()
        for crawl in self.session.crawls.values():
            counts.update(crawl.counts)


def close_run(session: Session, reason: str, errors: int = 0) -> None:
    """Write down what came of every portal, then of the run; once, though it may be told again.

    ``reason`` is Scrapy's: ``finished``, or why the crawl ended before that. Of a run that several processes
    make together the last part is left to the one that began it.
    """
    if session.closed:
        return
    session.closed = True
    ending = session.ending = Ending(reason, errors=errors)
    for crawl in session.crawls.values():
        ending.outcomes[_close_portal(session, crawl, reason)] += 1
        ending.counts.update(crawl.counts)
    session.hosts.flush()
    ending.requests.update(session.requests.kinds)
    ending.exceptions = [f"{made.host}: {in_words(made)}" for made in session.hosts.used.values()]
    if session.part is None:
        write_ending(session.store, session.output, session.run_id, ending)
    session.verdict, session.exit_status = ending.verdict()


def _close_portal(session: Session, crawl: PortalCrawl, reason: str) -> str:
    """Write down what came of a portal; its outcome."""
    if reason == FINISHED:
        follow_moves(session, crawl)
    crawl.counts["pending"] = _pending(session, crawl)
    crawl.counts["unchanged"] = _unchanged(session, crawl)
    crawl.later = later_entries(session.store.db, crawl.portal.key, session.run_id, session.plan.years)
    if reason != FINISHED:
        crawl.stopped = crawl.stopped or f"stopped early ({reason}): run again to go on"
    crawl.declined = _compare(session, crawl)
    crawl.absent = absent(session.store.db, crawl.portal.key)
    outcome, why = crawl.outcome()
    remember(session.store, crawl, session.run_id, finished=reason == FINISHED)
    session.store.note_portal_run(
        session.run_id, crawl.portal, outcome=outcome, reason=why, counts=columns(crawl.counts)
    )
    return outcome


def _compare(session: Session, crawl: PortalCrawl) -> list[str]:
    """Count what the run saw of a portal; what is less than earlier runs saw, in words."""
    db, key = session.store.db, crawl.portal.key
    seen = seen_by(db, key, session.run_id)
    whole = bool(
        crawl.read and not crawl.stopped and not crawl.discovery.recalling and not session.plan.years
    )
    crawl.counts.update(
        {"listed": seen.listed, "whole": int(whole), "measured": seen.measured, "numbers": seen.numbers}
    )
    forms = crawl.discovery.choices.plans  # their reports stand behind choices that are not asked again
    visited = {page.url: page.rows for page in crawl.discovery.visited.values() if page.url not in forms}
    columns = columns_with_reports(db, key)
    return declined(seen, seen_before(db, key, session.run_id), whole=whole, columns=columns, visited=visited)


def _unchanged(session: Session, crawl: PortalCrawl) -> int:
    """Reports of the portal that this run left as they were; 0 when it read nothing."""
    if not crawl.read:
        return 0
    stored = session.store.count_reports(crawl.portal.key, session.plan.years)
    gone, crawl.counts["reports_gone"] = gone_of(
        session.store.db, crawl.portal.key, session.run_id, session.plan.years
    )
    return stored - gone - crawl.counts["reports_new"] - crawl.counts["reports_changed"]


def _pending(session: Session, crawl: PortalCrawl) -> int:
    waiting = session.store.pending_entries(crawl.portal.key)
    return sum(session.plan.wants(entry.year) for entry in waiting)


def columns(counts: Counter[str]) -> dict[str, int]:
    """A portal's counts under the columns of ``portal_runs``: what was refused or gone counts as failed."""
    return {
        "failed": counts["failed"] + counts["blocked"],
        **{name: counts[name] for name in PORTAL_COUNTS if name != "failed"},
    }
