"""Rows of texts as a Grid."""

from __future__ import annotations

from govcrawl.documents.grid import cell_text
from govcrawl.model import Cell, Grid

Rows = list[list[str]]


def grid_of(rows: Rows) -> Grid:
    """Cells in rows as they came; aligned only where every row has the same number of cells."""
    aligned = len({len(row) for row in rows}) == 1
    return Grid(
        tuple(tuple(Cell(cell_text(text), r, c) for c, text in enumerate(row)) for r, row in enumerate(rows)),
        aligned,
    )
