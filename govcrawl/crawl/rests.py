"""Rests: requests that are not made in this run, because a host or our own rules say not now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import IgnoreRequest

from govcrawl.crawl.session import Session

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class HostRests(IgnoreRequest):
    """A request that is not made now and stays for the next run; its text is the reason, for a person.

    ``ours`` is true where our own rule (hours, daily cap) says so, not the server. ``whole`` is true where
    all of the host rests, false where only one scheme of it does. Raised by RestMiddleware, Robots and
    Transport; ends in the errback.
    """

    def __init__(self, reason: str, *, ours: bool = False, whole: bool = True) -> None:
        super().__init__(reason)
        self.ours, self.whole = ours, whole


class RestMiddleware:
    """Stops requests to hosts that rest, before they are counted and before robots.txt is asked for."""

    def __init__(self, session: Session) -> None:
        self.hosts = session.hosts

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware on the crawler's session."""
        return cls(Session.of(crawler))

    def process_request(self, request: Request) -> None:
        """Let a request pass, or raise HostRests with the reason."""
        if (rest := self.hosts.rest_of(request.url)) is not None:
            raise HostRests(rest.reason, ours=rest.ours, whole=rest.whole)
