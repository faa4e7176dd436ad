"""Panels that a click fills: the answer is ``["SUCCESS", "<li>..."]``, rows and pager in one markup."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from govcrawl.discovery.dialects.base import MAX_PAGES, Dialect
from govcrawl.discovery.page import Page, PageLink, fragment_links
from govcrawl.discovery.steps import Target

_SINGLE = re.compile(r"^\s*\[\s*'\w*'\s*,\s*'(.*)'\s*\]\s*$", re.DOTALL)
_PAGE = re.compile(r"((?:page_?(?:no|num|index)?|curpage|pn)=)(\d+)", re.IGNORECASE)
_GO = re.compile(r"\bgo_?(?:to)?_?page\w*\(\s*'?(\d+)", re.IGNORECASE)


class Panel(Dialect):
    """Answers of one-page columns whose entries are ``javascript:getMainData('ndbg')``."""

    name = "panel"
    rank = 90
    marks = re.compile(
        r"""\A\s*\[\s*(?:"(?:success|ok|true|1)"|'(?:success|ok|true|1)')\s*,""", re.IGNORECASE
    )

    def rows(self, page: Page, base: str) -> list[PageLink]:
        links = fragment_links(_markup(page.text), page.url)
        return [replace(link, block=-1 - link.block) for link in links]

    def following(self, page: Page, base: str) -> list[Target]:
        number = _PAGE.search(page.url)
        pages = [int(n) for n in _GO.findall(_markup(page.text))]
        if number is None or not pages:
            return []
        first, last = int(number[2]) + 1, min(max(pages), int(number[2]) + MAX_PAGES)
        return [Target(_PAGE.sub(rf"\g<1>{n}", page.url), "POST", "", base) for n in range(first, last + 1)]


def _markup(text: str) -> str:
    """The markup in an answer, in JSON or in the single quotes of a script."""
    if found := _SINGLE.match(text):
        return found[1].replace("\\'", "'").replace('\\"', '"').replace("\\/", "/").replace("\\n", "\n")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    pieces = [piece for piece in value if isinstance(piece, str)] if isinstance(value, list) else []
    return max(pieces, key=len, default="")


DIALECT = Panel()
