"""A file that ends too early: a page that breaks off, a number of which only the first digits are there.

The place of such a number is marked with an ellipsis, which no reader of numbers takes for a part of one.
"""

from __future__ import annotations

import re

_TAIL = 4000
_OPEN_CELL = re.compile(
    r"<t[dh]\b[^<>]*>(?:(?!</?t[dhr]\b|</?table\b).)*\d[,.]?\Z", re.IGNORECASE | re.DOTALL
)
_OPEN_ROW = re.compile(r"(?:^|\n)(?:[^\n]*\t|[ ]*\|[^\n]*)[+\-]?\d[\d,.]*\Z")
MARK = "…"
_HEAD = 3000
_WHOLE_PAGE = re.compile(rb"<!doctype|<html", re.IGNORECASE)
_END = re.compile(rb"</(?:html|body)\b", re.IGNORECASE)
_LAST = b"</html>"  # what nearly all pages end with
_ROW = re.compile(rb"<(/?)(a|li|td|th|tr|ul|ol|table|script)\b", re.IGNORECASE)
_CLOSED = re.compile(rb"</[a-z][\w:-]*\s*>\Z|/>\Z|-->\Z", re.IGNORECASE)


def breaks_off(page: bytes) -> bool:
    """Whether what begins as a whole page ends in the midst of its text or its markup."""
    tail = page[-_TAIL:].rstrip(b" \t\r\n\x00")
    if tail[-len(_LAST) :].lower() == _LAST or not _WHOLE_PAGE.search(page[:_HEAD]):
        return False
    return not _END.search(tail) and not _CLOSED.search(tail)


def has_end(page: bytes) -> bool | None:
    """Whether a whole page has its end mark; None for what is no whole page."""
    if not _WHOLE_PAGE.search(page[:_HEAD]):
        return None
    tail = page[-_TAIL:]
    return tail.rstrip()[-len(_LAST) :].lower() == _LAST or _END.search(tail) is not None


def breaks_in_row(page: bytes) -> bool:
    """Whether a page that breaks off does so in the midst of a tag, a script or a list's row."""
    tail = page[-_TAIL:]
    if tail.rfind(b"<") > tail.rfind(b">"):
        return True
    last = {found[2].lower(): found[1] for found in _ROW.finditer(tail)}
    return any(not closing for closing in last.values())


def page_with_mark(text: str) -> str:
    """Source of a page, marked where it ends in a digit inside a cell that nothing closes."""
    ends_in_number = text[-1:].isdigit() or text[-2:-1].isdigit()
    return text + MARK if ends_in_number and _OPEN_CELL.search(text[-_TAIL:]) else text


def dump_with_mark(text: str) -> str:
    """A text dump, marked where it ends in a digit of a table's row and without the line's end."""
    return text + MARK if _OPEN_ROW.search(text[-_TAIL:]) else text
