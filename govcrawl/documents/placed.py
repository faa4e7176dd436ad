"""Cells that know their place to a Grid: for containers that state where a cell stands (Word, Excel, PDF)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from govcrawl.documents.left_out import left_out
from govcrawl.model import Cell, Grid

MAX_COLUMNS = 1_000
MAX_SLOTS = 200_000


@dataclass(slots=True)
class Slot:
    """A cell that may still grow while its table is put together."""

    text: str
    row: int
    column: int
    width: int
    height: int = 1


def grid_of_slots(slots: Iterable[Slot]) -> Grid | None:
    """The grid of a table put together of slots; see grid_of_cells."""
    return grid_of_cells(Cell(s.text, s.row, s.column, s.height, s.width) for s in slots)


def grid_of_cells(cells: Iterable[Cell]) -> Grid | None:
    """The grid that cells make, None when they hold no text at all; of two in one slot the first stays.

    A slot that no cell covers holds an empty Cell with ``rowspan`` and ``colspan`` 0: missing, not blank.
    Cells beyond MAX_COLUMNS or MAX_SLOTS are left out: no statutory table comes near.
    """
    slots: dict[tuple[int, int], Cell] = {}
    shown = False
    for cell in cells:
        text, top, left, tall, wide = cell[:5]
        if left >= MAX_COLUMNS or len(slots) + tall * wide > MAX_SLOTS:
            left_out(f"cells of a table beyond column {MAX_COLUMNS:,} or slot {MAX_SLOTS:,}")
            continue
        shown = shown or bool(text)
        if tall == 1 == wide:
            slots.setdefault((top, left), cell)
            continue
        for row in range(top, top + tall):
            for column in range(left, min(left + wide, MAX_COLUMNS)):
                slots.setdefault((row, column), cell)
    if not shown:
        return None
    height = max([row for row, _ in slots]) + 1
    width = max([column for _, column in slots]) + 1
    if height * width > MAX_SLOTS:
        width = MAX_SLOTS // height or 1
        left_out(f"columns of a table of {height:,} rows beyond the {width:,}th")
    return Grid(
        tuple(
            tuple([slots.get((row, column)) or Cell("", row, column, 0, 0) for column in range(width)])
            for row in range(height)
        )
    )
