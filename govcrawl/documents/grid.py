"""A table element to a Grid: spans expanded, hidden parts left out, nested tables left to themselves.

lxml's own tree is walked without recursion: published pages nest deeper than Python's stack.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from govcrawl.documents.fields import FIELDS, field_text
from govcrawl.documents.layout import (
    BLOCKS,
    SILENT,
    SOURCE_BREAK,
    is_hidden,
    is_layout,
    is_layout_table,
    own_rows,
    raw_text,
)
from govcrawl.documents.left_out import left_out
from govcrawl.documents.regular import TextCell, TextRow
from govcrawl.model import Cell, Grid
from govcrawl.text import line

MAX_COLUMNS = 1000
MAX_SLOTS = 200_000
_WIDE = 64

_APART = SILENT | FIELDS | {"br"}
_SPAN = re.compile(r"\s*\+?(\d{1,6})")


class Spanned(NamedTuple):
    """A cell before it has its place: its text and its spans as stated, where 0 is the whole row group."""

    text: str
    height: int = 1
    width: int = 1
    header: bool = False


SpannedRow = tuple[object, Sequence[Spanned]]


def cell_text(raw: str) -> str:
    """Text of a cell for storage: lines kept, white space inside them collapsed, blank lines dropped."""
    if "\n" not in raw:
        return line(raw)
    return "\n".join(filter(None, map(line, raw.split("\n"))))


def flat_text(element: etree._Element) -> str:
    """Visible text of an element, ``<br>`` and block children as newlines, nested data tables left out."""
    if (simple := _only_text(element)) is not None or (simple := _one_paragraph(element)) is not None:
        return line(simple)
    pieces: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        tag = node.tag
        if event == "start":
            breaks = tag == "br" or (tag in BLOCKS and node is not element)
            if breaks:
                pieces.append("\n")
            if tag in FIELDS and node is not element:
                pieces.append("" if is_hidden(node) else field_text(node))
                walk.skip_subtree()
            elif tag in SILENT or (node is not element and (is_hidden(node) or _stands_alone(node))):
                walk.skip_subtree()
            elif node.text:
                pieces.append(SOURCE_BREAK.sub(" ", node.text))
            continue
        if node is element:
            break
        if event == "end" and tag in BLOCKS:
            pieces.append("\n")
        if node.tail:
            pieces.append(SOURCE_BREAK.sub(" ", node.tail))
    return cell_text("".join(pieces))


def _only_text(element: etree._Element) -> str | None:
    """Raw text of an element whose only text stands in a chain of only children; None for any other."""
    node = element
    while (children := len(node)) == 1:
        if (node.text and not node.text.isspace()) or (node is not element and _outside(node)):
            return None
        node = node[0]
        if (node.tail and not node.tail.isspace()) or node.tag == "table":
            return None
    if children or (node is not element and _outside(node)):
        return None
    return node.text or ""


def _outside(node: etree._Element) -> bool:
    """Whether a node is no part of the text around it: a comment, a script, something hidden."""
    tag = node.tag
    return not isinstance(tag, str) or tag in SILENT or tag in FIELDS or is_hidden(node)


def _one_paragraph(element: etree._Element) -> str | None:
    """Raw text of an element that holds nothing but text, formatting and at most one block; else None."""
    if len(element) == 0:
        return element.text or ""
    blocks = 0
    pieces = [element.text or ""]
    nested = False
    for node in element.iterdescendants():
        tag = node.tag
        if tag in BLOCKS:
            blocks += 1
            if blocks > 1 or tag == "table" or not _fills(node, element):
                return None
        if tag in _APART or not isinstance(tag, str) or is_hidden(node):
            return None
        if text := node.text:
            pieces.append(text)
        if tail := node.tail:
            # It stands behind what the node holds, which comes later here.
            nested = nested or len(node) > 0
            pieces.append(tail)
    return raw_text(element) if nested else "".join(pieces)


def _fills(block: etree._Element, element: etree._Element) -> bool:
    """Whether an element holds nothing beside this child."""
    if block.getparent() is not element or block.getprevious() is not None or block.getnext() is not None:
        return False
    return not (element.text and element.text.strip()) and not (block.tail and block.tail.strip())


def _stands_alone(node: etree._Element) -> bool:
    return node.tag == "table" and not is_layout_table(node)


def rows_of(table: etree._Element) -> list[SpannedRow]:
    """Rows of any table, every cell of them read by flat_text."""
    return spanned_rows(
        [(group, [TextCell(cell, None) for cell in cells]) for group, cells in own_rows(table)]
    )


def caption_of(table: etree._Element) -> str:
    """A table's caption on one line, empty where it has none."""
    caption = table.find("caption")
    return "" if caption is None else line(flat_text(caption))


