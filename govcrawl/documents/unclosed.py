"""Tables that a page never closes: what follows them is taken out of their last cell again."""

from __future__ import annotations

from lxml import etree

from govcrawl.documents.headings import heading_key
from govcrawl.documents.layout import own_rows, raw_text
from govcrawl.text import line

_FEWEST_ROWS = 3
_LONGEST_VALUE = 40
_LONGEST_HEADING = 80


def may_be_open(lower: bytes) -> bool:
    """Whether a page, of which this is the lower-case source, begins more tables than it ends."""
    return lower.count(b"<table") > lower.count(b"</table")


def close_tables(root: etree._Element) -> None:
    """Set what begins with a statutory heading in a table's last cell behind the table."""
    for table in list(root.iter("table")):
        rows = own_rows(table)
        if len(rows) < _FEWEST_ROWS or len(rows[-1][1]) < 2:
            continue
        last = rows[-1][1][-1]
        tail = _from_heading(last)
        for node in reversed(tail):
            table.addnext(node)


def _from_heading(cell: etree._Element) -> list[etree._Element]:
    """A cell's children from the first one that is a statutory heading, behind a value."""
    before = cell.text or ""
    children = list(cell)
    for n, child in enumerate(children):
        text = line(raw_text(child)) if isinstance(child.tag, str) else ""
        if len(text) <= _LONGEST_HEADING and heading_key(text):
            return children[n:] if line(before) and len(line(before)) <= _LONGEST_VALUE else []
        before += text + (child.tail or "")
    return []
