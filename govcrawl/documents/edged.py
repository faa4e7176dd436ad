"""Rows whose cells end at places on a ruler, as Word's binaries and RTF state them, to a Grid."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from govcrawl.documents.placed import Slot, grid_of_slots
from govcrawl.model import Grid

_SAME_EDGE = 30  # twips: borders that a hand has drawn in one line


class EdgedRow(NamedTuple):
    """Texts of a row's cells and their borders in twips from left to right, one more than there are cells.

    ``merged`` are the numbers of cells that belong to the one on their left, ``continued`` of those that go
    on from the row above.
    """

    texts: Sequence[str]
    edges: Sequence[int]
    merged: Collection[int] = ()
    continued: Collection[int] = ()


def grid_of_edged(rows: Sequence[EdgedRow]) -> Grid | None:
    """The grid of a table, None for one without text; borders of all rows that nearly meet are one."""
    edges = _edges(x for row in rows for x in row.edges)
    slots: list[Slot] = []
    above: dict[int, Slot] = {}
    for number, row in enumerate(rows):
        current: dict[int, Slot] = {}
        bounds = [_nearest(edges, x) for x in row.edges] or list(range(len(row.texts) + 1))
        last: Slot | None = None
        for at, text in enumerate(row.texts[: len(bounds) - 1]):
            column, width = bounds[at], max(1, bounds[at + 1] - bounds[at])
            upper = above.get(column)
            if at in row.merged and last is not None:
                last.width += width
                continue
            if at in row.continued and upper is not None:
                upper.height += 1
                last = upper
            else:
                last = Slot(text, number, column, width)
                slots.append(last)
            current[column] = last
        above = current
    return grid_of_slots(slots)


def _edges(places: Iterable[int]) -> list[int]:
    edges: list[int] = []
    for x in sorted(set(places)):
        if not edges or x - edges[-1] > _SAME_EDGE:
            edges.append(x)
    return edges


def _nearest(edges: Sequence[int], x: int) -> int:
    after = bisect_left(edges, x)
    near = range(max(0, after - 1), min(after + 1, len(edges)))
    return min(near, key=lambda number: abs(edges[number] - x))
