"""``govcrawl probe``: a first look at portals through Scrapy, as polite as a crawl and without a database."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

import scrapy
from scrapy import signals
from scrapy.crawler import CrawlerProcess
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Request, Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from govcrawl.crawl.failures import trouble
from govcrawl.crawl.look import Look
from govcrawl.crawl.plan import Plan
from govcrawl.crawl.portal import note_overlong, note_trouble, page_of, request_for
from govcrawl.crawl.probed import Probed, summed_up
from govcrawl.crawl.rules import told_of_robots
from govcrawl.crawl.session import Session
from govcrawl.crawl.watch import TookTooLong, Watch
from govcrawl.crawl.ways import note_page
from govcrawl.discovery import Step
from govcrawl.errors import GovcrawlError
from govcrawl.model import Portal
from govcrawl.store import Store

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_RUN_REPORT = "govcrawl.crawl.run.RunReport"  # judges a crawl, which this is not
_UNKEPT = dict.fromkeys(  # a look keeps nothing
    ("govcrawl.crawl.keeping.Keeping", "govcrawl.crawl.keeping.KeepingRedirects",
     "govcrawl.crawl.conditional.Conditional")
)  # fmt: skip


class ProbeSpider(scrapy.Spider):
    """Looks at portals, each with one request under way at a time, and stores nothing."""

    name = "probe"

    def __init__(self, session: Session, budget: int) -> None:
        super().__init__()
        self.session = session
        self.looks = {
            portal.key: Look(session.crawl_of(portal, budget, 0)) for portal in session.plan.portals
        }
        self.errors: list[str] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The spider, listening for robots.txt files, errors and an idle engine."""
        session = Session.of(crawler)
        spider = cls(session, crawler.settings.getint("PORTAL_REQUEST_BUDGET"))
        spider._set_crawler(crawler)
        crawler.signals.connect(spider.answered, signal=signals.response_received)
        crawler.signals.connect(spider.erred, signal=signals.spider_error)
        crawler.signals.connect(spider.resume, signal=signals.spider_idle)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """The first request of each portal."""
        for look in self.looks.values():
            for request in self.advance(look):
                yield request

    def advance(self, look: Look) -> Iterator[Request]:
        """The portal's next request, when none is under way and any is worth it."""
        if look.crawl.in_flight or look.crawl.refused_too_often():
            return
        step = look.next()
        if step is not None:
            look.crawl.in_flight += 1
            yield request_for(look.crawl, step, self.parse, self.failed)

    async def parse(self, response: Response, step: Step, portal: str) -> AsyncIterator[Request]:
        """A page came: learn from it, go on."""
        look = self.looks[portal]
        look.crawl.in_flight -= 1
        watch = Watch()
        made = page_of(self.session, look.crawl, step, response, watch)
        try:
            if made is not None:
                page = made()
                note_page(self.session, look.crawl, step, page)
                watch.over(look.received, step, page)
        except TookTooLong as error:
            look.troubles.append(f"{response.url}: {error}")
            note_overlong(self.session, look.crawl, step, response.url, str(error))
        for request in self.advance(look):
            yield request

    def failed(self, failure: Failure) -> Iterator[Request]:
        """A request failed: note why, go on."""
        step, portal = failure.request.cb_kwargs["step"], failure.request.cb_kwargs["portal"]  # type: ignore[attr-defined]
        look = self.looks[portal]
        look.crawl.in_flight -= 1
        look.troubles.append(f"{step.target.url}: {trouble(failure).reason}")
        note_trouble(self.session, look.crawl, step, failure)
        yield from self.advance(look)

    def answered(self, response: Response) -> None:
        """Keep what a host's robots.txt says."""
        parts = urlsplit(response.url)
        if parts.path == "/robots.txt":
            told = told_of_robots(response, self.crawler.settings)
            for look in self.looks.values():
                if look.crawl.discovery.scope.allows(response.url):
                    look.robots[f"{parts.scheme}://{parts.netloc}"] = told

    def erred(self, failure: Failure) -> None:
        """Keep an unexpected error, which makes the exit status 1."""
        self.errors.append(failure.getTraceback())

    def resume(self) -> None:
        """Before the engine ends, go on with any portal that still has something to ask for."""
        requests = [request for look in self.looks.values() for request in self.advance(look)]
        for request in requests:
            assert self.crawler.engine is not None
            self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider


def probe(portals: Sequence[Portal], settings: Settings) -> list[Probed]:
    """What each portal is, in the order given. Runs Scrapy's engine, which a process can do once.

    GovcrawlError when something unexpected happened, with its traceback.
    """
    distinct = [
        portal
        if portal.key not in {other.key for other in portals[:place]}
        else replace(portal, key=f"{portal.key}#{place + 1}")
        for place, portal in enumerate(portals)
    ]
    changed: dict[str, Any] = {"ITEM_PIPELINES": {}, "EXTENSIONS": _without_report(settings)}
    changed["DOWNLOADER_MIDDLEWARES"] = {**settings.getdict("DOWNLOADER_MIDDLEWARES"), **_UNKEPT}
    changed |= {"LOG_INSTALL_ROOT_HANDLER": False, "REQUEST_LOG_BYTES": 0}
    settings.setdict(changed, "cmdline")
    for handler in logging.getLogger().handlers:
        handler.addFilter(_ours)
    process = CrawlerProcess(settings)
    crawler = process.create_crawler(ProbeSpider)
    output = Path(settings["OUTPUT_DIR"])
    with Store.in_memory() as store:
        run_id = store.start_run("probe", {})
        session = Session.on(store, Plan(tuple(distinct)), output, run_id, settings)
        Session.lend(crawler, session)
        process.crawl(crawler)
        process.start()
        spider = crawler.spider
        assert isinstance(spider, ProbeSpider)
        if spider.errors:
            raise GovcrawlError(f"the probe failed unexpectedly: {spider.errors[0]}")
        return [
            summed_up(spider.looks[key.key], portal, store)
            for key, portal in zip(distinct, portals, strict=True)
        ]


def _ours(record: logging.LogRecord) -> bool:
    """Whether a log line is govcrawl's own: what failed stands in the answer, and not on the terminal too."""
    return record.name.partition(".")[0] not in {"scrapy", "twisted", "asyncio"}


def _without_report(settings: Settings) -> dict[str, Any]:
    extensions: dict[str, Any] = settings.getdict("EXTENSIONS")
    return {**extensions, _RUN_REPORT: None}
