"""What the words of a pager say: how many pages and rows a list has, whether or not a link leads to them."""

from __future__ import annotations

import re

from govcrawl.discovery.bounds import MAX_PAGES

_PAGES = re.compile(
    r"共[计有]?\s*(\d{1,4})\s*页|第?\s*\d{1,4}\s*/\s*(\d{1,4})\s*页|(?:总页数|页数|页次)[:：]?\s*(?:\d{1,4}\s*/\s*)?(\d{1,4})"
)
_PAGER = re.compile(r"下一?页|尾页|末页|加载更多")
_ROWS = re.compile(
    r"共[计有找到]{0,2}\s*(\d{1,5})\s*(?:条|篇|个?记录|项)|(?:总条数|总记录数?)[:：]?\s*(\d{1,5})"
)


def pages_told(text: str) -> int:
    """How many pages a pager's words name: 1 where there is no pager, 0 where it gives no number."""
    if found := _PAGES.search(text):
        return min(int(next(number for number in found.groups() if number)), MAX_PAGES)
    return 0 if _PAGER.search(text) else 1


def rows_told(text: str) -> int:
    """How many rows the words around a list name, 0 where they name none."""
    found = _ROWS.search(text)
    return int(found[1] or found[2]) if found else 0
