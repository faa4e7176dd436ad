"""Tables whose rows stand as columns: turned back before they are read."""

from __future__ import annotations

from govcrawl.model import Cell, Grid
from govcrawl.reports import application_rows, proactive
from govcrawl.reports.schema import load_schema
from govcrawl.reports.values import is_plain_value
from govcrawl.reports.values import plain_text as folded

_TOP = 4
_FEWEST = {"application": 5, "proactive": 3}


def is_turned(grid: Grid) -> bool:
    """Whether one of the first rows names many of the form's rows, side by side."""
    return grid.aligned and any(_names_rows(row) for row in grid.rows[:_TOP])


def turned(grid: Grid) -> Grid:
    """The grid with rows and columns changed over; spans turn with their cells."""
    cells: dict[int, Cell] = {}
    for row in grid.rows:
        for cell in row:
            cells.setdefault(
                id(cell), Cell(cell.text, cell.column, cell.row, cell.colspan, cell.rowspan, cell.header)
            )
    return Grid(tuple(tuple(cells[id(cell)] for cell in column) for column in zip(*grid.rows, strict=True)))


def _names_rows(row: tuple[Cell, ...]) -> bool:
    if len(row) <= _FEWEST["proactive"]:
        return False
    texts = {folded(cell.text) for cell in row if not is_plain_value(cell.text)}
    if len(texts) <= _FEWEST["proactive"]:
        return False
    rows = {found.id for text in texts if (found := application_rows.match_label(text))}
    blocks = {text for text in texts for name in ("2019", "2021") if _names_block(text, name)}
    return len(rows) >= _FEWEST["application"] or len(blocks) >= _FEWEST["proactive"]


def _names_block(text: str, template: str) -> bool:
    return proactive.match_row(text, load_schema().templates[template]) is not None
