"""Hanweb JCMS: columns whose rows come from jpage, first ones inside the page, the rest from dataproxy.jsp.

The page holds ``<datastore>`` with ``<record><![CDATA[..]]></record>``; its script knows totalRecord, perPage
and the parameters. The page's own script asks for three pages of rows at a time, and so do we.
"""

from __future__ import annotations

import re
from urllib.parse import urlencode

from govcrawl.discovery.dialects.base import MAX_PAGES, Dialect
from govcrawl.discovery.page import Page, PageLink, fragment_links
from govcrawl.discovery.steps import Target
from govcrawl.discovery.urls import absolute

_RECORD = re.compile(r"<record>\s*<!\[CDATA\[(.*?)\]\]>\s*</record>", re.DOTALL)
_NEXT_GROUP = re.compile(r"<nextgroup>.*?href=[\"']([^\"']+)[\"'].*?</nextgroup>", re.DOTALL)
_PROXY = re.compile(r"""["']?([^"'\s<>=]*/module/(?:web/)?jpage/\w*dataproxy\.jsp)""")
_NUMBER = {
    name: re.compile(rf"""["']?{name}["']?\s*[:=]\s*["']?(\d+)|<{name.lower()}>(\d+)<""", re.IGNORECASE)
    for name in ("totalRecord", "perPage")
}
_FIELDS = (
    "col", "appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname", "permissiontype",
)  # fmt: skip
_FIELD = {name: re.compile(rf"""["']?\b{name}["']?\s*[:=]\s*["']?([^"',;&}}\s]*)""") for name in _FIELDS}
_UNIT = re.compile(r"jpageform_(\d+)|unitid=(\d+)")
_GROUP_PAGES = 3


class Hanweb(Dialect):
    """Columns of JCMS (浙江 山东 江苏 甘肃 and others)."""

    name = "hanweb"
    rank = 10
    marks = re.compile(r"/module/(?:web/)?jpage/|dataproxy\.jsp|jpageform_\d+|<datastore>|ZJEG_RSS\.content")
    article = re.compile(
        r"/art/(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})/art_(?P<col>\d+)_(?P<id>\d+)\.html$"
    )
    listing = re.compile(r"/col/col(?P<col>\d+)/(?:index(?:_\d+)?\.html)?(?:\?.*)?$")

    def rows(self, page: Page, base: str) -> list[PageLink]:
        return [link for record in _RECORD.findall(page.text) for link in fragment_links(record, base)]

    def following(self, page: Page, base: str) -> list[Target]:
        total, per_page = _number(page, "totalRecord"), _number(page, "perPage") or 15
        shown = len(_RECORD.findall(page.text))
        proxy = _PROXY.search(page.text)
        after = _next_group(page, base)
        if total is None or shown >= total:
            return [] if total is not None else after
        if proxy is None or not (address := absolute(base, proxy[1])):
            return after
        return _groups(address, _form(page), shown, total, per_page, page.url, after)


def _groups(
    proxy: str, form: str, shown: int, total: int, per_page: int, referer: str, after: list[Target]
) -> list[Target]:
    targets, size = [], per_page * _GROUP_PAGES
    for number, start in enumerate(range(shown + 1, total + 1, size)):
        end = min(start + size - 1, total)
        query = f"startrecord={start}&endrecord={end}&perpage={per_page}"
        fallback = after[0] if number == 0 and after else None
        targets.append(Target(f"{proxy}?{query}", "POST", form, referer, fallback))
        if number >= MAX_PAGES:
            break
    return targets


def _next_group(page: Page, base: str) -> list[Target]:
    found = _NEXT_GROUP.search(page.text)
    url = absolute(base, found[1].replace("&amp;", "&")) if found else None
    return [Target(url, referer=page.url)] if url else []


def _form(page: Page) -> str:
    values: dict[str, str] = {}
    for name, pattern in _FIELD.items():
        if found := pattern.search(page.text):
            values[name] = found[1]
    if not values.get("unitid") and (unit := _UNIT.search(page.text)):
        values["unitid"] = unit[1] or unit[2]
    return urlencode(values)


def _number(page: Page, name: str) -> int | None:
    found = _NUMBER[name].search(page.text)
    return int(found[1] or found[2]) if found else None


DIALECT = Hanweb()
