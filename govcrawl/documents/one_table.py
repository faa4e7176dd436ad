"""A report that stands in one table from title to end: its rows of prose are told from the tables between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from govcrawl.documents.headings import heading_key
from govcrawl.model import Cell, Grid

_OF_TABLES = frozenset(("proactive", "application", "challenge"))
_FEWEST_HEADINGS = 3

Row = tuple[Cell, ...]


def parts_of(grid: Grid) -> list[str | Grid]:
    """Lines of prose and the grids between them in reading order; the grid itself where it is a table."""
    if not grid.aligned:
        return [grid]
    alone = [_alone(row) for row in grid.rows]
    if _headings(alone) < _FEWEST_HEADINGS:
        alone = _before_blanks(grid.rows)
        if _headings(alone) < _FEWEST_HEADINGS:
            return [grid]
    return list(_parts(grid.rows, alone))


def _headings(alone: Sequence[str | None]) -> int:
    return len({key for text in alone if text and (key := heading_key(text))})


def _before_blanks(rows: Sequence[Row]) -> list[str | None]:
    """Texts at the left of rows that are blank otherwise, as a sheet saved as a page has its prose.

    Where a section has rows with more in them, a short text may be the label of such a row.
    """
    texts = [_left(row) for row in rows]
    alone: list[str | None] = []
    for is_heading, part in groupby(
        texts, key=lambda text: bool(text) and heading_key(text or "") is not None
    ):
        own = list(part)
        whole = is_heading or all(text is not None for text in own)
        alone += [text if text is not None and (whole or "。" in text) else None for text in own]
    return alone


def _left(row: Row) -> str | None:
    """Text of a row that has one at its left only, empty for a blank row; None for any other."""
    first = row[0]
    if first.column or first.rowspan > 1 or any(cell.text and cell is not first for cell in row):
        return None
    return first.text


def _parts(rows: Sequence[Row], alone: Sequence[str | None]) -> Iterator[str | Grid]:
    section = ""
    start = 0
    for n, text in enumerate(alone):
        key = heading_key(text) if text else None
        section = key or section
        if text is None or not (key or section not in _OF_TABLES or "。" in text):
            continue
        if start < n:
            yield _cut(rows, start, n)
        yield from filter(None, text.split("\n"))
        start = n + 1
    if start < len(rows):
        yield _cut(rows, start, len(rows))


def _alone(row: Row) -> str | None:
    """Text of the only cell of a row that begins at its left; None for any other row."""
    if len(row) > 1 and row[0] is not row[1] and row[0].colspan and row[1].colspan:
        return None
    cells = {id(cell): cell for cell in row if cell.colspan}
    first = next(iter(cells.values()), None)
    only = first is not None and len(cells) == 1 and first.rowspan == 1 and first.column == 0
    return first.text if only and first is not None and first.text else None


def _cut(rows: Sequence[Row], start: int, end: int) -> Grid:
    """Some rows as a grid of their own; no cell reaches over a row that is one cell."""
    cells = {id(cell): cell._replace(row=cell.row - start) for row in rows[start:end] for cell in row}
    return Grid(tuple(tuple(cells[id(cell)] for cell in row) for row in rows[start:end]))
