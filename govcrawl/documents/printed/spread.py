"""Sheets that were printed over several pages side by side, and pages that were printed two on a sheet."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from govcrawl.documents.printed.columns import in_rows
from govcrawl.documents.printed.form_words import PROACTIVE, is_numbered
from govcrawl.documents.printed.page import Glyph, PrintedPage, Rule
from govcrawl.documents.printed.pieces import pieces_of
from govcrawl.documents.printed.ruled import clustered

_OFF_PAGE = 4
_SAMPLE = 200
_STRIPS = 20  # pages before one, among which that on its left is looked for
_WORDS = "\u3400"
_MOST = 0.8
_LEVEL = 1.0
_FEWEST_ROWS = 4
_HAN = re.compile("[\u4e00-\u9fff]")
_MIDDLE = 0.04  # of the width, on either side of the middle
_GUTTER = 0.03
_LINE = 6  # signs of a line that is no number and no header


def as_sheets(pages: Sequence[PrintedPage]) -> list[PrintedPage]:
    """The pages as they were laid out before printing: each to be read by itself, from top to bottom."""
    return [half for page in _side_by_side(pages) for half in _halves(page)]


def _side_by_side(pages: Sequence[PrintedPage]) -> list[PrintedPage]:
    """Pages with those that go on at their right put there: a wide sheet is printed in strips."""
    right_of: dict[int, tuple[int, float]] = {}
    for number in range(1, len(pages)):
        before = range(max(0, number - _STRIPS), number)
        left = [n for n in before if n not in right_of and pages[n].glyphs]
        found = _left_page(pages, number, left)
        if found is not None:
            right_of[found[0]] = (number, found[1])
    gone = {number for number, _ in right_of.values()}
    sheets = []
    for number, page in enumerate(pages):
        if number in gone:
            continue
        moved, at = 0.0, number
        while at in right_of:
            at, step = right_of[at]
            moved += step
            page = _beside(page, pages[at], moved)
        sheets.append(page)
    return sheets


def _left_page(pages: Sequence[PrintedPage], number: int, left: Sequence[int]) -> tuple[int, float] | None:
    """The page that goes on at the right in this one, and how far right that is."""
    page = pages[number]
    off = [glyph for glyph in page.glyphs if glyph.right < 0][:_SAMPLE]
    if len(off) >= _OFF_PAGE:
        shifts = ((n, *_shift(pages[n], off)) for n in left)
        best = max(shifts, key=lambda found: found[2], default=None)
        return best[:2] if best and best[2] >= _MOST * len(off) else None
    words = sum(glyph.text > _WORDS for glyph in page.glyphs)
    if 2 * words > len(page.glyphs) or not left:
        return None
    levels = _levels(page)
    for n in reversed(left):
        if _is_beside(levels, _levels(pages[n])):
            return (
                (n, _right_edge(pages[n]) - _left_edge(page))
                if _labels(pages[n]) > _labels(page) == 0
                else None
            )
    return None


def _shift(page: PrintedPage, off: Sequence[Glyph]) -> tuple[float, int]:
    """How far left of their place on a page signs stand that another page only shows the rest of."""
    alike: dict[tuple[str, int], list[Glyph]] = defaultdict(list)
    for glyph in page.glyphs:
        alike[glyph.text, round(glyph.y)].append(glyph)
    steps: dict[int, list[float]] = defaultdict(list)
    for glyph in off:
        level = round(glyph.y)
        near = [g for y in (level - 1, level, level + 1) for g in alike.get((glyph.text, y), ())[:_SAMPLE]]
        for step in {g.left - glyph.left for g in near if abs(g.y - glyph.y) < _LEVEL}:
            steps[round(step)].append(step)
    exact = max(steps.values(), key=len, default=[])
    return (sum(exact) / len(exact), len(exact)) if exact else (0.0, 0)


def _levels(page: PrintedPage) -> list[float]:
    """Heights of a page's lines across, or of its lines of text where it has none."""
    ruled = clustered(rule.at for rule in page.across)
    return (ruled or clustered(glyph.y for glyph in page.glyphs))[:_SAMPLE]


