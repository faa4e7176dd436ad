"""A resolver for which every name is this machine, as counties of a prefecture are one server."""

from __future__ import annotations

from typing import Any

from scrapy.resolver import CachingThreadedResolver, dnscache
from twisted.internet.defer import Deferred, succeed


class Loopback(CachingThreadedResolver):
    """Scrapy's resolver with one answer for all."""

    def getHostByName(self, name: str, timeout: Any = None) -> Deferred[str]:  # noqa: N802
        dnscache[name] = "127.0.0.1"
        return succeed("127.0.0.1")


class Rebinding(CachingThreadedResolver):
    """A name that is a public address when it is looked up first, and this machine from then on."""

    asked = 0

    def getHostByName(self, name: str, timeout: Any = None) -> Deferred[str]:  # noqa: N802
        Rebinding.asked += 1
        return succeed("8.8.8.8" if Rebinding.asked == 1 else "127.0.0.1")
