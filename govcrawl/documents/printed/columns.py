"""Text set in two columns: rows of glyphs that share a gap in the middle, read column by column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import NamedTuple

from govcrawl.documents.printed.page import Glyph

_LEAST_ROWS = 8
_MOST_ROWS = 300  # more of a column are on no sheet, and a damaged page may have thousands
_LEAST_SIGNS = 8  # a row of a column: shorter ones are cells
_LEAST_OF_HALF = 4
_FULL = 0.6  # of the rows reach to the gap, as prose does
_FULL_RIGHT = 0.5
_LEADING = 2.2
_GAP = 1.2  # of a sign's width
_MIDDLE = (0.3, 0.7)

FULL, LEFT, RIGHT = 0, 1, 2


class Row(NamedTuple):
    """Glyphs of a line, its column, and its place in the order of reading, in points from the top."""

    glyphs: list[Glyph]
    column: int
    order: float


def in_rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs in rows from top to bottom: those whose middles lie in each other's height."""
    rows: list[list[Glyph]] = []
    row: list[Glyph] = []
    heights: set[tuple[float, float]] = set()  # of the row: most signs of a line have that of another
    placed = [(glyph[2] + glyph[4], glyph) for glyph in glyphs]
    placed.sort(key=_FIRST)
    for _, glyph in placed:
        height = glyph[2], glyph[4]
        if height in heights or (row and _level(row, glyph)):
            row.append(glyph)
        else:
            row, heights = [glyph], set()
            rows.append(row)
        heights.add(height)
    for row in rows:
        row.sort(key=_LEFT)
    return rows


def _level(row: Sequence[Glyph], glyph: Glyph) -> bool:
    top, bottom = glyph[2], glyph[4]
    _, upper, lower = max([(one[4] - one[2], one[2], one[4]) for one in row[-8:]], key=_FIRST)
    return upper < (top + bottom) / 2 < lower or top < (upper + lower) / 2 < bottom


def in_columns(rows: Sequence[list[Glyph]]) -> list[Row]:
    """The rows from top to bottom, those of two columns taken apart: all of the left one, then the right."""
    if len(rows) < _LEAST_ROWS:
        return [Row(row, FULL, _top(row)) for row in rows]
    edges = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    spaced = [_spaced(row, edges) for row in rows]
    found: list[Row] = []
    start = 0
    while start < len(rows):
        end, gap = _band(rows, spaced, start)
        if gap is None:
            found.append(Row(rows[start], FULL, _top(rows[start])))
            start += 1
        else:
            found += _parted(rows[start:end], sum(gap) / 2)
            start = end
    found.sort(key=lambda row: row.order)
    return found


Gap = tuple[float, float]
_LEFT = attrgetter("left")
_FIRST = itemgetter(0)


def _top(row: Sequence[Glyph]) -> float:
    return min(glyph.top for glyph in row)


class _Spaced(NamedTuple):
    """What is asked of a row again and again: its gaps, ends, top, and the width and height of its glyphs."""

    gaps: list[Gap]
    left: float
    right: float
    top: float
    size: float
    height: float


def _spaced(row: Sequence[Glyph], edges: tuple[float, float]) -> _Spaced:
    """Wide gaps of a row in the middle of the text; a row that ends early leaves one behind it."""
    left, right = edges
    low, high = left + _MIDDLE[0] * (right - left), left + _MIDDLE[1] * (right - left)
    size = max(glyph.right - glyph.left for glyph in row)
    places = [(a.right, b.left) for a, b in pairwise(row)]
    places += [(row[-1].right, right)] if row[-1].right < high else []
    places += [(left, row[0].left)] if row[0].left > low else []
    found = [(a, b) for a, b in places if b - a > _GAP * size and a < high and b > low]
    height = max(glyph.bottom - glyph.top for glyph in row)
    return _Spaced(found, row[0].left, row[-1].right, _top(row), size, height)


def _band(rows: Sequence[list[Glyph]], spaced: Sequence[_Spaced], start: int) -> tuple[int, Gap | None]:
    """How far the rows from ``start`` on share a gap, and the gap where these are columns of prose."""
    last = min(len(rows), start + _MOST_ROWS)
    for first in spaced[start].gaps:
        common, end = first, start + 1
        while end < last:
            row = spaced[end]
            shared = [(max(common[0], a), min(common[1], b)) for a, b in row.gaps]
            fitting = max(shared, key=lambda gap: gap[1] - gap[0], default=(0.0, 0.0))
            if fitting[1] - fitting[0] < row.size / 2 or _apart(spaced[end - 1], row, sum(fitting) / 2):
                break
            common, end = fitting, end + 1
        if end - start >= _LEAST_ROWS and _is_prose(rows[start:end], common):
            return end, common
    return start, None


def _apart(above: _Spaced, row: _Spaced, middle: float) -> bool:
    """Whether a row on one side only stands so far below the one above that it is no line of a column."""
    one_sided = row.left > middle or row.right < middle
    height = max(above.height, row.height)  # that of 一 is next to nothing
    return one_sided and row.top - above.top > _LEADING * height


def _is_prose(rows: Sequence[Sequence[Glyph]], gap: Gap) -> bool:
    """Whether both sides have rows enough, most of them long, and most left ones end at the gap."""
    left, right = _halves(rows, sum(gap) / 2)
    if min(len(left), len(right)) < _LEAST_OF_HALF:
        return False
    full = sum(row[-1].right > gap[0] - 2 * (row[-1].right - row[-1].left) for row in left)
    long = [sum(len(row) >= _LEAST_SIGNS for row in half) for half in (left, right)]
    return full >= _FULL * len(left) and long[0] >= _FULL * len(left) and long[1] >= _FULL_RIGHT * len(right)


def _halves(rows: Sequence[Sequence[Glyph]], middle: float) -> tuple[list[list[Glyph]], list[list[Glyph]]]:
    """Rows of each side by itself: their lines need not stand level."""
    glyphs = [glyph for row in rows for glyph in row]
    return in_rows(glyph for glyph in glyphs if glyph.x < middle), in_rows(
        glyph for glyph in glyphs if glyph.x >= middle
    )


def _parted(rows: Sequence[list[Glyph]], middle: float) -> Iterator[Row]:
    """Rows of both sides; the right one's place in the order is behind all of the left one."""
    top, bottom = _top(rows[0]), max(glyph.bottom for glyph in rows[-1])
    left, right = _halves(rows, middle)
    for row in left:
        yield Row(row, LEFT, top + (_top(row) - top) / 2)
    for row in right:
        yield Row(row, RIGHT, (top + bottom) / 2 + (_top(row) - top) / 2)
