"""A table element to a Grid: spans expanded, hidden parts left out, nested tables left to themselves.

lxml's own tree is walked without recursion: published pages nest deeper than Python's stack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from govcrawl.documents.layout import BLOCKS, SILENT, SOURCE_BREAK, Row, is_hidden, is_layout_table, own_rows
from govcrawl.model import Cell, Grid
from govcrawl.text import line

MAX_COLUMNS = 1000
MAX_SLOTS = 200_000
_WIDE = 64

_SPAN = re.compile(r"\s*\+?(\d{1,6})")


def cell_text(raw: str) -> str:
    """Text of a cell for storage: lines kept, white space inside them collapsed, blank lines dropped."""
    if "\n" not in raw:
        return line(raw)
    return "\n".join(filter(None, map(line, raw.split("\n"))))


def flat_text(element: etree._Element) -> str:
    """Visible text of an element, ``<br>`` and block children as newlines, nested data tables left out."""
    if len(element) == 0:
        return line(element.text or "")
    pieces: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        tag = node.tag
        if event == "start":
            breaks = tag == "br" or (tag in BLOCKS and node is not element)
            if breaks:
                pieces.append("\n")
            if tag in SILENT or (node is not element and (is_hidden(node) or _stands_alone(node))):
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


def _stands_alone(node: etree._Element) -> bool:
    return node.tag == "table" and not is_layout_table(node)


def read_grid(table: etree._Element) -> Grid | None:
    """The grid of a table element, None when it has no cell or its spans claim a hostile size.

    A slot that no cell covers holds an empty Cell whose ``rowspan`` and ``colspan`` are 0: there a value is
    missing, not blank.
    """
    rows = own_rows(table)
    slots: list[dict[int, Cell]] = [{} for _ in rows]
    total = 0
    for index, (group, cells) in enumerate(rows):
        column = 0
        left = _rows_left(rows, index, group)
        for element in cells:
            while column in slots[index]:
                column += 1
            height, width = _spans(element, left, MAX_COLUMNS - column)
            if width < 1:
                break
            total += height * width
            if total > MAX_SLOTS:
                height, width = 1, 1
            cell = Cell(flat_text(element), index, column, height, width, element.tag == "th")
            for covered in range(index, index + height):
                for place in range(column, column + width):
                    slots[covered].setdefault(place, cell)
            column += width
    return _rectangle(slots)


def _rows_left(rows: list[Row], index: int, group: object) -> int:
    end = index + 1
    while end < len(rows) and rows[end][0] is group:
        end += 1
    return end - index


def _spans(element: etree._Element, rows_left: int, columns_left: int) -> tuple[int, int]:
    """Row and column span as a browser takes them: ``0`` rows means to the end, rubbish means one."""
    height = _number(element.get("rowspan"), 1) or rows_left
    width = _number(element.get("colspan"), 1) or 1
    return min(height, rows_left), min(width, columns_left)


def _number(raw: str | None, default: int) -> int:
    found = _SPAN.match(raw) if raw else None
    return int(found.group(1)) if found else default


def _rectangle(slots: list[dict[int, Cell]]) -> Grid | None:
    width = max((max(row) + 1 for row in slots if row), default=0)
    if width == 0:
        return None
    if width > _WIDE:
        width = _real_width(slots)
    return Grid(tuple(tuple(_filled(row, index, width)) for index, row in enumerate(slots)))


def _filled(row: dict[int, Cell], index: int, width: int) -> Iterator[Cell]:
    for column in range(width):
        yield row.get(column) or Cell("", index, column, 0, 0)


def _real_width(slots: list[dict[int, Cell]]) -> int:
    """Columns up to the last one in which a cell starts: ``colspan="1000"`` names no column."""
    return max(cell.column for row in slots for cell in row.values()) + 1
