"""TrueCMS (南通, 连云港): the first records hidden in the page, the rest as JSONP.

``#initData`` holds the first group as plain markup; ``getMessage.do`` answers ``callback({"result": ...})``
with records in CDATA. Sites bound how many records one call may ask for, so the page's own group size is
kept: perPage times groupSize. Without a Referer some answer 404.
"""

from __future__ import annotations

import re
from urllib.parse import urlencode

from govcrawl.discovery.dialects.base import MAX_PAGES, Dialect, json_value
from govcrawl.discovery.page import Page, PageLink, fragment_links
from govcrawl.discovery.steps import Target
from govcrawl.discovery.urls import absolute

_PROXY = re.compile(r"""["']([^"'\s]*messageController/getMessage\.do)""")
_COLUMN = re.compile(r"""columnId["']?\s*[:=]\s*["']([\w-]+)["']""")
_TOTAL = re.compile(r"""<totalrecord>(\d{1,6})<|totalRecord["']?\s*[:=]\s*["']?(\d{1,6})""", re.IGNORECASE)
_PER_PAGE = re.compile(r"""perPage["']?\s*[:=]\s*["']?(\d{1,3})\b""", re.IGNORECASE)
_GROUP = re.compile(r"""groupSize["']?\s*[:=]\s*["']?(\d)\b""", re.IGNORECASE)
_CALLBACK = re.compile(r"^\s*(?:/\*.*?\*/)?\s*[\w$.]+\s*\(\s*(?=\{)", re.DOTALL)
_RECORD = re.compile(r"<record>\s*<!\[CDATA\[(.*?)\]\]>\s*</record>", re.DOTALL)


class TrueCms(Dialect):
    """Columns /site/name/name.html, articles /content/<uuid>.html."""

    name = "truecms"
    rank = 9
    marks = re.compile(r"truecms|messageController/getMessage\.do|id=[\"']initData[\"']", re.IGNORECASE)
    article = re.compile(r"/content/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.html$")
    listing = re.compile(r"\.gov\.cn/[a-z][a-z0-9]*/(?P<column>[a-z][a-z0-9_]*)/(?P=column)\.html$")

    def rows(self, page: Page, base: str) -> list[PageLink]:
        found = _CALLBACK.match(page.text)
        value = json_value(page.text, found.end()) if found else None
        result = value.get("result") if isinstance(value, dict) else None
        if not isinstance(result, str):
            return []
        return [link for record in _RECORD.findall(result) for link in fragment_links(record, base)]

    def following(self, page: Page, base: str) -> list[Target]:
        proxy, column, total = (pattern.search(page.text) for pattern in (_PROXY, _COLUMN, _TOTAL))
        address = absolute(page.url, proxy[1]) if proxy else None
        if address is None or column is None or total is None:
            return []
        stated, groups = _PER_PAGE.search(page.text), _GROUP.search(page.text)
        per_page = int(stated[1]) if stated else 10
        size = per_page * (int(groups[1]) if groups else 3)
        shown = len(page.root.xpath("//*[@id='initData']//li[.//a]"))
        records = min(int(total[1] or total[2]), MAX_PAGES * size)
        return [
            Target(f"{address}?{_query(first, min(first + size - 1, records), per_page, column[1])}",
                   referer=page.url)
            for first in range(shown + 1, records + 1, size)
        ]  # fmt: skip

    def promised(self, page: Page) -> int | None:
        total = _TOTAL.search(page.text)
        return int(total[1] or total[2]) if total else None


def _query(first: int, last: int, per_page: int, column: str) -> str:
    return urlencode(
        {
            "startrecord": first, "endrecord": last, "perpage": per_page, "contentTemplate": "",
            "columnId": column, "callback": "jQuery1124",
        }
    )  # fmt: skip


DIALECT = TrueCms()
