"""Stopping within seconds: a signal ends the waiting in queues at once and the downloads soon after."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from govcrawl.crawl.rests import HostRests
from govcrawl.crawl.session import Session
from govcrawl.crawl.watching import Watching

if TYPE_CHECKING:
    from scrapy.core.engine import ExecutionEngine
    from scrapy.crawler import Crawler

GRACE = 4.0
"""Seconds that a download under way is given to end well."""

TOLD = "the crawl was stopped before this was fetched: run again to go on"

_LOOK = 0.25


class Stopping(Watching):
    """Sees that the engine ends and hurries it: Scrapy itself waits for every delay and every slow server."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.stop = Session.of(crawler).stop

    async def watch(self) -> None:
        """Wait for the engine's end, then empty the queues, then give up what is still under way."""
        engine = self.crawler.engine
        assert engine is not None
        while not engine.running:  # not yet
            await asyncio.sleep(_LOOK)
        while engine.running:
            await asyncio.sleep(_LOOK)
        self.stop.begin()
        until = time.monotonic() + GRACE
        while True:  # what comes out of one queue may go into the next
            empty_queues(engine)
            if time.monotonic() > until:
                self.stop.hurry()
            await asyncio.sleep(_LOOK)


def empty_queues(engine: ExecutionEngine) -> None:
    """End the requests that wait in the downloader for their turn."""
    for slot in engine.downloader.slots.values():
        while slot.queue:
            _, waiting = slot.queue.popleft()
            waiting.errback(HostRests(TOLD, ours=True))