def spanned_rows(rows: Sequence[TextRow]) -> list[SpannedRow]:
    """The same rows with the texts and spans of their cells read."""
    return [(group, [_spanned(cell) for cell in cells]) for group, cells in rows]


def _spanned(cell: TextCell) -> Spanned:
    element, raw = cell.element, cell.raw()
    text = flat_text(element) if raw is None else line(raw)
    height, width = element.get("rowspan"), element.get("colspan")
    return Spanned(text, span_number(height), span_number(width), element.tag == "th")


def data_grid(rows: Sequence[SpannedRow], *, nests: bool = False) -> Grid | None:
    """The grid of a table that holds data, None where it is empty or only lays the page out."""
    grid = read_grid(rows)
    if grid is None:
        return None
    # Each cell where it starts: comparing cells by value would cost more than reading them.
    texts = [
        [cell.text for column, cell in enumerate(row) if cell.column == column and cell.colspan]
        for row in grid.rows
    ]
    return None if not any(map(any, texts)) or is_layout(texts, nests=nests) else grid


def read_grid(rows: Sequence[SpannedRow]) -> Grid | None:
    """The grid of a table's rows, each with its row group, None when they have no cell.

    A slot that no cell covers holds an empty Cell whose ``rowspan`` and ``colspan`` are 0: there a value is
    missing, not blank. Spans that claim a hostile size are taken as 1.
    """
    ends = _group_ends(rows)
    slots: list[dict[int, Cell]] = [{} for _ in rows]
    total = 0
    for index, (_, cells) in enumerate(rows):
        column = 0
        row = slots[index]
        for text, tall, wide, header in cells:
            while column in row:
                column += 1
            if tall == wide == 1 and column < MAX_COLUMNS and total < MAX_SLOTS:
                row[column] = Cell(text, index, column, 1, 1, header)
                column += 1
                total += 1
                continue
            left = ends[index] - index
            height, width = min(tall or left, left), min(wide or 1, MAX_COLUMNS - column)
            if width < 1:
                left_out(f"cells of a row beyond column {MAX_COLUMNS:,}")
                break
            total += height * width
            if total > MAX_SLOTS:
                left_out(f"spans of cells beyond {MAX_SLOTS:,} slots of a table")
                height, width = 1, 1
            cell = Cell(text, index, column, height, width, header)
            for covered in range(index, index + height):
                for place in range(column, column + width):
                    slots[covered].setdefault(place, cell)
            column += width
    return _rectangle(slots)


def _group_ends(rows: Sequence[SpannedRow]) -> list[int]:
    """For each row the index after the last one of its row group: no span reaches further."""
    ends: list[int] = [len(rows)] * len(rows)
    for index in range(len(rows) - 2, -1, -1):
        ends[index] = ends[index + 1] if rows[index][0] is rows[index + 1][0] else index + 1
    return ends


def span_number(raw: str | None) -> int:
    """A span as a browser takes it: rubbish means one; ``0`` rows is to the end, ``0`` columns one."""
    found = _SPAN.match(raw) if raw else None
    return int(found.group(1)) if found else 1


def _rectangle(slots: list[dict[int, Cell]]) -> Grid | None:
    width = max((max(row) + 1 for row in slots if row), default=0)
    if width == 0:
        return None
    if width > _WIDE:
        width = _real_width(slots)
    if width * len(slots) > MAX_SLOTS:
        return Grid(tuple(tuple(row[column] for column in sorted(row)) for row in slots), aligned=False)
    return Grid(tuple(_filled(row, index, width) for index, row in enumerate(slots)))


def _filled(row: dict[int, Cell], index: int, width: int) -> tuple[Cell, ...]:
    if len(row) == width == max(row) + 1:
        return tuple(map(row.__getitem__, range(width)))
    return tuple([row.get(column) or Cell("", index, column, 0, 0) for column in range(width)])


def _real_width(slots: list[dict[int, Cell]]) -> int:
    """Columns up to the last one in which a cell starts: ``colspan="1000"`` names no column."""
    return max(cell.column for row in slots for cell in row.values()) + 1
