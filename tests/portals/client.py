"""A small client that goes through the proxy as a crawler does; nothing but the standard library."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import ProxyHandler, Request, build_opener

from lxml import html

_SCRIPT_TARGET = re.compile(r"(?:location(?:\.href)?\s*=|open\()\s*'([^']+)'")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.S)
_TURN = re.compile(r"function turnPage\(n\)\{location\.href='([^']+)'\+n")
_QUOTED = re.compile(r"""["']((?:https?://|/|\?)[^"'\s<>]*)["']""")
_ATTRIBUTES = ("//option/@value", "//@data-url", "//frame/@src", "//iframe/@src", "//form/@action")
_TRS_PAGES = re.compile(r'createPageHTML\((\d+), (\d+), "(\w+)", "(\w+)"\)')


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, decoded from gzip."""

    status: int
    headers: Message
    body: bytes

    def text(self) -> str:
        """The body by the charset that it declares itself, or UTF-8."""
        declared = re.search(rb"charset=[\"']?([\w-]+)", self.body[:2000])
        name = declared.group(1).decode() if declared else "utf-8"
        return self.body.decode("gb18030" if name.startswith("gb") else name)


class Client:
    """Fetches through the proxy; an HTTP error is an answer like any other."""

    def __init__(self, proxy_url: str) -> None:
        self._opener = build_opener(ProxyHandler({"http": proxy_url, "https": proxy_url}))

    def get(self, url: str, headers: Mapping[str, str] | None = None, form: bytes | None = None) -> Answer:
        """Fetch an address; ``form`` makes it a POST."""
        request = Request(url, data=form, headers={"User-Agent": "portals-test", **(headers or {})})
        try:
            with self._opener.open(request, timeout=20) as answer:
                return _read(answer.status, answer.headers, answer.read())
        except HTTPError as error:
            with error:
                return _read(error.code, error.headers, error.read())


def _read(status: int, headers: Message, body: bytes) -> Answer:
    return Answer(
        status, headers, gzip.decompress(body) if headers.get("Content-Encoding") == "gzip" else body
    )


def links(url: str, page: str) -> dict[str, str]:
    """Every address a browser could reach from a page, with its label: script targets and pagers too."""
    found: dict[str, str] = {}
    if page.startswith(("[", "{")):
        return {urljoin(url, address): "" for address in _QUOTED.findall(page)}
    tree = html.fromstring(page.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    for anchor in tree.iter("a"):
        target = _SCRIPT_TARGET.search(anchor.get("onclick") or "")
        address = target.group(1) if target else (anchor.get("href") or "").strip()
        label = "".join(str(text) for text in anchor.itertext()) + "".join(
            image.get("alt") or "" for image in anchor.iter("img")
        )
        if address and not address.startswith(("javascript:", "#")):
            found.setdefault(urljoin(url, address), re.sub(r"\s", "", label))
    for path in _ATTRIBUTES:
        for address in tree.xpath(path):
            found.setdefault(urljoin(url, str(address)), "")
    for turn in _TURN.findall(page):
        for number in re.findall(r"turnPage\((\d+)\)", page):
            found.setdefault(urljoin(url, turn + number), "")
    for script in tree.iter("script"):
        for address in _QUOTED.findall(script.text or ""):
            found.setdefault(urljoin(url, address.replace("\\/", "/")), "")
    for record in _CDATA.findall(page):
        for address in re.findall(r'href="([^"]+)"', record):
            found.setdefault(urljoin(url, address), "")
    for count, _, name, suffix in _TRS_PAGES.findall(page):
        for number in range(1, int(count)):
            found.setdefault(urljoin(url, f"{name}_{number}.{suffix}"), "")
    return found
