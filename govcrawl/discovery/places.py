"""Where the links of a page stand: their rows and lists. What many links share is worked out once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from lxml import html as lxml_html

from govcrawl.text import line

_BLOCK_TAGS = frozenset({"ul", "ol", "dl", "table", "nav", "select", "section", "div", "td", "map"})
_ROW_TAGS = frozenset({"li", "tr", "dd", "dt"})
_LINKS = ("a", "option")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_LONGEST_ROW = 600  # characters; longer ones are no rows


@dataclass(slots=True)
class Places:
    """The rows and lists of one page."""

    _rows: dict[lxml_html.HtmlElement, tuple[str, str | None]] = field(default_factory=dict)
    _links: dict[lxml_html.HtmlElement, int] = field(default_factory=dict)
    _under: dict[lxml_html.HtmlElement, str] = field(default_factory=dict)

    def holder(self, node: lxml_html.HtmlElement) -> lxml_html.HtmlElement | None:
        """The nearest list, table or panel that holds more than this one link."""
        own = node.tag in _LINKS
        current = node.getparent()
        while current is not None:
            if current.tag in _BLOCK_TAGS and self._held(current) > own:
                return current
            current = current.getparent()
        return None

    def row(self, node: lxml_html.HtmlElement) -> tuple[str, str | None]:
        """(text, ISO date) of the row of a list or table around a link."""
        current, steps = node, 0
        while current is not None and steps < 5:
            if current.tag in _ROW_TAGS:
                if current not in self._rows:
                    self._rows[current] = _read_row(current)
                return self._rows[current]
            current, steps = current.getparent(), steps + 1
        return "", None

    def under(self, holder: lxml_html.HtmlElement | None) -> str:
        """Label of the list item whose own link stands before this nested list."""
        if holder is None:
            return ""
        if holder not in self._under:
            self._under[holder] = _read_label(holder)
        return self._under[holder]

    def _held(self, holder: lxml_html.HtmlElement) -> int:
        """How many links a block holds: 2 for more."""
        if holder not in self._links:
            self._links[holder] = len(list(islice(holder.iter(*_LINKS), 2)))
        return self._links[holder]


def _read_row(row: lxml_html.HtmlElement) -> tuple[str, str | None]:
    text = line(row.text_content())
    return (text[:300], iso_date(text)) if len(text) < _LONGEST_ROW else ("", None)


def _read_label(holder: lxml_html.HtmlElement) -> str:
    item = holder.getparent()
    if item is None or item.tag not in {"li", "dd", "dl", "div"}:
        return ""
    for sibling in holder.itersiblings(preceding=True):
        if sibling.tag in {"a", "span", "h2", "h3", "h4", "p", "dt", "strong", "em", "i"}:
            text = line(sibling.text_content())
            return text if len(text) <= 40 else ""
    return line(item.text or "") if len(item.text or "") <= 40 else ""


def iso_date(text: str) -> str | None:
    """The last calendar date in a row of text, ISO; None when there is none that exists."""
    for year, month, day in reversed(_DATE.findall(text)):
        if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            return f"{year}-{int(month):02d}-{int(day):02d}"
    return None
