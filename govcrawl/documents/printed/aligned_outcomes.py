"""Table 四 from headers and numbers that only stand in line: outcomes of reviews and lawsuits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govcrawl.documents.printed.aligned_rows import Read, Rows, name_of, values_of
from govcrawl.documents.printed.anchors import Columns
from govcrawl.documents.printed.form_words import GROUPS, OUTCOMES, bare
from govcrawl.documents.printed.pieces import Piece
from govcrawl.model import Cell


def challenge(cells: Sequence[Piece], rows: Rows) -> Read | None:
    """Table 四: a row of numbers under fifteen headers, or under five for each of the groups."""
    outcomes = [cell for cell in cells if name_of(cell) in OUTCOMES]
    table: list[Cell] = []
    used: list[Piece] = []
    number = 0
    for heads, above, lines in _fives(cells, outcomes, rows):
        columns = Columns(heads, lines)
        for depth, titles in enumerate(_titles(above, heads), number):
            table += [Cell(cell.text, depth, first, 1, width) for cell, first, width in titles]
            number = depth + 1
        table += [Cell(head.text, number, n) for n, head in enumerate(heads)]
        table += values_of(columns, lines, number + 1, 0)
        used += [*heads, *above, *(piece for line in lines for piece in line)]
        number += 2
    return (table, used) if table else None


def _fives(
    cells: Sequence[Piece], outcomes: Sequence[Piece], rows: Rows
) -> Iterator[tuple[list[Piece], list[Piece], Rows]]:
    """Headers of outcomes from left to right, what stands above them, and the numbers below."""
    start = float("-inf")
    lines = sorted(rows, key=lambda row: row[0].y)
    while True:
        first = min((cell.y for cell in outcomes if cell.y > start), default=None)
        if first is None:
            return
        data = next((row[0].y for row in lines if row[0].y > first), float("inf"))
        heads = sorted((c for c in outcomes if start < c.y < data), key=lambda cell: cell.x)
        after = min((cell.top for cell in outcomes if cell.y > data), default=float("inf"))
        above = [c for c in cells if start < c.y < data and c not in outcomes]
        own = [row for row in lines if data <= row[0].y < after]
        if [name_of(head) for head in heads] == [*OUTCOMES] * (len(heads) // len(OUTCOMES)):
            yield heads, above, own
        start = max([first, *(row[0].y for row in own)])


def _titles(above: Sequence[Piece], heads: Sequence[Piece]) -> Iterator[list[tuple[Piece, int, int]]]:
    """Lines of group labels with the columns over which each stands: as many fives as the form has."""
    size = len(OUTCOMES)
    if len(heads) == size:
        yield from ([(cell, 0, size)] for cell in sorted(above, key=lambda cell: cell.y))
        return
    first = [c for c in above if bare(c.text) in (GROUPS[0], "行政诉讼")]
    inner = [c for c in above if bare(c.text) in GROUPS[1:]]
    if len(heads) == len(GROUPS) * size and len(first) == len(inner) == 2:
        first.sort(key=lambda cell: cell.x)
        inner.sort(key=lambda cell: cell.x)
        yield [(first[0], 0, size), (first[1], size, 2 * size)]
        yield [(inner[0], size, size), (inner[1], 2 * size, size)]
