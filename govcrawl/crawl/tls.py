"""How strictly a host's TLS is taken: strict first, less only for a host that needs it, and recorded."""

from __future__ import annotations

import logging
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from OpenSSL import SSL
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import DownloadFailedError

from govcrawl.crawl.headers import bound_headers
from govcrawl.crawl.host_names import name_fault, want_names

if TYPE_CHECKING:
    from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler
    from scrapy.crawler import Crawler

    from govcrawl.crawl.guard import Guard

    Handler = HTTP11DownloadHandler | AiohttpDownloadHandler

_LEGACY: dict[str, object] = {
    "DOWNLOAD_VERIFY_CERTIFICATES": False,
    "DOWNLOAD_TLS_MIN_VERSION": "TLSv1.0",
    "DOWNLOADER_CLIENT_TLS_CIPHERS": "DEFAULT@SECLEVEL=0",
}
_LEGACY_SERVER_CONNECT = 0x4  # servers without secure renegotiation; named in ssl from Python 3.12 on


class Security(StrEnum):
    """What a host is held to, from the strictest to what the oldest servers need."""

    STRICT = "strict"
    UNVERIFIED = "unverified"  # a certificate that does not hold; the connection itself is modern
    LEGACY = "legacy"  # TLS 1.0 and 1.1, short keys: the cryptography wheel's OpenSSL speaks neither


def handler_for(security: Security, crawler: Crawler, guard: Guard | None) -> Handler:
    """Scrapy's download handler at a level of strictness; call it inside the event loop.

    ``guard`` judges the addresses that are connected to directly, None where a proxy does the connecting; for
    the modern handlers it stands at the reactor.
    """
    bound_headers()
    want_names()
    if security is Security.STRICT:
        return HTTP11DownloadHandler(crawler)
    if security is Security.UNVERIFIED:  # what does not hold is said once, by the exception
        logging.getLogger("scrapy.core.downloader.tls").setLevel(logging.ERROR)
        return HTTP11DownloadHandler(_with(crawler, {"DOWNLOAD_VERIFY_CERTIFICATES": False}))
    from scrapy.core.downloader.handlers._aiohttp import (
        AiohttpDownloadHandler,
    )  # for few hosts, so not sooner

    logging.getLogger("scrapy.core.downloader.handlers._base_streaming").setLevel(
        logging.ERROR
    )  # experimental
    old = AiohttpDownloadHandler(_with(crawler, _LEGACY))
    old._ssl_context.options |= _LEGACY_SERVER_CONNECT
    if guard is not None:
        connector = cast("Any", old._session.connector)
        assert hasattr(connector, "_socket_factory"), "aiohttp connects in another way now"
        connector._socket_factory = guard.socket_for
    return old


def next_level(security: Security, error: DownloadFailedError) -> tuple[Security, str] | None:
    """The level to try a failed connection at, with the reason; None when TLS was not the matter."""
    fault = _fault(error)
    if fault is None or security is Security.LEGACY:
        return None
    if "certificate verify failed" in fault:
        return (Security.UNVERIFIED, fault) if security is Security.STRICT else None
    return Security.LEGACY, fault


def _fault(error: DownloadFailedError) -> str | None:
    """What OpenSSL says of a failed connection, or what is wrong with the name in its certificate."""
    for failure in getattr(error.__cause__, "reasons", ()):
        if (fault := name_fault(failure.value)) is not None:
            return fault
        if isinstance(failure.value, SSL.Error):
            told = failure.value.args[0] if failure.value.args else ()
            return "; ".join(str(entry[-1]) for entry in told) or "handshake failed"
    return None


class _With:
    """A crawler with some settings changed, as one of its download handlers sees it."""

    def __init__(self, crawler: Crawler, changed: dict[str, object]) -> None:
        self._crawler = crawler
        self.settings = crawler.settings.copy()
        self.settings.frozen = False  # the crawler's own are not to be changed any more; these are a copy
        for name, value in changed.items():
            self.settings.set(name, value, priority="cmdline")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._crawler, name)


def _with(crawler: Crawler, changed: dict[str, object]) -> Crawler:
    return cast("Crawler", _With(crawler, changed))
