"""Redirects that are a challenge: to the same page with a cookie to bring along, or with a proof to pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin

from govcrawl.crawl.failures import headers_of
from govcrawl.discovery.refusals import challenge

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class Challenges:
    """Keeps Scrapy from following a challenge: such an answer is a refusal, and is recorded as one.

    Nor are redirects followed that go round.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware; it needs nothing of the crawler."""
        return cls()

    def process_response(self, request: Request, response: Response) -> Response:
        """Mark the request of a redirect that is none."""
        if 300 <= response.status < 400 and challenge(response.url, headers_of(response)) is not None:
            request.meta["dont_redirect"] = True
        elif 300 <= response.status < 400 and _goes_round(request, response):
            request.meta["redirect_ttl"] = 0  # Scrapy would go on until it has counted to twenty
        return response


def _goes_round(request: Request, response: Response) -> bool:
    """Whether a redirect leads where two of its chain have led before; once may be for a cookie."""
    where = urljoin(response.url, headers_of(response).get("Location", ""))
    return [*request.meta.get("redirect_urls", ()), request.url].count(where) > 1
