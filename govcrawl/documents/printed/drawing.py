"""Drawn outlines to rules: thin shapes and straight strokes are lines, filled areas are shading."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from govcrawl.documents.printed.page import PrintedPage, Rule

THIN = 3.0
"""Points: a shape up to this is a drawn line, a wider filled one is shading."""

_STRAIGHT = 1.5
_SHORTEST = 2.8


def draw(page: PrintedPage, points: Sequence[tuple[float, float]], *, stroked: bool) -> None:
    """Add what an outline in page places draws to the page's rules."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if height <= THIN and width >= _SHORTEST:
        page.across.append(Rule((min(ys) + max(ys)) / 2, min(xs), max(xs)))
    elif width <= THIN and height >= _SHORTEST:
        page.down.append(Rule((min(xs) + max(xs)) / 2, min(ys), max(ys)))
    elif stroked:
        for (x0, y0), (x1, y1) in pairwise(points):
            if abs(y0 - y1) <= _STRAIGHT and abs(x0 - x1) >= _SHORTEST:
                page.across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            elif abs(x0 - x1) <= _STRAIGHT and abs(y0 - y1) >= _SHORTEST:
                page.down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
