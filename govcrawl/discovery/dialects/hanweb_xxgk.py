"""Hanweb's disclosure module: rows from search.jsp, bodies in a tree, reports by body and year.

A page's script calls ``loadDynamic('/module/xxgk/search.jsp?infotypeId=..&area=..', 'div4', category, '', '',
site)``; the answer is a table. Annual reports have addresses of their own, ``xxgkAnnualReport.jsp?area=A&
fbtime=Y``: where a page lists areas and years but no links, one stands for each pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode

from govcrawl.discovery.dialects.base import MAX_PAGES, Dialect, data_link
from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.steps import Target
from govcrawl.discovery.urls import absolute

_CALL = re.compile(r"loadDynamic\(\s*['\"][^'\"]*/module/xxgk/search\.jsp.{0,600}?\)\s*[;}<]", re.DOTALL)
_QUOTED = re.compile(r"""['"]([^'"]*)['"]""")
_TREE = re.compile(r"""src\s*=\s*['"]([^'"]*/module/xxgk/tree\.jsp\?[^'"]*)""", re.IGNORECASE)
_ANNUAL = "/module/xxgk/xxgkAnnualReport.jsp"
_JPAGE = re.compile(r"<datastore>|/jpage/|jpageform_")
_NODE = re.compile(r"""\.add\(\s*[^,]+,[^,]+,\s*(['"])(?P<name>[^'"]+)\1\s*,\s*(?P<action>.{0,200}?)\)\s*;""")
_AREA = re.compile(r"\b(?=\w{0,14}\d{6})[0-9A-Z]{9,18}\b")
_PAGES = re.compile(r"共(?:&nbsp;|\s|<[^>]*>)*(\d+)(?:&nbsp;|\s|<[^>]*>)*页")
_FIELDS = ("infotypeId", "jdid", "area", "divid")
_BLANK = ("vc_title", "vc_number", "vc_filenumber", "vc_all", "texttype", "fbtime", "sortfield")


class HanwebXxgk(Dialect):
    """The 信息公开 module of JCMS (山东 浙江 吉林 and others)."""

    name = "hanweb_xxgk"
    rank = 9
    marks = re.compile(
        r"loadDynamic\(\s*['\"][^'\"]*/module/xxgk/|/module/xxgk/(?:tree|search|xxgkAnnualReport)\.jsp"
    )
    article = re.compile(r"/module/xxgk/xxgkAnnualReport\.jsp\?(?=.*\barea=[0-9A-Za-z]+)(?=.*\bfbtime=\d{4})")
    listing = re.compile(r"/module/xxgk/(?:search|tree)\.jsp")

    def recognises(self, page: Page) -> bool:
        own = "/module/xxgk/" in page.url
        return own or (bool(self.marks.search(page.text)) and not _JPAGE.search(page.text))

    def rows(self, page: Page, base: str) -> list[PageLink]:
        if any(self.article.search(link.url) for link in page.links):
            return []
        areas, years = list(_areas(page)), _years(page)
        if _ANNUAL not in page.text or not years:
            return list(_lists_of(areas, page))
        links = (
            data_link(
                base,
                f"{_ANNUAL}?area={area}&fbtime={year}",
                f"{name}{year}年政府信息公开工作年度报告",
                place,
            )
            for place, (area, name) in enumerate(areas)
            for year in years
        )
        return [link for link in links if link]

    def following(self, page: Page, base: str) -> list[Target]:
        asked = _asked(page)
        if asked is None:
            tree = _TREE.search(page.text)
            url = absolute(base, tree[1].replace("&amp;", "&")) if tree and not list(_areas(page)) else None
            return [Target(url, referer=page.url)] if url else []
        answered = "/module/xxgk/search.jsp" in page.url
        pages = _PAGES.search(page.text) if answered else None
        first = int(asked.get("currpage") or 1) + 1 if answered else 1
        last = min(int(pages[1]) if pages else 1, MAX_PAGES)
        return [_post(page, {**asked, "currpage": str(number)}) for number in range(first, last + 1)]


def _asked(page: Page) -> dict[str, str] | None:
    """Parameters of the list: of the request that this page answers, or of the call in its script."""
    said = dict(parse_qsl(page.url.partition("?")[2], keep_blank_values=True))
    if "/module/xxgk/search.jsp" in page.url:
        return {key: value for key, value in said.items() if value or key in _FIELDS}
    call = _CALL.search(page.text)
    if call is None:
        return None
    words = _QUOTED.findall(call[0])
    mark = next((place for place, word in enumerate(words) if word.startswith("div")), len(words))
    query = dict(parse_qsl("".join(words[:mark]).partition("?")[2], keep_blank_values=True))
    rest = [*words[mark:], "", "", "", "", ""]
    return {
        "infotypeId": said.get("number") or query.get("infotypeId") or rest[1],
        "jdid": rest[4] or "1",
        "area": query.get("area") or said.get("vc_xxgkarea") or said.get("area") or "",
        "divid": rest[0] or "div4",
    }


def _post(page: Page, asked: dict[str, str]) -> Target:
    form = {**dict.fromkeys(_BLANK, ""), **asked}
    url = f"{absolute(page.url, '/module/xxgk/search.jsp')}?{urlencode(asked)}"
    return Target(url, "POST", urlencode(form), page.url, Target(url, referer=page.url))


def _areas(page: Page) -> Iterator[tuple[str, str]]:
    """(code, name) of the organisations that a tree or a choice of the page names."""
    for node in page.root.xpath("//select[contains(@name,'area') or contains(@id,'area')]/option[@value]"):
        if code := _AREA.fullmatch(str(node.get("value")).strip()):
            yield code[0], node.text_content().strip()
    for found in _NODE.finditer(page.text):
        if code := _AREA.search(found["action"]):
            yield code[0], found["name"]


def _years(page: Page) -> list[int]:
    options = page.root.xpath(
        "//select[contains(@name,'time') or contains(@name,'year') or contains(@id,'year')]/option"
    )
    found = {int(word) for node in options for word in re.findall(r"20\d\d", str(node.get("value")))}
    return sorted(found, reverse=True)


def _lists_of(areas: list[tuple[str, str]], page: Page) -> Iterator[PageLink]:
    """Links to the rows of each organisation; none where the page's own call asks for all at once."""
    asked = _asked(page) or dict(parse_qsl(page.url.partition("?")[2]))
    if "loadDynamic" in page.text and not asked.get("area"):
        return
    fixed = {key: asked[key] for key in _FIELDS if asked.get(key)}
    for place, (area, name) in enumerate(areas):
        query = urlencode({**fixed, "area": area, "currpage": "1"})
        if link := data_link(page.url, f"/module/xxgk/search.jsp?{query}", name, place):
            yield link


DIALECT = HanwebXxgk()
