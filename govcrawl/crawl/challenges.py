"""Redirects that are a challenge: to the same page with a cookie to bring along, or with a proof to pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from govcrawl.crawl.failures import headers_of
from govcrawl.discovery.refusals import challenge

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class Challenges:
    """Keeps Scrapy from following a challenge: such an answer is a refusal, and is recorded as one."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware; it needs nothing of the crawler."""
        return cls()

    def process_response(self, request: Request, response: Response) -> Response:
        """Mark the request of a redirect that is none."""
        if 300 <= response.status < 400 and challenge(response.url, headers_of(response)) is not None:
            request.meta["dont_redirect"] = True
        return response
