"""Hanweb jpaas: listings that a page's script asks for as units, JSON with a fragment of markup in it.

An element of the page carries ``url`` and ``queryData`` in single quotes. Further pages add ``paramJson``;
one line of sites takes ``pageNo`` and ``rows`` instead. The fragment's pager says ``rows`` (of a page) and
``count``; without a pager a full page leads to the next. Some hosts answer every page with the first one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode

from lxml.html import HtmlElement

from govcrawl.discovery.columns import Label, classify
from govcrawl.discovery.dialects.base import MAX_PAGES, Dialect, count_of, json_value
from govcrawl.discovery.page import Page, PageLink, fragment_links, tree
from govcrawl.discovery.steps import Target
from govcrawl.discovery.urls import absolute

_UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_LIST = re.compile(r"列表|list|分页|内容", re.IGNORECASE)
_AROUND = re.compile(r"导航|位置|菜单|栏目树|头部|底部|nav|menu|head|foot|position", re.IGNORECASE)
_CALL = re.compile(re.escape(_UNIT) + r"\?([^\"'\s<>]+)")
_PAIR = re.compile(r"""['"]?\b(\w+)['"]?\s*:\s*(?:'([^']*)'|"([^"]*)"|([\w.-]+))""")
_PARTS = frozenset({Label.GROUP, Label.PART, Label.BODY, Label.YEAR})
_FULL = 10
_PAGING = frozenset({"paramJson", "pageNo", "pageSize", "rows"})


class HanwebJpaas(Dialect):
    """jpaas columns (浙江 江苏 甘肃 and others, several ministries)."""

    name = "hanweb_jpaas"
    rank = 8
    blind = True
    marks = re.compile(r"jpaas-publish-server|parsetype=[\"']?bulidstatic|queryData=[\"']\{'", re.IGNORECASE)
    article = re.compile(r"/art/(?P<y>\d{4})/art_(?P<id>[0-9a-f]{32})\.html$")
    listing = re.compile(r"/(?:[a-z0-9]+/)+index\.html$|/col/col\d+/index\.html$")

    def recognises(self, page: Page) -> bool:
        return _UNIT in page.url or super().recognises(page)

    def rows(self, page: Page, base: str) -> list[PageLink]:
        return fragment_links(_fragment(page), base) or list(_parts(page, base))

    def following(self, page: Page, base: str) -> list[Target]:
        if page.text.lstrip().startswith("{"):
            address, _, query = page.url.partition("?")
            asked, root = dict(parse_qsl(query)), tree(_fragment(page))
            if not _pager(root)[0] and (shown := len(root.xpath("//a[@href]"))) >= _FULL:
                return [_paged(address, asked, _current(asked) + 1, shown, page.url)]
            return _pages(address, asked, root, page.url)
        units = _units(page)
        if not units:
            return []
        address = absolute(base, units[0][0]) or ""
        filled = _pages(address, units[0][1], page.root, page.url)
        return filled or [Target(f"{address}?{urlencode(units[0][1])}", referer=page.url)]

    def promised(self, page: Page) -> int | None:
        return _pager(page.root)[1] or None


def _units(page: Page) -> list[tuple[str, dict[str, str]]]:
    """(address, parameters) of the page's units, the one that is most likely the list first."""
    found = [
        (str(node.get("url") or _UNIT), _values(str(node.get("querydata"))))
        for node in page.root.xpath("//*[@querydata]")
    ]
    if not found:
        queries = (call[1].replace("&amp;", "&") for call in _CALL.finditer(page.text))
        found = [(_UNIT, dict(parse_qsl(query))) for query in queries]
    return sorted(found, key=lambda unit: _unlikely(unit[1].get("tagId", "")))


def _parts(page: Page, base: str) -> Iterator[PageLink]:
    """The units behind the first that are named after bodies or years: tabs beside the list."""
    for place, (address, asked) in enumerate(_units(page)[1:]):
        name = asked.get("tagId", "")
        url = absolute(base, f"{address}?{urlencode(asked)}") if classify(name) in _PARTS else None
        if url is not None:
            yield PageLink(url, name, "", -1, place)


def _values(said: str) -> dict[str, str]:
    """Parameters out of a script's object, whatever quotes it has."""
    return {key: one or other or bare for key, one, other, bare in _PAIR.findall(said)}


def _unlikely(tag: str) -> int:
    return 2 if _AROUND.search(tag) else 0 if _LIST.search(tag) else 1


def _pager(root: HtmlElement) -> tuple[int, int]:
    """(rows of a page, rows in all) as the pager's attributes say; zeros where there is none."""
    for node in root.xpath("//*[@rows and @count and contains(@class, 'pagination')]"):
        return count_of(node.get("rows")), count_of(node.get("count"))
    return 0, 0


def _pages(address: str, asked: dict[str, str], root: HtmlElement, referer: str) -> list[Target]:
    """The pages after this one, by the pager in its markup."""
    size, count = _pager(root)
    if not size:
        return []
    numbers = range(_current(asked) + 1, min(-(-count // size), MAX_PAGES) + 1)
    return [_paged(address, asked, number, size, referer) for number in numbers]


def _paged(address: str, asked: dict[str, str], number: int, size: int, referer: str) -> Target:
    fixed = {key: value for key, value in asked.items() if key not in _PAGING}
    paged = json.dumps({"pageNo": number, "pageSize": size}, separators=(",", ":"))
    other = f"{address}?{urlencode({**fixed, 'pageNo': number, 'rows': size})}"
    url = f"{address}?{urlencode({**fixed, 'paramJson': paged})}"
    return Target(url, referer=referer, fallback=Target(other, referer=referer))


def _current(asked: dict[str, str]) -> int:
    paged = json_value(asked.get("paramJson", ""))
    number = str(paged.get("pageNo") if isinstance(paged, dict) else asked.get("pageNo", "1"))
    return int(number) if number.isdigit() else 1


def _fragment(page: Page) -> str:
    answer = json_value(page.text) if page.text.lstrip().startswith("{") else None
    data = answer.get("data") if isinstance(answer, dict) else None
    return str(data.get("html") or "") if isinstance(data, dict) else ""


DIALECT = HanwebJpaas()
