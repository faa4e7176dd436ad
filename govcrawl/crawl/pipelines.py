"""The pipeline that stores readings, one transaction each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from govcrawl import EXTRACTOR
from govcrawl.crawl.reading import Reading
from govcrawl.crawl.session import Session
from govcrawl.errors import ContradictoryFacts
from govcrawl.model import EntryState
from govcrawl.store import Saved
from govcrawl.store.doubts import objection
from govcrawl.store.evidence import HALF, without_file
from govcrawl.store.writing import save_report

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_COUNT = {Saved.NEW: "reports_new", Saved.CHANGED: "reports_changed"}


class StorePipeline:
    """Writes a report with everything about it and its link's new state, or the reason there is none."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The pipeline on the crawler's open database."""
        return cls(Session.of(crawler))

    def process_item(self, item: Reading) -> Reading:
        """Store one reading."""
        store, run_id, counts = self.session.store, self.session.run_id, item.crawl.counts
        report = item.report
        against = objection(store.db, report, item.source, cut=item.cut) if report is not None else None
        moved = False
        if against is not None:
            item.failed = against.passing or bool(item.reason)
            if report is not None and against.shows is not None and not (item.failed or item.cut):
                moved = item.crawl.exchanges.note(against.shows, report, item.source)
            item.report, item.reason = None, against.reason
        elif item.cut:
            item.fail(HALF if item.report is not None else "")
        if item.report is not None and self.session.plan.wants(item.report.year):
            try:
                saved = save_report(
                    store.db, item.report, item.source, entry=item.entry, run_id=run_id, extractor=EXTRACTOR,
                    lacks=item.reason or None,
                )  # fmt: skip
            except ContradictoryFacts as error:
                item.reason, item.failed = str(error), True
            else:
                if saved in _COUNT:
                    counts[_COUNT[saved]] += 1
                if saved is Saved.NEW:
                    item.crawl.new.add(item.source.url)
                item.crawl.outage.there()
                if item.reason:
                    counts["failed"] += 1
                    item.crawl.problems.append(f"{item.entry.url}: {item.reason}")
                return item
        elif item.report is not None:
            item.crawl.skipped_years += 1
            return item
        if item.failed and item.state is EntryState.GONE:
            item.state = without_file(store.db, item.entry.url)
        if item.failed and item.state is EntryState.GONE:
            item.crawl.not_there(item.entry, self._fail(item), item.reason)
        elif item.failed:
            self._fail(item)
            counts[item.state.value] += 1
            item.crawl.problems.append(f"{item.entry.url}: {item.reason}")
        else:
            state = store.reject(item.entry, item.crawl.portal.key, item.reason, item.source, run_id)
            item.crawl.not_there(item.entry, state, item.reason, moved=moved)
            if state is EntryState.FAILED:
                item.crawl.problems.append(f"{item.entry.url}: {item.reason}")
        return item

    def _fail(self, item: Reading) -> EntryState:
        run_id = self.session.run_id
        return self.session.store.fail(item.entry, item.reason, item.source, run_id=run_id, state=item.state)
