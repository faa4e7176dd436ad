"""Whether what a crawl writes into is still there: a folder can be cleared or unmounted while it runs."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self

from scrapy import signals
from twisted.python.failure import Failure

from govcrawl.crawl.session import DATABASE, Session
from govcrawl.disk import identity
from govcrawl.errors import OutputLost

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

SECONDS = 10.0
"""Between two looks."""


class Presence:
    """Ends a crawl whose database or archive was taken away: SQLite goes on writing to what has no name."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler, self.session = crawler, Session.of(crawler)
        self._watch: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The extension, which begins to look when the spider is there."""
        presence = cls(crawler)
        crawler.signals.connect(presence.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(presence.spider_closed, signal=signals.spider_closed)
        return presence

    def spider_opened(self) -> None:
        """Begin to look."""
        self._watch = asyncio.ensure_future(self.watch())

    def spider_closed(self) -> None:
        """Stop looking."""
        if self._watch is not None:
            self._watch.cancel()

    async def watch(self) -> None:
        """Look again and again, and tell the first loss as an error of the spider."""
        while True:
            await asyncio.sleep(SECONDS)
            try:
                require_output(self.session)
            except OutputLost as lost:
                told = Failure(lost)  # type: ignore[no-untyped-call]
                self.crawler.signals.send_catch_log(
                    signal=signals.spider_error, failure=told, response=None, spider=self.crawler.spider
                )
                return


def require_output(session: Session) -> None:
    """Raise OutputLost where a run's database or the archive's file that it writes is not there any more."""
    path = session.output / DATABASE
    if session.database is not None and identity(path) != session.database:
        raise OutputLost(f"{path}: was taken away while it was written; what came since is lost, run again")
    written = session.archive.writing
    if written is not None and not written.exists():
        raise OutputLost(
            f"{written}: was taken away while it was written; `govcrawl verify` says what to fetch again"
        )
