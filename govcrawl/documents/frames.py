"""Tables of office files that hold no data: frames around others, and columns of text in a cell."""

from __future__ import annotations

from collections.abc import Sequence

from govcrawl.model import Grid

_ARTICLE = 300  # characters: more are no cell of data


def is_frame(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table with others in its cells, given by its own texts, only places them on the page.

    It has one column, or most of its text is an article in one of its cells.
    """
    if all(len(row) == 1 for row in rows):
        return True
    lengths = [len(text) for row in rows for text in row]
    return max(lengths) > _ARTICLE and 2 * max(lengths) > sum(lengths)


def one_column(grid: Grid | None) -> list[str]:
    """Texts of a table within a cell that has one column and so only places text there; none of others."""
    if grid is None or any(cell is not row[0] for row in grid.rows for cell in row):
        return []
    return [row[0].text for at, row in enumerate(grid.rows) if row[0].text and row[0].row == at]
