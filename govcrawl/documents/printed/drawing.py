"""Drawn outlines to rules: thin shapes and straight strokes are lines, filled areas are shading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from govcrawl.documents.printed.page import PrintedPage, Rule

THIN = 3.0
"""Points: a shape up to this is a drawn line, a wider filled one is shading."""

_STRAIGHT = 1.5
_SHORTEST = 2.8

Bounds = tuple[float, float, float, float]
Point = tuple[float, float]


def draw(page: PrintedPage, points: Sequence[Point], *, stroked: bool, within: Bounds | None = None) -> None:
    """Add what an outline in page places draws to the page's rules.

    ``within`` is the left, top, right and bottom of what is shown of it: a cell that a page
    break cuts is drawn whole on both pages.
    """
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    width, height = right - left, bottom - top
    if height <= THIN and width >= _SHORTEST:
        _add(page.across, Rule((top + bottom) / 2, left, right), within and (*within[1::2], *within[::2]))
    elif width <= THIN and height >= _SHORTEST:
        _add(page.down, Rule((left + right) / 2, top, bottom), within and (*within[::2], *within[1::2]))
    elif width <= THIN and height <= THIN:
        x, y = (left + right) / 2, (top + bottom) / 2
        if within is None or (within[0] <= x <= within[2] and within[1] <= y <= within[3]):
            page.dots.append((x, y))
    elif stroked:
        for down, rule in _strokes(points):
            if down:
                _add(page.down, rule, within and (*within[::2], *within[1::2]))
            else:
                _add(page.across, rule, within and (*within[1::2], *within[::2]))


def _strokes(points: Sequence[Point]) -> Iterator[tuple[bool, Rule]]:
    """The straight lines of an outline, and whether each runs down."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(y0 - y1) <= _STRAIGHT and abs(x0 - x1) >= _SHORTEST:
            yield False, Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1))
        elif abs(x0 - x1) <= _STRAIGHT and abs(y0 - y1) >= _SHORTEST:
            yield True, Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1))


def _add(rules: list[Rule], rule: Rule, within: Bounds | None) -> None:
    """Add the part of a rule that is shown; ``within`` bounds first its place, then its extent."""
    if within is None:
        rules.append(rule)
        return
    low, high, first, last = within
    start, end = max(rule.start, first), min(rule.end, last)
    if low - THIN <= rule.at <= high + THIN and end - start >= _SHORTEST:
        rules.append(Rule(rule.at, start, end))
