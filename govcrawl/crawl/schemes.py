"""http or https: some hosts answer only one of the two; which one is found out once and remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from govcrawl.crawl.failures import NO_CONNECTION, in_words
from govcrawl.crawl.rests import HostRests
from govcrawl.crawl.session import Session
from govcrawl.discovery.urls import other_scheme
from govcrawl.hosts import host_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class SchemeMiddleware:
    """Asks over the other scheme when a host does not answer one, and from then on over that one alone.

    Sees an error when all further tries are spent. The start page's other scheme is discovery's own matter.
    A host that has answered over a scheme in this run is not asked over the other because of a single page.
    """

    def __init__(self, session: Session) -> None:
        self.hosts = session.hosts
        self._answered: set[tuple[str, str]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware on the crawler's session."""
        return cls(Session.of(crawler))

    def process_request(self, request: Request) -> Request | None:
        """The same request over the scheme that the host is known to answer, None when it is that already."""
        known = self.hosts.exception(host_of(request.url), "scheme")
        if known is None or not _has_twin(request.url) or request.url.startswith(f"{known.value}:"):
            return None
        return request.replace(url=other_scheme(request.url))

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """The same request over the other scheme, when this one brings no connection."""
        if request.meta.get("switched") or request.meta.get("dont_obey_robotstxt"):
            return None
        step = request.cb_kwargs.get("step")
        if not _has_twin(request.url) or (step is not None and step.target.fallback is not None):
            return None
        dead = isinstance(exception, HostRests) and not exception.whole and not exception.ours
        if not (dead or isinstance(exception, NO_CONNECTION)):
            return None
        other = other_scheme(request.url)
        answered = not dead and (host_of(request.url), urlsplit(request.url).scheme) in self._answered
        if answered or self.hosts.rest_of(other) is not None:
            return None
        meta = {**request.meta, "switched": in_words(exception), "retry_times": 0}
        return request.replace(url=other, meta=meta)

    def process_response(self, request: Request, response: Response) -> Response:
        """Remember the scheme of a host that answers while its other one does not."""
        host, scheme = host_of(request.url), urlsplit(request.url).scheme
        if not _has_twin(request.url) or request.meta.get("dont_obey_robotstxt"):
            return response
        self._answered.add((host, scheme))
        if (known := self.hosts.exception(host, "scheme")) is not None and known.value == scheme:
            return response
        other = self.hosts.rest_of(other_scheme(request.url))
        reason = request.meta.get("switched") or (other.reason if other and not other.whole else None)
        if reason:
            self.hosts.make_exception(host, "scheme", scheme, reason)
        return response


def _has_twin(url: str) -> bool:
    """Whether an address may exist over the other scheme: one with a port of its own does not."""
    return urlsplit(url).port is None
