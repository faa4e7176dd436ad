"""UCAP: list.shtml, list_2.shtml ... written by createPageHTML, or rows from the site's own search as JSON.

Page numbers start at 1 and the call's first argument names an element: ``createPageHTML('page_div', pages,
current, 'list', 'shtml', records)``. Without that call the rows come from ``/common/search/<channel>``, which
answers ``data{total, page, rows, results[]}``; ``rows`` is the size of a page.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode

from govcrawl.discovery.dialects.base import MAX_PAGES, Dialect, count_of, data_link, json_value
from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.steps import Target
from govcrawl.discovery.urls import absolute

_CALL = re.compile(
    r"""createPageHTML\(\s*["'][\w-]+["']\s*,\s*(\d+)\s*,\s*(\d+)\s*,\s*["']([\w./-]+)["']\s*,\s*["'](\w+)["']"""
    r"""(?:\s*,\s*(\d+))?"""
)
_SEARCH = re.compile(
    r"""(?:https?://[\w.:-]{1,80})?/common/search/[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\b"""
)
_FRAME = re.compile(r"^https?://[^/]+/(?P<site>[\w-]+)/[^?]*\.shtml\?(?P<query>.*\btemp=.*)$")
_WORD = re.compile(r"[\w-]+")
_SETTING = re.compile(r"(_pageSize|_isAgg|_template)=(\w+)")
_SETTINGS = {"_pageSize": "15", "_isAgg": "true", "_isJson": "true", "_template": "index"}


class Ucap(Dialect):
    """UCAP portals (黑龙江 新疆 湖南 西藏 江西 and others)."""

    name = "ucap"
    rank = 30
    blind = True
    marks = re.compile(
        r"""<UCAP|UCAP-?CONTENT|<PUBLISHTIME|/common/search/[0-9a-f]{8}|createPageHTML\(\s*["'][\w-]+["']\s*,\s*\d""",
        re.IGNORECASE,
    )
    article = re.compile(
        r"/(?P<ym>\d{6})/(?:(?P<hex>[0-9a-f]{32})|c\d{2}_\d+|\d{6,})\.shtml$|/c\d{5,}/content\.shtml$"
    )
    listing = re.compile(
        r"/(?:c\d{3,}\w*/)?[a-z0-9_]*list[a-zA-Z_0-9]*\.shtml(?:\?\d+)?$|/c\d{3,}\w*/\w+\.shtml$"
    )

    def recognises(self, page: Page) -> bool:
        return _framed(page) is not None or super().recognises(page)

    def rows(self, page: Page, base: str) -> list[PageLink]:
        links = (
            data_link(
                base,
                str(row.get("url") or ""),
                str(row.get("title") or ""),
                place,
                date=str(row.get("publishedTimeStr") or ""),
            )
            for place, row in enumerate(_results(page))
        )
        return [link for link in links if link]

    def following(self, page: Page, base: str) -> list[Target]:
        if page.text.lstrip().startswith("{"):
            return _later_answers(page)
        if call := _CALL.search(page.text):
            pages, current, name, ending = int(call[1]), int(call[2]), call[3], call[4]
            numbers = range(current + 1, min(pages, MAX_PAGES) + 1)
            urls = [absolute(page.url, f"{name}_{number}.{ending}") for number in numbers]
            return [Target(url, referer=page.url) for url in urls if url]
        if found := _SEARCH.search(page.text):
            said = dict(_SETTING.findall(page.text[found.end() : found.end() + 300]))
            url = absolute(base, f"{found[0]}?{urlencode({'page': '1', **_SETTINGS, **said})}")
            return [Target(url, referer=page.url)] if url else []
        framed = _framed(page)
        return [Target(framed, referer=page.url)] if framed else []

    def promised(self, page: Page) -> int | None:
        call = _CALL.search(page.text)
        return int(call[5]) if call and call[5] else None


def _framed(page: Page) -> str | None:
    """A body's own page behind a frame: list.shtml?code=C&temp=T of a site shows /<site>/C/T.shtml."""
    found = _FRAME.search(page.url)
    said = dict(parse_qsl(found["query"])) if found else {}
    if found is None or not all(_WORD.fullmatch(said.get(name, "")) for name in ("code", "temp")):
        return None
    return absolute(page.url, f"/{found['site']}/{said['code']}/{said['temp']}.shtml")


def _data(page: Page) -> dict[str, Any]:
    answer = json_value(page.text) if page.text.lstrip().startswith("{") else None
    data = answer.get("data") if isinstance(answer, dict) else None
    return data if isinstance(data, dict) else {}


def _results(page: Page) -> list[dict[str, Any]]:
    results = _data(page).get("results")
    return [row for row in results if isinstance(row, dict)] if isinstance(results, list) else []


def _later_answers(page: Page) -> list[Target]:
    """The pages after a full answer; its address says which page it is, the total how many there may be."""
    address, _, query = page.url.partition("?")
    asked, data, shown = dict(parse_qsl(query)), _data(page), len(_results(page))
    size, current = count_of(data.get("rows")) or shown, count_of(asked.get("page")) or 1
    if not shown or shown < size:
        return []
    last = min(-(-count_of(data.get("total")) // size), MAX_PAGES)
    urls = [
        f"{address}?{urlencode({**asked, 'page': str(number)})}"
        for number in range(current + 1, min(current + 2, last) + 1)
    ]
    after = Target(urls[1], referer=page.url) if len(urls) > 1 else None
    return [Target(url, referer=page.url, fallback=after) for url in urls[:1]]


DIALECT = Ucap()
