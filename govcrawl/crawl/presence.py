"""Whether what a crawl writes into is still there: a folder can be cleared or unmounted while it runs."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scrapy import signals
from twisted.python.failure import Failure

from govcrawl.crawl.session import DATABASE, Session
from govcrawl.crawl.watching import Watching
from govcrawl.disk import require_same
from govcrawl.errors import OutputLost

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

SECONDS = 10.0
"""Between two looks."""


class Presence(Watching):
    """Ends a crawl whose database or archive was taken away: SQLite goes on writing to what has no name."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.session = Session.of(crawler)

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
    if session.database is not None:
        require_same(session.output / DATABASE, session.database)
    written = session.archive.writing
    if written is not None and not written.exists():
        raise OutputLost(
            f"{written}: was taken away while it was written; `govcrawl verify` says what to fetch again"
        )
