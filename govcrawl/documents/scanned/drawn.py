"""Rules proved piece by piece: between two that they cross they are drawn, or strokes of signs in a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from govcrawl.documents.printed import Rule
from govcrawl.documents.scanned.straight import POINTS

_ENDS = 3  # pixels at a crossing, where the two rules are one
_LEAST = 9  # pixels: shorter pieces go with the next
_OFF = 4  # pixels that a bent rule may lie beside its place
_HALF = 2
_FULL = 0.87  # of a piece is ink; strokes of signs below each other leave more white
_ONE_GAP = 0.70  # where the white is in one place, and both ends are reached
_NEAR = 9 * POINTS


def proved(rules: Sequence[Rule], others: Sequence[Rule], ink: Any) -> Iterator[Rule]:
    """The rules without the pieces that are not drawn; ``ink`` has the rules run from top to bottom."""
    for rule in rules:
        crossed = [own.at for own in others if own.start - _NEAR <= rule.at <= own.end + _NEAR]
        start = end = None
        for first, last in pairwise(_parts(rule, crossed)):
            if _is_drawn(ink, rule.at, first, last):
                start, end = (first if start is None else start), last
            elif start is not None and end is not None:
                yield rule._replace(start=start, end=end)
                start = None
        if start is not None and end is not None:
            yield rule._replace(start=start, end=end)


def _parts(rule: Rule, crossed: Sequence[float]) -> list[float]:
    """Where a rule begins, is crossed, and ends: at the crossing where one is near."""
    places = sorted(crossed)
    start = min((at for at in places if abs(at - rule.start) <= _NEAR), default=rule.start)
    end = max((at for at in places if abs(at - rule.end) <= _NEAR), default=rule.end)
    parts = [start]
    for at in places:
        if at - parts[-1] > _LEAST * POINTS and end - at > _LEAST * POINTS:
            parts.append(at)
    return [*parts, end]


def _is_drawn(ink: Any, at: float, first: float, last: float) -> bool:
    top, bottom, middle = round(first / POINTS) + _ENDS, round(last / POINTS) - _ENDS, round(at / POINTS)
    if bottom - top < _LEAST:
        return True
    best = None
    for off in range(-_OFF, _OFF + 1):
        left = max(0, middle + off - _HALF)
        held = ink[top:bottom, left : left + 2 * _HALF + 1].any(axis=1)
        if best is None or held.sum() > best.sum():
            best = held
    assert best is not None
    share = float(best.mean())
    if share >= _FULL:
        return True
    gaps = sum(1 for before, after in pairwise(best.tolist()) if before and not after)
    return share >= _ONE_GAP and gaps == 1 and bool(best[0] and best[-1])
