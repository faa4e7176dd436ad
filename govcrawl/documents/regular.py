"""Tables of regular markup, as nearly all are: rows and texts of their cells in one pass over their elements.

Whatever else occurs, a table or a cell of it, is left to the readers that take any markup.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from govcrawl.documents.fields import FIELDS
from govcrawl.documents.layout import BLOCKS, MAX_CELLS, MAX_ROWS, SILENT, may_hide, raw_text

_GROUPS = ("tbody", "thead", "tfoot")
_HOLDERS = {
    "tr": ("table", *_GROUPS),
    **dict.fromkeys((*_GROUPS, "colgroup"), ("table",)),
    "col": ("table", "colgroup"),
}
_CELLS = ("td", "th")
_APART = SILENT | FIELDS | {"br", etree.Comment, etree.ProcessingInstruction}


@dataclass(slots=True)
class TextCell:
    """A cell of one line: ``pieces`` are its text in parts, None where only flat_text can read it.

    ``nested`` says that the parts are not in reading order: text follows an element that holds others.
    """

    element: etree._Element
    pieces: list[str] | None
    nested: bool = False

    def take(self, node: etree._Element, tag: str) -> None:
        """Add the text of a descendant, or give up: it breaks the line, or is no part of it."""
        tail = node.tail
        if self.pieces is None or tag in _APART or (tag in BLOCKS and not self._is_filled_by(node, tail)):
            self.pieces = None
            return
        if text := node.text:
            self.pieces.append(text)
        if tail:
            self.nested = self.nested or len(node) > 0
            self.pieces.append(tail)

    def raw(self) -> str | None:
        """The cell's text as it stands in the source, None where flat_text must read it."""
        if self.pieces is None:
            return None
        return raw_text(self.element) if self.nested else "".join(self.pieces)

    def _is_filled_by(self, block: etree._Element, tail: str | None) -> bool:
        whole = block.getparent() is self.element and len(self.element) == 1
        return whole and _is_blank(self.element.text) and _is_blank(tail)


TextRow = tuple[object, list[TextCell]]


def regular_rows(table: etree._Element) -> list[TextRow] | None:
    """Rows as (row group, cells) of a table that shows nothing but groups of rows of cells, none hidden.

    None for any other: one that holds another table, or a text outside of its cells.
    """
    if not _is_blank(table.text):
        return None
    rows: list[TextRow] = []
    cells: list[TextCell] = []
    frame = {table}
    for node in table.iterdescendants():
        tag = node.tag
        parent = node.getparent()
        if parent not in frame:
            if tag == "table":
                return None
            cells[-1].take(node, tag)
        elif not _is_frame(node, tag, parent):
            return None
        elif tag in _CELLS:
            cells.append(TextCell(node, [node.text or ""]))
        else:
            frame.add(node)
            if tag == "tr":
                cells = []
                rows.append((parent, cells))
    if len(rows) > MAX_ROWS or sum(len(own) for _, own in rows) >= MAX_CELLS or may_hide(table):
        return None
    return [row for row in rows if row[1]]


def _is_frame(node: etree._Element, tag: str, parent: etree._Element) -> bool:
    """Whether what stands around the cells is where it should, and shows nothing by itself."""
    if not _is_blank(node.tail):
        return False
    if tag in _CELLS:
        return bool(parent.tag == "tr")
    if not isinstance(tag, str):
        return True
    return parent.tag in _HOLDERS.get(tag, ()) and _is_blank(node.text)


def _is_blank(text: str | None) -> bool:
    return text is None or text.isspace() or not text
