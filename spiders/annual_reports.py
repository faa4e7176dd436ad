"""The crawl loop: ask a portal's discoverer what to fetch next, fetch it, give back what came."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any, Self

import scrapy
from scrapy import signals
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Request, Response, TextResponse
from twisted.python.failure import Failure

from govcrawl.attachments.choice import Need, need_of
from govcrawl.crawl.attached import missed, pursue, received
from govcrawl.crawl.portal import (
    note_cut,
    note_found,
    note_overlong,
    note_trouble,
    page_of,
    request_for,
    try_parsing,
    unmasked,
    wanted_leftovers,
)
from govcrawl.crawl.pretenders import note_front
from govcrawl.crawl.reading import Reading, read
from govcrawl.crawl.rechecks import is_unchanged, note_short, wanted_rechecks
from govcrawl.crawl.session import PortalCrawl, Session
from govcrawl.crawl.stop import Stopped
from govcrawl.crawl.unpacked import unpacked
from govcrawl.crawl.watch import TookTooLong, Watch
from govcrawl.crawl.ways import note_page
from govcrawl.discovery import Kind, Step
from govcrawl.discovery.years import beside, names_years

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

from govcrawl.model import Portal


class AnnualReportsSpider(scrapy.Spider):
    """Annual reports of one portal (``url``), of registry rows (``portals``, ``region``) or of all.

    ``years`` limits any of them to fiscal years. Each portal has one request under way at a time.
    """

    name = "annual_reports"
    session: Session
    budget: int
    memory_days: int
    recheck_days: float
    share: float
    at_once: int
    under_way: int = 0
    waiting: Iterator[Portal]

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The spider with its session open; UsageError for arguments it does not take."""
        session = Session.open(crawler, {name: str(value) for name, value in kwargs.items()})
        spider = super().from_crawler(crawler)
        spider.session, spider.budget = session, crawler.settings.getint("PORTAL_REQUEST_BUDGET")
        spider.memory_days = crawler.settings.getint("REDISCOVER_DAYS")
        spider.recheck_days = crawler.settings.getfloat("RECHECK_DAYS")
        spider.share = crawler.settings.getfloat("QUIET_SHARE")
        spider.at_once = crawler.settings.getint("PORTALS_AT_ONCE") or len(session.plan.portals)
        spider.waiting = iter(session.plan.portals)
        crawler.signals.connect(spider.resume, signal=signals.spider_idle)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """The first requests of the portals that are crawled at once; each one that ends opens another."""
        for request in self.open_portals():
            yield request

    def open_portals(self) -> Iterator[Request]:
        """First requests of as many further portals as may be crawled beside those under way."""
        while self.under_way < self.at_once and (portal := next(self.waiting, None)) is not None:
            self.under_way += 1
            yield from self.go_on(self.session.crawl_of(portal, self.budget, self.memory_days, self.share))

    def go_on(self, crawl: PortalCrawl) -> Iterator[Request]:
        """The portal's next request, or when it has ended the first one of another portal."""
        yield from self.advance(crawl)
        if not crawl.in_flight and not crawl.ended:
            crawl.ended = True
            self.under_way -= 1
            yield from self.open_portals()

    def advance(self, crawl: PortalCrawl) -> Iterator[Request]:
        """The portal's next request, when none is under way and any is left."""
        if crawl.in_flight or crawl.stopped or crawl.refused_too_often():
            return
        step = crawl.discovery.next()
        if step is None and wanted_leftovers(self.session, crawl):
            step = crawl.discovery.next()
        if step is None and wanted_rechecks(self.session, crawl, self.recheck_days):
            step = crawl.discovery.next()
        if step is not None:
            crawl.in_flight += 1
            yield request_for(crawl, step, self.parse, self.failed)

    async def parse(self, response: Response, step: Step, portal: str) -> AsyncIterator[Reading | Request]:
        """A page came: store it if it is a report, learn from it otherwise, go on."""
        crawl = self.session.crawls[portal]
        try:
            async for reading in self.learn(crawl, step, response):
                yield reading
        except Stopped:  # while it was read: its entry stays pending
            self.logger.info("%s: not read, as the crawl is being stopped", response.url)
        except TookTooLong as error:
            note_overlong(self.session, crawl, step, response.url, str(error))
        finally:
            crawl.in_flight -= 1
            for request in self.go_on(crawl):
                yield request

    async def learn(self, crawl: PortalCrawl, step: Step, response: Response) -> AsyncIterator[Reading]:
        """Readings that a page gives: its own, or that of the listing page that is itself a report."""
        if step.kind is Kind.ATTACHMENT:
            for reading in await received(self.session, crawl, step, response):
                yield reading
            return
        watch = Watch.of(response.body)
        page = page_of(self.session, crawl, step, response, watch)
        if page is None or is_unchanged(self.session, crawl, step, response):
            return
        if step.kind is Kind.REPORT and step.entry is not None:
            reading = await read(self.session, crawl, step.entry, response)
            try:
                if need_of(reading.report) is not Need.NOTHING:
                    await try_parsing(self.session, response)
                no_report = reading.report is None and isinstance(response, TextResponse)
                if no_report and unmasked(self.session, crawl, step, page(), response, watch):
                    return
                if pursue(self.session, crawl, reading, page, response, watch):
                    return
            except TookTooLong as error:
                reading.fail(f"its page {error}")
            if (
                reading.report is not None
                and isinstance(response, TextResponse)
                and names_years(response.body)
            ):
                others = watch.over(beside, crawl.discovery, step, page())
                note_found(self.session, crawl, step, others, response)
            for one in await unpacked(self.session, reading, response):
                yield one
            if reading.report is not None or reading.failed or not isinstance(response, TextResponse):
                return
        await try_parsing(self.session, response)
        seen = page()
        note_page(self.session, crawl, step, seen)
        watch.over(note_front, crawl, step, seen)
        found = watch.over(crawl.discovery.received, step, seen)
        note_found(self.session, crawl, step, found, response)
        if not note_cut(crawl, step, response, found):
            watch.over(note_short, crawl, step, seen, found)
        if found.itself is not None:
            reading = await read(self.session, crawl, found.itself, response)
            if not pursue(self.session, crawl, reading, page, response, watch):
                yield reading

    def failed(self, failure: Failure) -> Iterator[Reading | Request]:
        """A request failed: note why, go on."""
        step, portal = failure.request.cb_kwargs["step"], failure.request.cb_kwargs["portal"]  # type: ignore[attr-defined]
        crawl = self.session.crawls[portal]
        crawl.in_flight -= 1
        if step.kind is not Kind.ATTACHMENT:
            note_trouble(self.session, crawl, step, failure)
        elif (settled := missed(self.session, crawl, step, failure)) is not None:
            yield settled
        yield from self.go_on(crawl)

    def resume(self) -> None:
        """Before the crawl ends, go on with any portal that still has something to ask for."""
        requests = [request for crawl in self.session.crawls.values() for request in self.advance(crawl)]
        for request in requests:
            assert self.crawler.engine is not None
            self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider
