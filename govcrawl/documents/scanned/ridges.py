"""What is left of a rule between two others: its ink row by row, apart from signs that cross its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from govcrawl.documents.printed import Rule
from govcrawl.documents.scanned.straight import POINTS

_ENDS = 3  # pixels at a crossing, where the two rules are one
_LEAST = 9  # pixels: shorter pieces say nothing
_OFF = 4  # pixels that a bent rule may lie beside its place
_SIDE = 6  # pixels to the paper beside a rule
_AROUND = 5  # pixels of paper that are looked at there
_ALONG = 5  # pixels of a rule that are taken together, against noise
_CROSSING = 11  # pixels: a stroke so long across a rule is a sign's or another rule
_DEPTH = 0.4  # of the rules' usual depth below the paper beside them
_SHALLOWEST = 24
_END = 4  # pixels behind a crossing that a drawn rule has ink up to; signs keep some white there
_VOTED = 0.75  # of a row is a rule or what is left of one
_VOTES = 2  # rows in which it is one
_FIRM = 0.7  # of the rules' usual depth: the rim of a seal, as straight through two rows, is paler
_SIGN = 6  # pixels: places that lie nearer are the same


class Piece(NamedTuple):
    """Shares of a piece's rows: of its own ink, of signs that cross it, of its longest gap, of what was seen.

    ``ends`` are those of its two that reach the rules which it stands between.
    """

    own: float
    crossed: float
    gap: float
    seen: float
    ends: int


class Ridges:
    """Dark lines of a grey image that run down, narrow between paper on both sides."""

    def __init__(self, image: Any, covered: Any, rules: Sequence[Rule]) -> None:
        import cv2
        import numpy as np

        calm = cv2.blur(image, (1, _ALONG))
        centre = cv2.erode(calm, np.ones((1, 3), np.uint8))
        paper = cv2.copyMakeBorder(
            cv2.dilate(calm, np.ones((1, _AROUND), np.uint8)),
            0,
            0,
            _SIDE,
            _SIDE,
            cv2.BORDER_CONSTANT,
            value=255,
        )
        depth = cv2.subtract(np.minimum(paper[:, : -2 * _SIDE], paper[:, 2 * _SIDE :]), centre)
        usual = _usual(depth, rules)
        least = max(_SHALLOWEST, _DEPTH * usual)
        self._own = depth >= least
        self._firm = depth >= max(_SHALLOWEST, _FIRM * usual)
        dark = (cv2.subtract(cv2.dilate(image, np.ones((15, 15), np.uint8)), image) >= least).astype(np.uint8)
        self._dark = dark > 0
        self._across = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, _CROSSING), np.uint8)) > 0
        self._covered = covered > 0

    def piece(self, at: float, start: float, end: float) -> Piece | None:
        """What is drawn at a place between two crossings, in points; None where they lie too near."""
        import numpy as np

        first, last, middle = round(start / POINTS) + _ENDS, round(end / POINTS) - _ENDS, round(at / POINTS)
        left = max(0, middle - _OFF)
        block = self._own[first:last, left : middle + _OFF + 1]
        if last - first < _LEAST or block.shape[0] < _LEAST or not block.shape[1]:
            return None
        sums = block.sum(axis=0) * 10 - np.abs(np.arange(block.shape[1]) + left - middle)
        best = int(sums.argmax())
        column = slice(first, last), left + best
        crossed = self._across[column]
        own = block[:, best] & ~crossed
        white = ~own & ~crossed
        seen = ~(self._covered[column] & white)
        total = max(1, int(seen.sum()))
        dark = self._dark[:, max(0, left + best - 1) : left + best + 2]
        ends = int(_is_held(dark[first - _ENDS + 1 : first + _END])) + int(
            _is_held(dark[last - _END : last + _ENDS - 1])
        )
        return Piece(
            float(own.sum()) / total, float(crossed.sum()) / total, _longest(white & seen) / total,
            float(seen.mean()), ends,
        )  # fmt: skip

    def places(self, steps: Sequence[tuple[float, float]], start: float, end: float) -> Iterator[float]:
        """Places between ``start`` and ``end``, in points, where a rule fills two of the steps or more.

        Half of these must reach the rules that they stand between: brackets below each other are nearly as
        high as their rows, and as straight.
        """
        import numpy as np

        left, right = round(start / POINTS), round(end / POINTS)
        votes = np.zeros(max(0, right - left), np.int32)
        for top, bottom in steps:
            first, last = round(top / POINTS) + _ENDS, round(bottom / POINTS) - _ENDS
            if last - first >= _LEAST:
                own = self._firm[first:last, left:right] & ~self._across[first:last, left:right]
                votes[: own.shape[1]] += own.mean(axis=0) >= _VOTED
        found = np.flatnonzero(votes >= _VOTES)
        for group in np.split(found, np.flatnonzero(np.diff(found) > _SIGN) + 1):
            if len(group):
                at = (left + float(group[votes[group] == votes[group].max()].mean()) + 0.5) * POINTS
                pieces = [self.piece(at, *step) for step in steps]
                own = [piece for piece in pieces if piece and (piece.own >= _VOTED or piece.ends == 2)]
                if 2 * sum(piece.ends == 2 for piece in own) >= len(own):
                    yield at


def _usual(depth: Any, rules: Sequence[Rule]) -> float:
    import numpy as np

    found = []
    for rule in rules:
        at = round(rule.at / POINTS)
        part = depth[round(rule.start / POINTS) : round(rule.end / POINTS), max(0, at - 2) : at + 3]
        if part.size:
            found.append(part.max(axis=1))
    return float(np.median(np.concatenate(found))) if found else 0.0


def _is_held(dark: Any) -> bool:
    return bool(dark.any(axis=1).all())


def _longest(held: Any) -> int:
    longest = own = 0
    for full in held.tolist():
        own = own + 1 if full else 0
        longest = max(longest, own)
    return longest
