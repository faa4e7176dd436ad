"""Glyphs to text: line below line, each as the source wrote it, with its spaces where they part words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from govcrawl.documents.marks import RAISED, as_marked
from govcrawl.documents.printed.page import Glyph

_NUMERIC = re.compile(r"[+\-－−\d.,，．％%]+")
_OVERLAP = 0.7
_CELL_MARGIN = 8.0  # points on either side of a cell: those of Word and LibreOffice have 5.4 and 2.8
_PLACE = itemgetter(0, 1)
_MIDDLE = itemgetter(1)
_FEW = 20
_IN_STEP = 0.25
_SAMPLE = 150
_SMALL = 0.75
_ABOVE = 0.15
_NEAR = 200  # signs of a line that may be alike


def text_of(glyphs: Iterable[Glyph]) -> str:
    """Text of glyphs in their order; where a line is full the next goes on without a space."""
    pieces: list[str] = []
    before: Glyph | None = None
    level: Glyph | None = None
    for glyph in glyphs:
        if before is not None and (glyph[5] or glyph[2] >= before[4]) and _parted(before, glyph):
            pieces.append(" ")
        before = glyph
        if level is not None and glyph[4] < level[4] and _is_raised(glyph, level):
            pieces.append(as_marked(glyph[0], RAISED))
            continue
        pieces.append(glyph[0])
        level = glyph
    return "".join(pieces)


def _is_raised(glyph: Glyph, level: Glyph) -> bool:
    """Whether a digit is the mark of a note behind a sign: much smaller, on its line, and above its foot."""
    height = level.bottom - level.top
    return (
        glyph.text.isdigit()
        and glyph.bottom - glyph.top <= _SMALL * height
        and level.bottom - glyph.bottom >= _ABOVE * height
        and glyph.bottom > level.top
        and glyph.left > level.left
    )


def _parted(before: Glyph, glyph: Glyph) -> bool:
    if glyph.top >= before.bottom:  # a new line: only words of letters are parted by it
        return (
            before.text.isascii() and glyph.text.isascii() and before.text.isalpha() and glyph.text.isalpha()
        )
    return glyph.spaced


def downwards(glyphs: Sequence[Glyph], *, shuffled: bool = False) -> Sequence[Glyph]:
    """The glyphs of a cell with its lines from top to bottom, whichever of them was drawn first.

    A source that comes back to a line wrote down the page in columns, or in pieces: its order is kept, but
    for a number, whose digits stand from left to right. That of a ``shuffled`` page says nothing, and signs
    that do not cover each other are read from left to right.
    """
    if len(glyphs) < 2 or (not shuffled and not any((b[2] + b[4]) / 2 < a[2] for a, b in pairwise(glyphs))):
        return glyphs
    lines: list[list[int]] = []
    for number in sorted(range(len(glyphs)), key=lambda number: glyphs[number].y):
        glyph = glyphs[number]
        if not lines or glyph.y - glyphs[lines[-1][0]].y > (glyph.bottom - glyph.top) / 2:
            lines.append([])
        lines[-1].append(number)
    placed = [glyphs[number] for line in lines for number in sorted(line, key=lambda n: glyphs[n].x)]
    if _NUMERIC.fullmatch("".join(glyph.text for glyph in glyphs)) or (shuffled and not _cover(placed)):
        return placed
    if any(max(line) - min(line) >= len(line) for line in lines):
        return glyphs
    return [glyphs[number] for line in lines for number in sorted(line)]


def is_shuffled(glyphs: Sequence[Glyph]) -> bool:
    """Whether a page's source jumps about, as one does that was written sign by sign.

    In any order of reading most signs stand beside the one before, or below it.
    """
    if len(glyphs) < _FEW:
        return False
    asked = range(1, len(glyphs), max(1, len(glyphs) // _SAMPLE))
    steps, enough = 0, _IN_STEP * len(asked)
    for number in asked:
        _, left, top, right, bottom, *_ = glyphs[number - 1]
        _, start, high, end, low, *_ = glyphs[number]
        steps += abs(top + bottom - high - low) < bottom - top or (left < end and start < right)
        if steps >= enough:
            return False
    return True


def _cover(placed: Sequence[Glyph]) -> bool:
    """Whether signs of a line stand on each other, as those of two labels do of which one runs over."""
    return any(
        after.left < (before.left + before.right) / 2 and after.top < before.y < after.bottom
        for before, after in pairwise(placed)
    )


def is_full(glyphs: Sequence[Glyph], width: float) -> bool:
    """Whether the lowest line leaves no room for one more of its last sign in a cell so wide."""
    if not glyphs:
        return False
    # Twice the middles: what is compared stays the same.
    level, _, end = max([(g[2] + g[4], g[1] + g[3], g) for g in glyphs], key=_PLACE)
    height = end[4] - end[2]
    line = [glyph for glyph in glyphs if level - (glyph[2] + glyph[4]) < height] or [end]
    taken = max([glyph[3] for glyph in line]) - min([glyph[1] for glyph in line])
    return width - taken < end[3] - end[1] + 2 * _CELL_MARGIN


def without_doubles(glyphs: list[Glyph]) -> list[Glyph]:
    """Glyphs without those printed twice on one spot, as some programs do for bold type."""
    doubles = set(_again(glyphs))
    return [glyph for number, glyph in enumerate(glyphs) if number not in doubles] if doubles else glyphs


_Spot = tuple[float, float, int]  # twice the middle, and the number of the sign


def _again(glyphs: Sequence[Glyph]) -> Iterator[int]:
    """Numbers of those glyphs that stand where an earlier one of the same sign does."""
    alike: dict[str, list[_Spot]] = defaultdict(list)
    for number, (sign, left, top, right, bottom, _, _) in enumerate(glyphs):
        alike[sign].append((left + right, top + bottom, number))
    farthest = 2 * max([_reach(glyph[4] - glyph[2]) for glyph in glyphs], default=0.0)
    for placed in alike.values():
        if len(placed) > 1:
            placed.sort(key=_MIDDLE)
            for line in _level(placed, farthest):
                line.sort()
                yield from _doubled(line, farthest, glyphs)


def _reach(height: float) -> float:
    """How far apart signs of a height may be and still stand on one spot."""
    return (1 - _OVERLAP) * (height if height > 1.0 else 1.0)


def _level(placed: Sequence[_Spot], reach: float) -> Iterator[list[_Spot]]:
    """Spots, given from top to bottom, in lines of more than one."""
    start, above = 0, placed[0][1]
    for at, spot in enumerate(placed):
        if spot[1] - above >= reach:
            if at - start > 1:
                yield list(placed[start:at])
            start = at
        above = spot[1]
    if len(placed) - start > 1:
        yield list(placed[start:])


def _doubled(line: Sequence[_Spot], farthest: float, glyphs: Sequence[Glyph]) -> Iterator[int]:
    """Numbers of the spots of a line, given from left to right, that stand where an earlier one does."""
    for at, (spot, after) in enumerate(pairwise(line)):
        x, y, number = spot
        if after[0] - x >= farthest:
            continue
        reach, beside = _around(glyphs[number])
        for right, below, later in line[at + 1 : at + _NEAR]:
            if right - x >= farthest:
                break
            if below < y:  # the upper one of both says how near they must be
                least, apart = _around(glyphs[later])
                if y - below < least and right - x < apart:
                    yield max(number, later)
            elif below - y < reach and right - x < beside:
                yield max(number, later)


def _around(glyph: Glyph) -> tuple[float, float]:
    """Twice how far apart from a sign, down and to the right, another one stands on its spot."""
    reach, width = 2 * _reach(glyph[4] - glyph[2]), glyph[3] - glyph[1]
    # Two l of a word stand side by side, not on one spot.
    return reach, min(reach, 2 * _OVERLAP * width) if width > 1.0 else reach
