"""Lists that a script fills: what the page asks for when it is opened, and the pages behind the answer."""

from __future__ import annotations

import re

from govcrawl.discovery.calls import asked_on_opening
from govcrawl.discovery.dialects.base import MAX_PAGES, Dialect
from govcrawl.discovery.islands import island_links
from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.steps import Target
from govcrawl.discovery.urls import absolute

_ROWS_DRAWN = re.compile(r"title|href|\.name\b|biaoti", re.IGNORECASE)
_IDLE = re.compile(r"count|hits|stat|visit|weather|tianqi|login|user|token|captcha|click", re.IGNORECASE)
_NUMBER = re.compile(
    r"""(?P<stem>(?:^|[?&{,\s"'])(?:cur(?:rent)?_?|to_?)?(?:page_?(?:no|num|index|number)?|pn|p)["']?\s*[=:]\s*["']?)(?P<n>\d+)""",
    re.IGNORECASE,
)
_FILE = re.compile(r"(?P<stem>[_/-])(?P<n>\d{1,3})(?=\.(?:json|xml|js)(?:\?|$))")
_PAGES = re.compile(
    r"""["']?(?:total_?pages?|page_?counts?|pages)["']?\s*[:=]\s*["']?(\d{1,4})\b""", re.IGNORECASE
)
_TOTAL = re.compile(
    r"""["']?(?:total(?:_?(?:count|rows?|size|records?|elements|num))?|record_?count|count|row_?count)["']?\s*[:=]\s*["']?(\d{1,5})\b""",
    re.IGNORECASE,
)
_MOST = 2


class Data(Dialect):
    """Pages whose own scripts ask for their rows; asked after every dialect, never recognised by itself."""

    name = "data"
    rank = 98
    marks = re.compile(r"(?!)")

    def rows(self, page: Page, base: str) -> list[PageLink]:
        return island_links(page)

    def following(self, page: Page, base: str) -> list[Target]:
        if page.text.lstrip().startswith("<") and not _is_xml(page):
            return _opening(page)
        return _later(page, base)

    def promised(self, page: Page) -> int | None:
        return _last(_TOTAL, page.text)


def _is_xml(page: Page) -> bool:
    return page.root.find(".//script") is None and bool(island_links(page))


def _opening(page: Page) -> list[Target]:
    """The requests that the page's scripts make when it is opened, as far as they draw rows."""
    functions = "\n".join(str(text) for text in page.root.xpath("//script[not(@src)]/text()"))
    if not _ROWS_DRAWN.search(functions):
        return []
    found = []
    for address, form in asked_on_opening(functions):
        url = absolute(page.base, address)
        if url is not None and not _IDLE.search(address):
            found.append(Target(url, "GET" if form is None else "POST", form or "", page.url))
    return found[:_MOST]


def _later(page: Page, base: str) -> list[Target]:
    """The pages of an answer that follow it, as many as it says."""
    form = page.form or ""
    place = next((text for text in (form, page.url) if _spot(text)), "")
    spot, rows = _spot(place), len(island_links(page))
    if spot is None or not rows:
        return []
    current, total = int(spot["n"]), _last(_TOTAL, page.text) or 0
    first = min(current, 1)  # some count from 0
    pages = _last(_PAGES, page.text) or -(-total // rows)
    last = min(first + pages - 1, current + MAX_PAGES)
    later = []
    for number in range(current + 1, last + 1):
        asked = f"{place[: spot.start('n')]}{number}{place[spot.end('n') :]}"
        url, body = (page.url, asked) if place is form and form else (asked, form)
        later.append(Target(url, "POST" if page.form is not None else "GET", body, base))
    return later


def _spot(text: str) -> re.Match[str] | None:
    """Where a request names the page that it asks for."""
    return _NUMBER.search(text) or _FILE.search(text)


def _last(pattern: re.Pattern[str], text: str) -> int | None:
    return max((int(number) for number in pattern.findall(text)), default=None)


DIALECT = Data()
