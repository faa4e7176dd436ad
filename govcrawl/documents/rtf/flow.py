"""Paragraphs and tables of RTF as its marks end them; a table in a cell stands behind its table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from govcrawl.documents.edged import EdgedRow, grid_of_edged
from govcrawl.documents.frames import is_frame, one_column
from govcrawl.documents.grid import cell_text
from govcrawl.documents.left_out import left_out
from govcrawl.documents.tabbed import paragraphs, with_typed_tables
from govcrawl.model import Block, Paragraph, Table
from govcrawl.text import line

MAX_NESTED = 20
MAX_CELLS = 200_000


@dataclass(slots=True)
class RowShape:
    """What ``trowd`` begins: where the row's cells end, which are merged and which filled with a colour."""

    left: int = 0
    ends: list[int] = field(default_factory=list)
    merged: set[int] = field(default_factory=set)
    continued: set[int] = field(default_factory=set)
    filled: set[int] = field(default_factory=set)

    def row(self, texts: list[str]) -> EdgedRow:
        """The row of these texts."""
        edges = [self.left, *self.ends] if self.ends else []
        return EdgedRow(texts, edges, frozenset(self.merged), frozenset(self.continued))


@dataclass(slots=True)
class _Open:
    """A table under construction: lines of its open cell, its open row, the rows before."""

    lines: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    rows: list[EdgedRow] = field(default_factory=list)


class Flow:
    """Blocks of a body, a note or a text box."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._open: list[_Open] = []
        self._inner: list[Block] = []
        self._count = 0

    def end_paragraph(self, text: str, depth: int, level: int) -> None:
        """A paragraph's end, in the cell of a table that lies ``depth`` deep, or in none."""
        if depth:
            self._at(depth).lines.append(text)
            return
        self._close(0)
        self._blocks += paragraphs(text, level)

    def cell_number(self, depth: int) -> int:
        """How many cells of the row have ended in the table that lies ``depth`` deep."""
        return len(self._open[depth - 1].cells) if depth <= len(self._open) else 0

    def end_cell(self, text: str, depth: int) -> None:
        """A cell's end; tables that lie deeper end with it."""
        table = self._at(depth)
        self._close(depth)
        if self._count < MAX_CELLS:
            table.cells.append(cell_text("\n".join([*table.lines, text])))
            self._count += 1
        else:
            left_out(f"table cells beyond {MAX_CELLS:,}")
        table.lines = []

    def end_row(self, shape: RowShape, depth: int) -> None:
        """A row's end; ``shape`` is what was said of the row, before its cells or behind them."""
        table = self._at(depth)
        if table.cells:
            table.rows.append(shape.row(table.cells))
        table.cells, table.lines = [], []

    def add(self, blocks: Iterator[Block]) -> None:
        """Blocks that stand here without being part of the text: images, text boxes."""
        if self._open:
            self._inner += blocks
        else:
            self._blocks += blocks

    def closed(self) -> list[Block]:
        """All blocks, with what was still open."""
        self._close(0)
        return with_typed_tables(self._blocks)

    def _at(self, depth: int) -> _Open:
        self._close(depth)
        if depth > MAX_NESTED:
            left_out(f"the borders of tables nested more than {MAX_NESTED} deep")
        while len(self._open) < min(depth, MAX_NESTED):
            self._open.append(_Open())
        return self._open[-1]

    def _close(self, depth: int) -> None:
        """End tables that lie deeper."""
        while len(self._open) > max(0, depth):
            table = self._open.pop()
            if table.cells or any(map(line, table.lines)):
                table.rows.append(EdgedRow([*table.cells, cell_text("\n".join(table.lines))], ()))
            if not self._open and self._inner and is_frame([row.texts for row in table.rows]):
                parts = [part for row in table.rows for text in row.texts for part in text.split("\n")]
                self._blocks += [Paragraph(line(part)) for part in parts if part.strip()]
            elif (grid := grid_of_edged(table.rows)) is not None:
                if self._open and (column := one_column(grid)):
                    self._open[-1].lines += column
                else:
                    (self._inner if self._open else self._blocks).append(Table(grid))
        if not self._open and self._inner:
            self._blocks += self._inner
            self._inner = []
