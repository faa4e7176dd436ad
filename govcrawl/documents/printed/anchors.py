"""Which column a number stands in where no line parts the columns; what may be of two is of none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from govcrawl.documents.printed.pieces import Piece

_ALIGNED = 2.0  # points by which numbers of one column miss their common edge or middle
_MOSTLY = 0.5
_CLOSE = 3.0

Extent = tuple[float, float]


@dataclass(slots=True)
class Place:
    """A number and its column; None where that cannot be told."""

    piece: Piece
    column: int | None


class Columns:
    """Columns known by their headers, from left to right, and by the rows that fill all of them."""

    def __init__(self, heads: Sequence[Piece], rows: Sequence[Sequence[Piece]]) -> None:
        self.heads = [(head.left, head.right) for head in heads]
        full = [row for row in rows if self._fills(row)]
        self.below = [[(row[n].left, row[n].right) for row in full] for n in range(len(heads))]
        extents = [_union([own, *below]) for own, below in zip(self.heads, self.below, strict=True)]
        apart = all(a[1] <= b[0] for a, b in pairwise(extents))
        self.extents = extents if apart else [_union(own) for own in self.below] if full else self.heads

    def _fills(self, row: Sequence[Piece]) -> bool:
        """Whether a row has a number in each column: as many, each between the neighbours' middles."""
        if len(row) != len(self.heads):
            return False
        middles = [(left + right) / 2 for left, right in self.heads]
        bounds = [float("-inf"), *middles, float("inf")]
        return all(bounds[n] < piece.x < bounds[n + 2] for n, piece in enumerate(row))

    def places(self, row: Sequence[Piece]) -> list[Place]:
        """The column of each number of a row; two in one column are of none."""
        if self._fills(row):
            return [Place(piece, n) for n, piece in enumerate(row)]
        if len(self.heads) == 1:
            return [Place(piece, 0 if len(row) == 1 else None) for piece in row]
        found = [Place(piece, self._column(piece)) for piece in row]
        taken = [place.column for place in found]
        if any(taken.count(column) > 1 for column in taken) or taken != sorted(taken, key=lambda n: n or 0):
            return [Place(piece, None) for piece in row]
        return found

    def _column(self, piece: Piece) -> int | None:
        over = [n for n, extent in enumerate(self.extents) if _shared(piece, extent) > 0]
        if over:
            width = piece.right - piece.left
            return (
                over[0]
                if len(over) == 1 and _shared(piece, self.extents[over[0]]) > _MOSTLY * width
                else None
            )
        fitting = [n for n in range(len(self.heads)) if self._in_line(piece, n)]
        return fitting[0] if len(fitting) == 1 else None

    def _in_line(self, piece: Piece, column: int) -> bool:
        """Whether a number has the middle, or the edge, that all numbers of the column have in common."""
        left, right = self.heads[column]
        if abs(piece.x - (left + right) / 2) < _ALIGNED:
            return True
        below = self.below[column]
        if len(below) < 2 or len({round(right - left) for left, right in below}) < 2:
            return False
        for own, others in (
            (piece.left, [left for left, _ in below]),
            (piece.right, [right for _, right in below]),
            (piece.x, [(left + right) / 2 for left, right in below]),
        ):
            if max(others) - min(others) < _ALIGNED and abs(own - others[0]) < _ALIGNED:
                return True
        return False


def _union(extents: Sequence[Extent] | Extent) -> Extent:
    own = [extents] if isinstance(extents, tuple) else extents
    return min(left for left, _ in own), max(right for _, right in own)


def _shared(piece: Piece, extent: Extent) -> float:
    return min(piece.right, extent[1]) - max(piece.left, extent[0])
