"""Hanweb JCMS: columns whose rows come from jpage, first ones inside the page, the rest from dataproxy.jsp.

The page holds ``<datastore>`` with ``<record><![CDATA[..]]></record>``; its script knows totalRecord, perPage
and the parameters. The page's own script asks for three pages of rows at a time, and so do we.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote, urlencode

from govcrawl.discovery.dialects.base import MAX_PAGES, Dialect
from govcrawl.discovery.page import Page, PageLink, fragment_links
from govcrawl.discovery.steps import Target
from govcrawl.discovery.urls import absolute

_RECORD = re.compile(r"<record>\s*<!\[CDATA\[(.*?)\]\]>\s*</record>", re.DOTALL)
_NEXT_GROUP = re.compile(r"<nextgroup>.*?href=[\"']([^\"']+)[\"'].*?</nextgroup>", re.DOTALL)
_PROXY_URL = re.compile(r"""proxyUrl["']?\s*:\s*["']([^"']+)["']""")
_AJAX_PARAM = re.compile(r"ajaxParam[\"']?\s*:\s*\{([^}]*)\}", re.DOTALL)
_PAIR = re.compile(r"""["']?(\w+)["']?\s*:\s*('[^']*'|"[^"]*"|[^,}\s]+)""")
_NUMBER = {
    name: re.compile(rf"""["']?{name}["']?\s*[:=]\s*["']?(\d+)|<{name.lower()}>(\d+)<""", re.IGNORECASE)
    for name in ("totalRecord", "perPage")
}
_FIELDS = frozenset({
    "col", "appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname", "permissiontype",
})  # fmt: skip
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
        if page.text.lstrip().startswith(("<?xml", "<datastore")):
            return _next_group(page, base)  # an answer of dataproxy.jsp knows the next one itself
        total, per_page = self.promised(page), _number(page, "perPage") or 15
        shown = len(_RECORD.findall(page.text))
        by_address = _next_group(page, base)
        if total is not None and shown >= total:
            return []
        proxy, form = _PROXY_URL.search(page.text), _form(page)
        if total is None or proxy is None or "columnid" not in form:
            return by_address
        address = absolute(base, proxy[1])
        if address is None:
            return by_address
        return _groups(address, urlencode(form), shown, total, per_page, page.url, by_address)

    def promised(self, page: Page) -> int | None:
        return _number(page, "totalRecord")


def _groups(
    proxy: str, form: str, shown: int, total: int, per_page: int, referer: str, by_address: list[Target]
) -> list[Target]:
    targets, size = [], per_page * _GROUP_PAGES
    for number, start in enumerate(range(shown + 1, total + 1, size)):
        end = min(start + size - 1, total)
        query = f"startrecord={start}&endrecord={end}&perpage={per_page}"
        fallback = by_address[0] if number == 0 and by_address else None
        targets.append(Target(f"{proxy}?{query}", "POST", form, referer, fallback))
        if number >= MAX_PAGES:
            break
    return targets


def _next_group(page: Page, base: str) -> list[Target]:
    found = _NEXT_GROUP.search(page.text)
    url = absolute(base, unescape(found[1])) if found else None
    return [Target(url, referer=base)] if url else []


def _form(page: Page) -> dict[str, str]:
    """The page's own parameters: those of ajaxParam, never those of the next group's address."""
    script = _AJAX_PARAM.search(page.text)
    if script is None:
        return {}
    return {name: unquote(value.strip("'\"")) for name, value in _PAIR.findall(script[1]) if name in _FIELDS}


def _number(page: Page, name: str) -> int | None:
    found = _NUMBER[name].search(page.text)
    return int(found[1] or found[2]) if found else None


DIALECT = Hanweb()
