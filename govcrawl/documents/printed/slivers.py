"""Double lines of a table made one: between them no sign has room."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from govcrawl.documents.printed.page import Glyph

_THIN_ROW = 0.75  # of a sign's height
_THIN_COLUMN = 0.4


def without_slivers(
    xs: list[float], ys: list[float], glyphs: Sequence[Glyph]
) -> tuple[list[float], list[float]]:
    """Borders with those of double lines made one: no sign has room between them, and none stands there."""
    tallest = max([glyph[4] - glyph[2] for glyph in glyphs], default=0.0)
    narrow, low = (min([after - line for line, after in pairwise(lines)]) for lines in (xs, ys))
    if narrow >= _THIN_COLUMN * tallest and low >= _THIN_ROW * tallest:
        return xs, ys
    left, right, top, bottom = xs[0], xs[-1], ys[0], ys[-1]
    inside = [
        (x, y, glyph[4] - glyph[2])
        for glyph in glyphs
        if top < (y := (glyph[2] + glyph[4]) / 2) < bottom and left < (x := (glyph[1] + glyph[3]) / 2) < right
    ]
    if not inside:
        return xs, ys
    across, down, heights = zip(*inside, strict=True)
    return (
        _with_room(xs, _THIN_COLUMN * min(heights), sorted(across)),
        _with_room(ys, _THIN_ROW * min(heights), sorted(down)),
    )


def _with_room(lines: list[float], least: float, middles: list[float]) -> list[float]:
    kept = [lines[0]]
    for line in lines[1:]:
        if line - kept[-1] < least and bisect_left(middles, kept[-1]) == bisect_right(middles, line):
            kept[-1] = (kept[-1] + line) / 2
        else:
            kept.append(line)
    return kept
