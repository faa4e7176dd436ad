"""What looks again and again at a running crawl: from the spider's opening until its closing."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Self

from scrapy import signals

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Watching(ABC):
    """An extension of Scrapy whose ``watch`` runs beside the spider and ends with it at the latest."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._watch: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The extension, which begins to look when the spider is there."""
        watching = cls(crawler)
        crawler.signals.connect(watching.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(watching.spider_closed, signal=signals.spider_closed)
        return watching

    def spider_opened(self) -> None:
        """Begin to look."""
        self._watch = asyncio.ensure_future(self.watch())

    def spider_closed(self) -> None:
        """Stop looking."""
        if self._watch is not None:
            self._watch.cancel()

    @abstractmethod
    async def watch(self) -> None:
        """Look until there is nothing more to see."""
