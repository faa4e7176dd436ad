"""Pagers that a script's widget draws: how many pages, and the address of each, stand in its options.

``laypage.render({count: 86, limit: 15, jump: function (o) { location.href = '/nb?page=' + o.curr }})``,
``$('#pager').pagination({items: 86, itemsOnPage: 15, hrefTextPrefix: 'list_', hrefTextSuffix: '.html'})``.
"""

from __future__ import annotations

import re

from govcrawl.discovery.bounds import MAX_PAGES

_WIDGET = re.compile(
    r"(?:\blaypage(?:\.render)?|\w*(?:pagination|paginator|pager|paging|page))\s*\(\s*\{", re.I
)
_PAGES = re.compile(r"\b(?:pages|page_?count|total_?pages?)['\"]?\s*:\s*['\"]?(\d{1,4})\b", re.I)
_ROWS = re.compile(
    r"\b(?:count|items|total(?:_?(?:count|data|rows?|num|records?|items))?|record_?count)['\"]?\s*:\s*['\"]?(\d{1,5})\b",
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"\b(?:limit|items_?on_?page|(?:page|show)_?(?:size|data)|per_?page|page_?limit|size)['\"]?\s*:\s*['\"]?(\d{1,3})\b",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"\bhrefTextPrefix['\"]?\s*:\s*(['\"])(.+?)\1")
_SUFFIX = re.compile(r"\bhrefTextSuffix['\"]?\s*:\s*(['\"])(.*?)\1")
_OPENS = re.compile(
    r"(?:location(?:\.href)?\s*=(?!=)|location\.(?:assign|replace)\(|\bopen\()\s*(?:(?:window\.)?location\.pathname\s*\+\s*)?"
    r"(['\"])(?P<before>[^'\"]+)\1\s*\+\s*[A-Za-z_$][\w$.]*\s*(?:\+\s*(['\"])(?P<after>[^'\"]*)\3)?"
)
_LONGEST = 1_500  # characters of a widget's options


def widget_pages(functions: str) -> list[str]:
    """The addresses of a list's further pages, as its widget writes them; empty where none says so."""
    for found in _WIDGET.finditer(functions):
        options = _options(functions, found.end())
        number, address = _number(options), _address(options)
        if number > 1 and address is not None:
            return [f"{address[0]}{page}{address[1]}" for page in range(2, min(number, MAX_PAGES) + 1)]
    return []


def _options(text: str, start: int) -> str:
    """What stands between a brace and the one that closes it."""
    depth = 1
    for place in range(start, min(len(text), start + _LONGEST)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if not depth:
            return text[start:place]
    return ""


def _number(options: str) -> int:
    """How many pages the options name, 0 where they name none."""
    if pages := _PAGES.search(options):
        return int(pages[1])
    rows, size = _ROWS.search(options), _SIZE.search(options)
    return -(-int(rows[1]) // int(size[1])) if rows and size and int(size[1]) else 0


def _address(options: str) -> tuple[str, str] | None:
    """What stands before and behind a page's number in its address."""
    if prefix := _PREFIX.search(options):
        suffix = _SUFFIX.search(options)
        return None if prefix[2].startswith("#") else (prefix[2], suffix[2] if suffix else "")
    opened = _OPENS.search(options)
    return (opened["before"], opened["after"] or "") if opened else None
