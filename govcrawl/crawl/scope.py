"""The wall around each portal: no request, not even a redirected one, leaves the place's own hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import IgnoreRequest

from govcrawl.crawl.session import Session
from govcrawl.discovery.scope import literal_address
from govcrawl.discovery.urls import host_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class OutOfScope(IgnoreRequest):
    """A request that would leave the portal's hosts. Raised by ScopeMiddleware, ends in the errback."""


class ScopeMiddleware:
    """Refuses requests outside the portal named in ``request.meta['portal']``; counts those it lets pass."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._portals: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware with the crawler's portals."""
        return cls(Session.of(crawler))

    def process_request(self, request: Request) -> None:
        """Let a request pass or raise OutOfScope with the address."""
        host = host_of(request.url)
        if literal_address(host):
            raise OutOfScope(f"{host} is an address, not a portal's host name")
        key = request.meta.get("portal")
        if key is None:  # robots.txt, asked for on behalf of a request that has passed
            key = self._portals.get(host)
        elif not self.session.crawls[key].discovery.scope.allows(request.url):
            raise OutOfScope(f"{request.url} lies outside the portal's hosts")
        if key is not None:
            self._portals[host] = key
            self.session.crawls[key].counts["requests"] += 1
