"""The baselines of the crawl: Scrapy itself, asking for the same pages and doing less with them.

Run as a program: ``python -m tests.bench.fetching WAY < addresses`` fetches every address through http_proxy.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response, TextResponse
from scrapy.linkextractors import LinkExtractor


def nothing(_: TextResponse) -> object:
    """Scrapy alone: the page is fetched and dropped."""
    return None


def links(page: TextResponse) -> object:
    """What every crawler does at least: the links of the page, each once."""
    return LinkExtractor().extract_links(page)


def extraction(page: TextResponse) -> object:
    """What a crawler of texts is usually made of: trafilatura in the callback, links besides."""
    import trafilatura

    return links(page), trafilatura.extract(page.text, with_metadata=True)


WAYS: dict[str, Callable[[TextResponse], object]] = {
    "nothing": nothing, "links": links, "trafilatura": extraction,
}  # fmt: skip


class Fetching(scrapy.Spider):
    """Asks for given addresses and does one thing with each page."""

    name = "fetching"

    def __init__(self, addresses: list[str], way: str, **more: Any) -> None:
        super().__init__(**more)
        self.addresses, self.way = addresses, WAYS[way]

    async def start(self) -> AsyncIterator[Any]:
        """Every address once."""
        for address in self.addresses:
            yield scrapy.Request(address, dont_filter=True)

    def parse(self, response: Response, **_: object) -> None:
        """Do it."""
        if isinstance(response, TextResponse):
            self.way(response)


def main(way: str) -> None:
    """One connection a host and no delay, as the crawl it is measured against."""
    settings = {
        "CONCURRENT_REQUESTS": 256, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "DOWNLOAD_DELAY": 0,
        "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "ROBOTSTXT_OBEY": False,
        "COOKIES_ENABLED": False,
    }  # fmt: skip
    process = CrawlerProcess(settings)
    process.crawl(Fetching, addresses=sys.stdin.read().split(), way=way)
    process.start()


if __name__ == "__main__":
    main(sys.argv[1])
