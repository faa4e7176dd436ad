"""Panels that a click fills: rows and pager as markup, alone or in JSON such as ``["SUCCESS", "<li>"]``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from govcrawl.discovery.dialects.base import MAX_PAGES, Dialect
from govcrawl.discovery.page import Page, PageLink, fragment_links
from govcrawl.discovery.steps import Target

_SINGLE = re.compile(r"^\s*\[\s*'\w*'\s*,\s*'(.*)'\s*\]\s*$", re.DOTALL)
_CALLED = re.compile(r"\s*(?:/\*.*?\*/)?\s*[\w.$]+\((.*)\)\s*;?\s*$", re.DOTALL)  # a callback's argument
_PAGE = re.compile(r"((?:^|[?&])(?:page_?(?:no|num|index)?|curpage|pn|p)=)(\d+)", re.IGNORECASE)
_GO = re.compile(r"\bgo_?(?:to)?_?page\w*\(\s*'?(\d+)", re.IGNORECASE)
_DEEPEST = 4


class Panel(Dialect):
    """Answers of one-page columns whose entries are ``javascript:getMainData('ndbg')``."""

    name = "panel"
    rank = 90
    marks = re.compile(r"\A\s*[\[{](?=[^<]{0,400}<|.{0,400}\\u003c)", re.DOTALL | re.IGNORECASE)

    def recognises(self, page: Page) -> bool:
        if self.marks.search(page.text):
            return "href" in markup_in(page.text)
        return bool(page.form is not None and _GO.search(page.text))

    def rows(self, page: Page, base: str) -> list[PageLink]:
        return [
            replace(link, block=-1 - link.block) for link in fragment_links(markup_in(page.text), page.url)
        ]

    def following(self, page: Page, base: str) -> list[Target]:
        numbers = [int(number) for number in _GO.findall(markup_in(page.text) or page.text)]
        form = page.form or ""
        here = _PAGE.search(form) or _PAGE.search(page.url.partition("#")[0])
        if here is None or not numbers:
            return []
        method = "GET" if page.form is None else "POST"
        first, last = int(here[2]) + 1, min(max(numbers), int(here[2]) + MAX_PAGES)
        return [
            Target(_numbered(page.url, n), method, _numbered(form, n), base) for n in range(first, last + 1)
        ]


def _numbered(text: str, number: int) -> str:
    return _PAGE.sub(rf"\g<1>{number}", text)


def markup_in(text: str) -> str:
    """The markup in an answer, in JSON or in the single quotes of a script; empty where there is none."""
    if found := _SINGLE.match(text):
        return found[1].replace("\\'", "'").replace('\\"', '"').replace("\\/", "/").replace("\\n", "\n")
    called = _CALLED.match(text)
    try:
        value = json.loads(called[1] if called else text)
    except (ValueError, RecursionError):
        return ""
    return max(_strings(value), key=len, default="")


def _strings(value: object, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str) and "<" in value:
        yield value
    elif depth < _DEEPEST and isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part, depth + 1)


DIALECT = Panel()
