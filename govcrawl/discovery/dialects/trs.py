"""TRS WCM: static directories, pages written by createPageHTML in several signatures.

Page numbers start at 0: index.html, index_1.html ... The call's leading numbers are (pages, current) or
(records, pages, current); some sites only set countPage.
"""

from __future__ import annotations

import re

from govcrawl.discovery.dialects.base import MAX_PAGES, Dialect
from govcrawl.discovery.page import Page
from govcrawl.discovery.steps import Target
from govcrawl.discovery.urls import absolute

_CALL = re.compile(
    r"""create[Pp]age(?:HTML|Html)?\w*\(\s*(\d+)\s*,\s*(\d+)\s*(?:,\s*(\d+)\s*)?,\s*["']([\w-]+)["']\s*,\s*["'](\w+)["']"""
)
_COUNT = re.compile(r"var\s+(?:countPage|pageCount|m_nPageCount)\s*=\s*(\d+)")
_CURRENT = re.compile(r"var\s+(?:currentPage|currPage|curPage)\s*=\s*(\d+)")
_OWN_NAME = re.compile(r"/([\w-]+?)(?:_\d+)?\.(s?html?)$")


class Trs(Dialect):
    """TRS WCM and the systems that page like it."""

    name = "trs"
    rank = 20
    marks = re.compile(
        r"createPageHTML\(\s*\d|createPage\(\s*\d|TRS_Editor|trs_editor_view|TRS_UEDITOR|trs_paper_default|var\s+countPage\s*="
    )
    article = re.compile(r"/(?P<ym>\d{6})/t(?P<ymd>\d{8})_(?P<id>\d+)(?:_wap)?\.s?html?$")

    def following(self, page: Page, base: str) -> list[Target]:
        pages, current, name, ending = _paging(page, base)
        numbers = range(current + 1, min(pages, MAX_PAGES))
        urls = (absolute(base, f"./{name}_{number}.{ending}") for number in numbers)
        return [Target(url, referer=page.url) for url in urls if url]


def _paging(page: Page, base: str) -> tuple[int, int, str, str]:
    """(pages, current page, file name, ending) of a listing; one page when nothing is said."""
    if call := _CALL.search(page.text):
        first, second, third, name, ending = call.groups()
        if third is not None:
            return int(second), int(third), name, ending
        return int(first), int(second), name, ending
    own = _OWN_NAME.search(base)
    name, ending = (own[1], own[2]) if own else ("index", "html")
    count, current = _COUNT.search(page.text), _CURRENT.search(page.text)
    return int(count[1]) if count else 1, int(current[1]) if current else 0, name, ending


DIALECT = Trs()
