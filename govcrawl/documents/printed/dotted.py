"""Dots in a row to the rule that they draw: some programs write a dotted border dot by dot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govcrawl.documents.printed.page import Rule

_STEP = 6.0
_LEAST = 3
_SAME_LINE = 0.6


def dotted_rules(dots: Sequence[tuple[float, float]]) -> tuple[list[Rule], list[Rule]]:
    """Rules across and down the page that dots draw, given by their x and y."""
    across = list(_chains(sorted((y, x) for x, y in dots)))
    return across, list(_chains(sorted(dots)))


def _chains(places: Sequence[tuple[float, float]]) -> Iterator[Rule]:
    """Rules of dots sorted by their line, then by their place along it."""
    line: list[tuple[float, float]] = []
    for at, along in places:
        if line and at - line[0][0] > _SAME_LINE:
            yield from _along(line)
            line = []
        line.append((at, along))
    yield from _along(line)


def _along(line: Sequence[tuple[float, float]]) -> Iterator[Rule]:
    steps = sorted({along for _, along in line})
    start = 0
    for number in range(1, len(steps) + 1):
        if number == len(steps) or steps[number] - steps[number - 1] > _STEP:
            if number - start >= _LEAST:
                # The last dash stands before the gap that may end the line, not at the line's end.
                gap = (steps[number - 1] - steps[start]) / (number - 1 - start) / 2
                yield Rule(line[0][0], steps[start] - gap, steps[number - 1] + gap)
            start = number
