"""The download handler: every request passes here, takes its turn, and is written down."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)

from govcrawl.crawl.pace import retry_after
from govcrawl.crawl.rests import HostRests
from govcrawl.crawl.session import Session
from govcrawl.crawl.stop import Stopped
from govcrawl.crawl.stopping import TOLD
from govcrawl.crawl.tls import Security, handler_for, next_level
from govcrawl.hosts import host_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from govcrawl.crawl.tls import Handler

_WAITING = frozenset({429, 503})
_GATEWAY_TIMEOUT = 504


class Transport:
    """Scrapy's own HTTP handlers behind our manners; one of these for http, one for https.

    Raises HostRests for a host that asked for a longer pause than RETRY_AFTER_MAX or did not answer three
    times in a row, else what Scrapy's handlers raise.
    """

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        self.crawler, self.session = crawler, Session.of(crawler)
        self.longest_pause = crawler.settings.getfloat("RETRY_AFTER_MAX")
        self.exceptions = crawler.settings.getbool("TLS_EXCEPTIONS")
        self._handlers: dict[tuple[Security, bool], Handler] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The handler of a crawler whose session is open."""
        return cls(crawler)

    async def close(self) -> None:
        """Close the connections that are kept open."""
        for handler in self._handlers.values():
            await handler.close()

    async def download_request(self, request: Request) -> Response:
        """The answer to a request, when its turn has come."""
        hosts, pace, slot = self.session.hosts, self.session.pace, str(request.meta["download_slot"])
        tries, gap = request.meta.get("retry_times", 0), hosts.delay_of(request.url)
        try:
            if not await pace.turn(slot, gap, tries, self._running):
                raise Stopped
            if (rest := hosts.rest_of(request.url)) is not None:  # since it was put into the queue
                raise HostRests(rest.reason, ours=rest.ours, whole=rest.whole)
            return await self._ask(request, slot)
        except Stopped as error:
            raise HostRests(TOLD, ours=True) from error
        finally:
            pace.done(slot)

    async def _ask(self, request: Request, slot: str) -> Response:
        hosts = self.session.hosts
        hosts.count(request.url)
        shared = hosts.share(slot, request.url)
        if shared and not _by_proxy(request):  # a connection kept open to one of them would be a second one
            request.headers[b"Connection"] = b"close"
        began, response = time.monotonic(), None
        try:
            response = await self.session.stop.unless_stopped(self._send(request))
        except DownloadTimeoutError as error:
            if (rest := hosts.timed_out(request.url)) is not None:
                raise HostRests(rest.reason, whole=rest.whole) from error
            raise
        finally:
            outcome = type(sys.exception()).__name__ if response is None else response.status
            size = 0 if response is None else len(response.body)
            self.session.requests.wrote(request, outcome, size, time.monotonic() - began)
        self._note(request, response, slot)
        return response

    def _running(self) -> bool:
        return self.crawler.engine is not None and self.crawler.engine.running

    async def _send(self, request: Request) -> Response:
        """Send at the level the host is known to need, else strictly, and less so only when TLS fails."""
        host, proxied = host_of(request.url), bool(request.meta.get("proxy"))
        self.session.guard.check_name(request)
        known = self.session.hosts.exception(host, "tls") if request.url.startswith("https:") else None
        security = Security(known.value) if known else Security.STRICT
        told: list[str] = []
        while True:
            try:
                response = await self._handler(security, proxied).download_request(request)
            except (CannotResolveHostError, DownloadConnectionRefusedError) as error:
                raise self.session.guard.refusal(request.url, error) or error from error
            except DownloadFailedError as error:
                lower = next_level(security, error) if self.exceptions else None
                if lower is None:
                    raise
                security, reason = lower
                told.append(reason)
            else:
                if told:
                    self.session.hosts.make_exception(host, "tls", security.value, ", then ".join(told))
                return response

    def _handler(self, security: Security, proxied: bool) -> Handler:
        self.session.guard.on_reactor()
        if (security, proxied) not in self._handlers:
            guard = None if proxied else self.session.guard
            self._handlers[security, proxied] = handler_for(security, self.crawler, guard)
        return self._handlers[security, proxied]

    def _note(self, request: Request, response: Response, slot: str) -> None:
        """Learn from an answer when the host wants to be asked next."""
        hosts = self.session.hosts
        if response.status == _GATEWAY_TIMEOUT:
            if (rest := hosts.timed_out(request.url)) is not None:
                raise HostRests(rest.reason, whole=rest.whole)
            return
        hosts.answered(request.url)
        if response.status not in _WAITING:
            return
        header = (response.headers.get("Retry-After") or b"").decode("latin-1")
        if (seconds := retry_after(header)) is None:
            return
        if seconds > self.longest_pause:
            reason = (
                f"{host_of(request.url)} answers {response.status} and asks for a pause of {seconds:.0f} s, "
                f"more than RETRY_AFTER_MAX ({self.longest_pause:g}): run again after that"
            )
            raise HostRests(hosts.rest(request.url, reason).reason)
        self.session.pace.pause(slot, seconds)


def _by_proxy(request: Request) -> bool:
    """Whether a request goes to a proxy as such: what it has to hosts is its own."""
    return bool(request.meta.get("proxy")) and request.url.startswith("http:")
