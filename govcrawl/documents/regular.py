"""Tables of regular markup, as nearly all are: rows and texts of their cells in one pass over their elements.

Whatever else occurs, a table or a cell of it, is left to the readers that take any markup.
"""

from __future__ import annotations

from collections.abc import Sequence
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
_FRAME = frozenset((*_HOLDERS, *_CELLS, "table"))
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
        pieces, tail = self.pieces, node.tail
        if pieces is None:
            return
        if tag in _APART or (tag in BLOCKS and not (self._is_filled_by(node) and _is_blank(tail))):
            self.pieces = None
            return
        if text := node.text:
            pieces.append(text)
        if tail:
            self.nested = self.nested or len(node) > 0
            pieces.append(tail)

    def raw(self) -> str | None:
        """The cell's text as it stands in the source, None where flat_text must read it."""
        if self.pieces is None:
            return None
        return raw_text(self.element) if self.nested else "".join(self.pieces)

    def _is_filled_by(self, block: etree._Element) -> bool:
        """Whether nothing else stands in the cell, as far as it has been read, nor beside the block."""
        return len(self.element) == 1 and block.getparent() is self.element and _is_blank(self.element.text)


TextRow = tuple[object, list[TextCell]]


def regular_rows(
    table: etree._Element, inside: Sequence[etree._Element] | None = None, *, hides: bool = True
) -> list[TextRow] | None:
    """Rows as (row group, cells) of a table that shows nothing but groups of rows of cells, none hidden.

    None for any other: one that holds another table, or a text outside of its cells. ``inside`` are its
    descendants where they are known already; ``hides`` is False where the page is known to hide nothing.
    """
    if not _is_blank(table.text):
        return None
    rows = _framed_rows(table, list(table.iterdescendants()) if inside is None else inside)
    if rows is None or len(rows) > MAX_ROWS or sum(len(own) for _, own in rows) >= MAX_CELLS:
        return None
    if hides and may_hide(etree.tostring(table, encoding="utf-8", with_tail=False).lower()):
        return None
    return [row for row in rows if row[1]]


def _framed_rows(table: etree._Element, inside: Sequence[etree._Element]) -> list[TextRow] | None:
    rows: list[TextRow] = []
    cells: list[TextCell] = []
    frame = {table}
    placed = 0
    for node in inside:
        tag = node.tag
        if tag in _FRAME or not isinstance(tag, str):
            parent = node.getparent()
            if parent in frame:
                if not _is_frame(node, tag, parent):
                    return None
                placed += 1
                if tag in _CELLS:
                    cells.append(TextCell(node, [node.text or ""]))
                    continue
                frame.add(node)
                if tag == "tr":
                    cells = []
                    rows.append((parent, cells))
                continue
            if tag == "table":
                return None
        if not cells:
            return None
        cells[-1].take(node, tag)
    # Else something stands between the cells.
    return rows if placed == sum(map(len, frame)) else None


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
    return not text or text.isspace()