def _is_beside(levels: Sequence[float], others: Sequence[float]) -> bool:
    own = sum(any(abs(level - other) < _LEVEL for other in others) for level in levels)
    return len(levels) >= _FEWEST_ROWS and own == len(levels)


def _labels(page: PrintedPage) -> int:
    """How many labels of rows of the statutory tables a page shows, or first lines of them."""
    shown = [n for n, glyph in enumerate(page.glyphs) if glyph.right > 0]
    texts = [piece.text for piece in pieces_of(page.glyphs, shown, 0)]
    return sum(text in PROACTIVE or (is_numbered(text) and _HAN.search(text) is not None) for text in texts)


def _right_edge(page: PrintedPage) -> float:
    return max([rule.end for rule in page.across] or [glyph.right for glyph in page.glyphs])


def _left_edge(page: PrintedPage) -> float:
    return min([rule.start for rule in page.across] or [glyph.left for glyph in page.glyphs])


def _beside(page: PrintedPage, right: PrintedPage, moved: float) -> PrintedPage:
    """A page with another at its right, moved there."""
    return PrintedPage(
        moved + right.width,
        max(page.height, right.height),
        [*page.glyphs, *(g._replace(left=g.left + moved, right=g.right + moved) for g in right.glyphs)],
        [*page.across, *(Rule(r.at, r.start + moved, r.end + moved) for r in right.across)],
        [*page.down, *(Rule(r.at + moved, r.start, r.end) for r in right.down)],
        [*page.pictures, *(p._replace(left=p.left + moved, right=p.right + moved) for p in right.pictures)],
        page.drawn + right.drawn,
        [*page.dots, *((x + moved, y) for x, y in right.dots)],
        page.watermark + right.watermark,
        recognised=page.recognised or right.recognised,
    )


def _halves(page: PrintedPage) -> Iterator[PrintedPage]:
    """A page, or both halves of a broad one where nothing crosses its middle and both have text."""
    middle = _gutter(page) if page.width > page.height else None
    halves = [] if middle is None else [_part(page, 0, middle), _part(page, middle, page.width)]
    if halves and all(_has_text(half) for half in halves):
        yield from halves
    else:
        yield page


def _gutter(page: PrintedPage) -> float | None:
    """The middle of the empty strip down the middle of a page."""
    low, high = (0.5 - _MIDDLE) * page.width, (0.5 + _MIDDLE) * page.width
    taken = [(g.left, g.right) for g in page.glyphs] + [(r.start, r.end) for r in page.across]
    taken += [(r.at, r.at) for r in page.down]
    ends = sorted((left, right) for left, right in taken if right > low and left < high)
    reached, best = low, (0.0, 0.0)
    for left, right in [*ends, (high, high)]:
        best = max(best, (left - reached, (left + reached) / 2))
        reached = max(reached, right)
    return best[1] if best[0] > _GUTTER * page.width else None


def _part(page: PrintedPage, left: float, right: float) -> PrintedPage:
    """What a page shows between two places, moved to the left."""
    return PrintedPage(
        right - left,
        page.height,
        [g._replace(left=g.left - left, right=g.right - left) for g in page.glyphs if left <= g.x < right],
        [
            Rule(r.at, r.start - left, r.end - left)
            for r in page.across
            if left <= (r.start + r.end) / 2 < right
        ],
        [Rule(r.at - left, r.start, r.end) for r in page.down if left <= r.at < right],
        [p for p in page.pictures if left <= p.left < right],
        page.drawn,
        [(x - left, y) for x, y in page.dots if left <= x < right],
        page.watermark,
        recognised=page.recognised,
    )


def _has_text(page: PrintedPage) -> bool:
    """Whether enough lines hold a run of words: a half of a table has numbers and headers only."""
    lines = 0
    for row in in_rows(page.glyphs):
        run = longest = 1
        for last, glyph in pairwise(row):
            near = glyph.left - last.right < (glyph.bottom - glyph.top) / 2 and glyph.text > "\u3000"
            run = run + 1 if near else 1
            longest = max(longest, run)
        lines += longest > _LINE
    return lines >= _FEWEST_ROWS
