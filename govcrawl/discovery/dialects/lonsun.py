"""The public/column platform of Anhui, parts of Gansu, Hubei, Sichuan and Hunan.

A column is /public/column/<organ>?type=4&catId=<cat>&action=list; its rows come from /site/label/8888 with
labelName=publicInfoList, or stand in the page as well. Parameters stand in the page's script, the number of
pages (``pageCount``) in the page or in the first answer. The column itself takes pageIndex too on some sites.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from govcrawl.discovery.dialects.base import MAX_PAGES, Dialect
from govcrawl.discovery.page import Page
from govcrawl.discovery.steps import Target
from govcrawl.discovery.urls import absolute

_LABEL = re.compile(r"""["'(\s]((?:https?://[^"'\s]+?)?(?:/[\w/-]*)?/?site/label/8888)\b""")
_FIELDS = (
    "siteId", "pageSize", "action", "organId", "type", "catId", "catIds", "cId", "isDate", "dateFormat",
    "length", "sortType", "fuzzySearch", "fromCode", "keyWords", "result", "file",
)  # fmt: skip
_FIELD = {
    name: re.compile(rf"""(?<![\w.]){name}["']?\s*[:=]\s*(?:["']([^"'<>]*)["']|([\w/%.-]*))""")
    for name in _FIELDS
}
_SITE = re.compile(r"""<meta\s+name=["']SiteId["']\s+content=["'](\d+)""", re.IGNORECASE)
_ORGAN = re.compile(r"/public/column/(\d+)")
_COUNT = re.compile(r"""pageCount["']?\s*[:=]\s*["']?(\d{1,6})""")
_NUMBER = re.compile(r"[0-9]{1,6}")


class Lonsun(Dialect):
    """Organs with a common tree of categories; ``site/label`` answers with markup."""

    name = "lonsun"
    rank = 30
    blind = True
    marks = re.compile(r"/site/label/8888|publicInfoList|/public/column/\d+")
    article = re.compile(r"/public/(?P<organ>\d+)/(?P<id>\d+)\.html$")
    listing = re.compile(
        r"/public/column/(?P<organ>\d+)(?:\?|$)|/publicColumn/|/site/label/8888\?.*labelName=publicInfoList"
    )

    def following(self, page: Page, base: str) -> list[Target]:
        if "/site/label/8888" in page.url:
            return _after_answer(page)
        if "publicInfoList" not in page.text:
            return []
        stated, number = _COUNT.search(page.text), _page_number(page.url)
        count = min(int(stated[1]), MAX_PAGES) if stated else None
        if number is not None:
            # The column answered where the label did not: it is asked for the rest as well.
            return [_column_page(page.url, n) for n in range(number + 1, (count or number) + 1)]
        fields = _fields(page)
        if not {"organId", "siteId"} <= fields.keys():
            return []
        if any(link.row and self.article.search(link.url) for link in page.links):
            return [_target(page, fields, n) for n in range(2, (count or 1) + 1)]
        return [_target(page, fields, n) for n in range(1, (count or 1) + 1)]


def _fields(page: Page) -> dict[str, str]:
    """Parameters of the page's own list: what its address says comes before what its scripts say."""
    start = page.text.find("publicInfoList")
    near = page.text[max(0, start - 2_500) : start + 2_500]
    values = {}
    for name, pattern in _FIELD.items():
        if found := pattern.search(near):
            values[name] = (found[1] if found[1] is not None else found[2]).strip()
    if site := _SITE.search(page.text):
        values["siteId"] = site[1]
    if organ := _ORGAN.search(page.url):
        values["organId"] = organ[1]
    asked = dict(parse_qsl(urlsplit(page.url).query))
    return values | {name: asked[name] for name in ("type", "catId", "action") if name in asked}


def _target(page: Page, fields: dict[str, str], number: int) -> Target:
    label = _LABEL.search(page.text)
    address = absolute(page.url, label[1] if label else "/site/label/8888")
    query = {"IsAjax": "1", "dataType": "html", "labelName": "publicInfoList", **fields, "pageIndex": number}
    return Target(f"{address}?{urlencode(query)}", referer=page.url, fallback=_column_page(page.url, number))


def _page_number(url: str) -> int | None:
    stated = dict(parse_qsl(urlsplit(url).query)).get("pageIndex", "")
    return int(stated) if _NUMBER.fullmatch(stated) else None


def _column_page(column: str, number: int) -> Target:
    """A page of the column from the column's own address, which some sites understand."""
    bare = re.sub(r"[?&]pageIndex=\d*", "", column)
    return Target(f"{bare}{'&' if '?' in bare else '?'}pageIndex={number}", referer=column)


def _after_answer(page: Page) -> list[Target]:
    """Pages after the one that an answer is; without a count the next one, as long as there are rows."""
    parts = urlsplit(page.url)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    number = _page_number(page.url) or 1
    count = _COUNT.search(page.text)
    rows = sum(bool(Lonsun.article.search(link.url)) for link in page.links)
    full = rows >= int(asked["pageSize"]) if _NUMBER.fullmatch(asked.get("pageSize", "")) else rows > 0
    last = min(int(count[1]), MAX_PAGES) if count else number + full
    address = f"{parts.scheme}://{parts.netloc}{parts.path}"
    return [
        Target(f"{address}?{urlencode({**asked, 'pageIndex': n})}", referer=page.url)
        for n in range(number + 1, last + 1)
    ]


DIALECT = Lonsun()
