"""One connection for each server: hosts that share an address share Scrapy's download slot."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self

from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.error import DNSLookupError
from twisted.internet.error import TimeoutError as LookupTimeout

from govcrawl.hosts import host_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

_SECOND_LEVEL = re.compile(r"(?:gov|com|net|org|edu|ac)\.cn$")


class SlotMiddleware:
    """Names the slot of every request anew; Scrapy would keep the old one across a redirect.

    A slot is a server's address, looked up once for each host. Behind a proxy, which does the looking up, it
    is the registered domain, since the hosts below one mostly share a server.
    """

    def __init__(self, *, by_address: bool) -> None:
        self.by_address = by_address
        self._slots: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware as ONE_CONNECTION_PER_ADDRESS says."""
        return cls(by_address=crawler.settings.getbool("ONE_CONNECTION_PER_ADDRESS"))

    async def process_request(self, request: Request) -> None:
        """Put the request into its slot."""
        host = host_of(request.url)
        if not self.by_address:
            request.meta["download_slot"] = host
        elif request.meta.get("proxy"):
            request.meta["download_slot"] = registered_domain(host)
        else:
            request.meta["download_slot"] = await self._address(host)

    async def _address(self, host: str) -> str:
        if host not in self._slots:
            from twisted.internet import reactor

            try:  # Scrapy's own resolver: the address asked for here is the one connected to
                self._slots[host] = await maybe_deferred_to_future(reactor.resolve(host))  # type: ignore[arg-type]
            except (DNSLookupError, LookupTimeout):
                return host  # the download will say so
        return self._slots[host]


def registered_domain(host: str) -> str:
    """``qinzhou.gov.cn`` of ``www.qinbei.qinzhou.gov.cn``; an address is its own domain."""
    labels = host.split(".")
    if labels[-1].isdigit() or ":" in host:
        return host
    return ".".join(labels[-3 if _SECOND_LEVEL.search(host) else -2 :])
