"""Text set in two columns: rows of glyphs that share a gap in the middle, read column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from govcrawl.documents.printed.page import Glyph

_LEAST_ROWS = 8
_LEAST_SIGNS = 8  # a row of a column: shorter ones are cells
_FULL = 0.6  # of the rows reach to the gap, as prose does
_LEADING = 2.2
_GAP = 1.2  # of a sign's width
_MIDDLE = (0.3, 0.7)

FULL, LEFT, RIGHT = 0, 1, 2


class Row(NamedTuple):
    """Glyphs of a line, its column, and its place in the order of reading, in points from the top."""

    glyphs: list[Glyph]
    column: int
    order: float


def in_columns(rows: Sequence[list[Glyph]]) -> list[Row]:
    """The rows from top to bottom, those of two columns taken apart: all of the left one, then the right."""
    if len(rows) < _LEAST_ROWS:
        return [Row(row, FULL, _top(row)) for row in rows]
    edges = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    gaps = [_gaps(row, edges) for row in rows]
    found: list[Row] = []
    start = 0
    while start < len(rows):
        end, gap = _band(rows, gaps, start)
        if gap is None:
            found.append(Row(rows[start], FULL, _top(rows[start])))
            start += 1
        else:
            found += _parted(rows[start:end], sum(gap) / 2)
            start = end
    found.sort(key=lambda row: row.order)
    return found


Gap = tuple[float, float]


def _top(row: Sequence[Glyph]) -> float:
    return min(glyph.top for glyph in row)


def _gaps(row: Sequence[Glyph], edges: tuple[float, float]) -> list[Gap]:
    """Wide gaps of a row in the middle of the text; a row that ends early leaves one behind it."""
    left, right = edges
    low, high = left + _MIDDLE[0] * (right - left), left + _MIDDLE[1] * (right - left)
    size = max(glyph.right - glyph.left for glyph in row)
    places = [(a.right, b.left) for a, b in pairwise(row)]
    places += [(row[-1].right, right)] if row[-1].right < high else []
    places += [(left, row[0].left)] if row[0].left > low else []
    return [(a, b) for a, b in places if b - a > _GAP * size and a < high and b > low]


def _band(rows: Sequence[list[Glyph]], gaps: Sequence[Sequence[Gap]], start: int) -> tuple[int, Gap | None]:
    """How far the rows from ``start`` on share a gap, and the gap where these are columns of prose."""
    for first in gaps[start]:
        common, end = first, start + 1
        while end < len(rows):
            shared = [(max(common[0], a), min(common[1], b)) for a, b in gaps[end]]
            fitting = max(shared, key=lambda gap: gap[1] - gap[0], default=(0.0, 0.0))
            size = max(glyph.right - glyph.left for glyph in rows[end])
            if fitting[1] - fitting[0] < size / 2 or _apart(rows[end - 1], rows[end], sum(fitting) / 2):
                break
            common, end = fitting, end + 1
        if end - start >= _LEAST_ROWS and _is_prose(rows[start:end], common):
            return end, common
    return start, None


def _apart(above: Sequence[Glyph], row: Sequence[Glyph], middle: float) -> bool:
    """Whether a row on one side only stands so far below the one above that it is no line of a column."""
    one_sided = row[0].left > middle or row[-1].right < middle
    return one_sided and _top(row) - _top(above) > _LEADING * (row[0].bottom - row[0].top)


def _is_prose(rows: Sequence[Sequence[Glyph]], gap: Gap) -> bool:
    """Whether most rows are long on both sides and fill the left one up to the gap."""
    middle = sum(gap) / 2
    left = [[glyph for glyph in row if glyph.x < middle] for row in rows]
    right = [[glyph for glyph in row if glyph.x > middle] for row in rows]
    long = sum(len(a) >= _LEAST_SIGNS <= len(b) for a, b in zip(left, right, strict=True))
    full = sum(bool(row) and row[-1].right > gap[0] - 2 * (row[-1].right - row[-1].left) for row in left)
    return long >= _FULL * len(rows) and full >= _FULL * len(rows)


def _parted(rows: Sequence[list[Glyph]], middle: float) -> Iterator[Row]:
    """Both halves of the rows; the right one's place in the order is behind all of the left one."""
    top, bottom = _top(rows[0]), max(glyph.bottom for glyph in rows[-1])
    for row in rows:
        down = (_top(row) - top) / 2
        halves = (LEFT, top + down), (RIGHT, (top + bottom) / 2 + down)
        for column, order in halves:
            if own := [glyph for glyph in row if (glyph.x < middle) == (column == LEFT)]:
                yield Row(own, column, order)
