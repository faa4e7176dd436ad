"""The wall around each portal: no request, not even a redirected one, leaves the place's own hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import IgnoreRequest

from govcrawl.crawl.session import Session
from govcrawl.hosts import host_of, literal_address

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class OutOfScope(IgnoreRequest):
    """A request that would leave the portal's hosts. Raised by ScopeMiddleware, ends in the errback.

    ``sent`` says that a page of the portal sent it there.
    """

    def __init__(self, reason: str, *, sent: bool = False) -> None:
        super().__init__(reason)
        self.sent = sent


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
        host, named = host_of(request.url), request.meta.get("portal")
        key = named or self._owner(host, request.url)
        if key is None or (named and not self._allows(named, request.url)):
            sent = bool(request.meta.get("redirect_urls"))
            if literal_address(host):
                raise OutOfScope(f"{host} is an address, not a portal's host name", sent=sent)
            raise OutOfScope(f"{request.url} lies outside the portal's hosts", sent=sent)
        self._portals[host] = key
        self.session.crawls[key].counts["requests"] += 1

    def _owner(self, host: str, url: str) -> str | None:
        """The portal on whose behalf robots.txt is asked for, redirected or not: it names none itself."""
        if host in self._portals:
            return self._portals[host]
        return next((key for key in dict.fromkeys(self._portals.values()) if self._allows(key, url)), None)

    def _allows(self, key: str, url: str) -> bool:
        return self.session.crawls[key].discovery.scope.allows(url)
