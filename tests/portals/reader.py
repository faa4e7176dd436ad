"""Reads portals without a network: the answers that the imitation world would send, as pages."""

from __future__ import annotations

from urllib.parse import unquote, urljoin, urlsplit

from govcrawl.discovery import Page
from govcrawl.discovery.steps import Target
from tests.portals.style import Page as Sent
from tests.portals.world import Portal

_HOPS = 5
_MOVED = {301, 302, 303, 307, 308}


class Reader:
    """One portal with its satellites; ``hosts`` are the names asked so far, each of which costs a robots.txt."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.hosts: set[str] = set()

    def ask(self, target: Target) -> tuple[Page, bytes] | None:
        """The page at an address and its bytes, after redirects; None for an error or a foreign host."""
        url, method, form = target.url, target.method, target.body
        for _ in range(_HOPS):
            sent = self._sent(url, method, form)
            if sent is None or sent.status >= 400:
                return None
            if sent.status not in _MOVED:
                return Page.parse(url, sent.body, self._charset(sent)), sent.body
            url, method, form = urljoin(url, sent.headers["Location"]), "GET", ""
        return None

    def _sent(self, url: str, method: str, form: str) -> Sent | None:
        parts = urlsplit(url)
        host = parts.netloc.lower().removesuffix(":80")
        self.hosts.add(host)
        known = host in self.portal.hosts or f"www.{host}" in self.portal.hosts
        path = unquote(parts.path) or "/"
        return self.portal.answer(method, path, parts.query, form, host) if known else None

    def _charset(self, sent: Sent) -> str | None:
        """The charset that the server declares: only sites in UTF-8 do."""
        declared = sent.headers.get("Content-Type")
        if declared is not None:
            return declared.partition("charset=")[2] or None
        return "utf-8" if self.portal.style.charset == "utf-8" else None
