"""Lists that a script fills: what the page asks for when it is opened, and the pages behind the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from govcrawl.discovery.calls import asked_on_opening
from govcrawl.discovery.dialects.base import MAX_PAGES, Dialect
from govcrawl.discovery.dialects.panel import markup_in
from govcrawl.discovery.islands import island_links
from govcrawl.discovery.page import Page, PageLink, fragment_links
from govcrawl.discovery.pager import pages_told
from govcrawl.discovery.scripts.requests import requests_in
from govcrawl.discovery.steps import Target
from govcrawl.discovery.urls import absolute

_ROWS_DRAWN = re.compile(
    r"title|href|\.name\b|biaoti|\.append\(|\.html\(|innerHTML|v-for|ng-repeat|render|template|\.load\(|draw|fill",
    re.IGNORECASE,
)
_DRAWN_INTO = re.compile(r"v-for|ng-repeat|data-url|\{\{")
_IDLE = re.compile(
    r"count|hits|stat|visit|weather|tianqi|login|user|token|captcha|click|save|submit|insert|update|delete|upload|vote|comment|feedback|sms|(?<![a-z])(?:add|del|log|pay|sign)(?![a-z])",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"""(?P<stem>(?:^|[?&{,\s"']|%22)(?:cur(?:rent)?_?|to_?|now_?)?(?:page_?(?:no|num|index|number)?|pn|p|curr?|current|num|n|no)"""
    r"""(?:["']|%22)?[\s+]*(?:[=:]|%3A)[\s+]*(?:["']|%22)?)(?P<n>\d+)""",
    re.IGNORECASE,
)
_FILE = re.compile(r"(?P<stem>[_/-])(?P<n>\d{1,3})(?=\.(?:json|xml|js)(?:\?|$))")
_OFFSET = re.compile(
    r"""(?P<stem>(?:^|[?&{,\s"'])(?:offset|start|skip)["']?\s*[=:]\s*["']?)(?P<n>\d+)""", re.IGNORECASE
)
_FOLDER = re.compile(r"(?P<stem>/)(?P<n>[01])(?=$|\?)")
_ASKS_FOR_ROWS = re.compile(r"list|page|query|search|get|find|load|rows|data|article|info", re.IGNORECASE)
_PAGES = re.compile(
    r"""["']?(?:total_?pages?|page_?counts?|pages)["']?\s*[:=]\s*["']?(\d{1,4})\b""", re.IGNORECASE
)
_TOTAL = re.compile(
    r"""["']?(?:total(?:_?(?:count|rows?|size|records?|elements|num))?|record_?count|count|row_?count)["']?\s*[:=]\s*["']?(\d{1,5})\b""",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"""["']next_?(?:cursor|token|page_?token|scroll_?id)["']\s*:\s*["']([^"'\s]{1,200})["']""", re.IGNORECASE
)
_TOKEN = re.compile(r"((?:^|[?&])(?:next_?)?(?:cursor|page_?token|scroll_?id|after)=)[^&#]*", re.IGNORECASE)
_MOST = 3


class Data(Dialect):
    """Pages whose own scripts ask for their rows; asked after every dialect, never recognised by itself."""

    name = "data"
    rank = 98
    marks = re.compile(r"(?!)")

    def rows(self, page: Page, base: str) -> list[PageLink]:
        return island_links(page) or _panel(page)

    def following(self, page: Page, base: str) -> list[Target]:
        if page.url == base and page.form is None and not _is_xml(page):
            return _opening(page)
        return _later(page, base)

    def promised(self, page: Page) -> int | None:
        return _last(_TOTAL, page.text)


def _panel(page: Page) -> list[PageLink]:
    """The links of the markup that an answer holds in one of its texts."""
    if page.text.lstrip().startswith("<"):
        return []
    links = fragment_links(markup_in(page.text), page.base)
    return [replace(link, block=-1 - link.block) for link in links]


def _is_xml(page: Page) -> bool:
    return page.root.find(".//script") is None and bool(island_links(page))


def _opening(page: Page) -> list[Target]:
    """The requests for rows that the page's scripts make, first those surely made on opening."""
    if not _ROWS_DRAWN.search(page.functions) and not _DRAWN_INTO.search(page.text):
        return []
    opening = dict.fromkeys(asked_on_opening(page.functions))
    read = list(dict.fromkeys((one.address, one.form) for one in requests_in(page.reading)))
    asked = [one for one in read if one in opening] or read or list(opening)
    found = []
    for address, form in [*_tables(page), *asked]:
        url = absolute(page.base, address)
        if url is not None and not _IDLE.search(address) and (form is None or _lists(address, form)):
            found.append(Target(url, "GET" if form is None else "POST", form or "", page.url))
    return found[:_MOST]


def _tables(page: Page) -> Iterator[tuple[str, None]]:
    """What tables ask for that name their data's address in their markup."""
    for table in page.root.xpath("//table[@data-url]"):
        size = table.get("data-page-size") or "10"
        paged = table.get("data-side-pagination") == "server"
        address = table.get("data-url") or ""
        yield f"{address}{'&' if '?' in address else '?'}offset=0&limit={size}" if paged else address, None


def _lists(address: str, form: str) -> bool:
    """Whether what is posted asks for a list: it says which page, or its address says so."""
    return _spot(form) is not None or _ASKS_FOR_ROWS.search(address) is not None


def _later(page: Page, base: str) -> list[Target]:
    """The pages of an answer that follow it, as many as it says; the next one where it says nothing."""
    form = page.form or ""
    place = next((text for text in (form, page.url) if _spot(text)), "")
    spot, rows = _spot(place), len(island_links(page)) or len(page.links) or len(_panel(page))
    if (token := _NEXT.search(page.text)) and rows:
        return _by_token(page, token[1], base)
    if spot is None or not rows:
        return []
    current, total = int(spot["n"]), _last(_TOTAL, page.text) or 0
    step = rows if spot.re is _OFFSET else 1
    first = min(current, 1) if step == 1 else 0  # some count from 0
    pages = _last(_PAGES, page.text) or -(-total // rows)
    if page.text.lstrip().startswith("<"):  # a fragment's pager may stand on the page that it is put into
        pages = max(pages, pages_told(page.visible_text), current - first + 2)
    later = []
    for number in range(current + step, first + min(pages * step, current + MAX_PAGES * step), step):
        asked = f"{place[: spot.start('n')]}{number}{place[spot.end('n') :]}"
        url, body = (page.url, asked) if place is form and form else (asked, form)
        later.append(Target(url, "POST" if page.form is not None else "GET", body, base))
    return later


def _by_token(page: Page, token: str, base: str) -> list[Target]:
    """The page to which an answer's own token leads, in the place of that with which it was asked for."""
    form, turned = page.form or "", rf"\g<1>{quote(token, safe='')}"
    url, body = _TOKEN.sub(turned, page.url), _TOKEN.sub(turned, form)
    method = "GET" if page.form is None else "POST"
    return [] if (url, body) == (page.url, form) else [Target(url, method, body, base)]


def _spot(text: str) -> re.Match[str] | None:
    """Where a request names the page, or the first row, that it asks for."""
    found = (pattern.search(text) for pattern in (_NUMBER, _OFFSET, _FILE, _FOLDER))
    return next((one for one in found if one is not None), None)


def _last(pattern: re.Pattern[str], text: str) -> int | None:
    return max((int(number) for number in pattern.findall(text)), default=None)


DIALECT = Data()
