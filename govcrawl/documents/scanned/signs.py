"""Signs of numbers by their shapes: each is compared with the others of its page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise
from typing import Any, NamedTuple

DASHES = frozenset(("-", "—", "－", "一", "/", "／", "--", "——"))
"""Strokes that stand for nothing."""

_HANZI = re.compile("[\u3400-\u9fff]")
_UNIT = 2
_NUMBER = re.compile(r"[-+]{0,2}(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?%?")
_NUMERIC = frozenset("0123456789.,-+%")
_POINTS = frozenset(".,，。·")
_MINUSES = frozenset("-—－一–")
_CANVAS = 28
_HIGH = 18.0
_ENOUGH = 3
_FEW = 2
_LIKE = 0.80
_ALIKE = 0.92
_APART_BY = 0.06  # from what it is like next
_SPREAD = 0.06  # signs of one kind are so much less like themselves than usual
_UNLIKE = 0.04
_APART = 0.9  # of a sign's height: wider gaps part two numbers
_FLAT = 1.5  # times as wide as high
_GAP = 2  # columns without ink that part two signs


class Verdict(Enum):
    """What the shapes say of a reading."""

    SURE = "sure"
    AGREE = "agree"
    UNKNOWN = "unknown"
    CONTRADICT = "contradict"

    @property
    def confirms(self) -> bool:
        """Whether the shapes are those of the reading."""
        return self in (Verdict.SURE, Verdict.AGREE)


_STROKES = frozenset(".,-+%")  # told by where they stand, or too rare to compare
_WEIGHT = (Verdict.CONTRADICT, Verdict.UNKNOWN, Verdict.AGREE, Verdict.SURE)


class Sign(NamedTuple):
    """A sign's ink: its columns in the line, how far it lies below the line's top, and how high it is."""

    left: int
    right: int
    top: int
    height: int

    @property
    def width(self) -> int:
        """Columns of the sign."""
        return self.right - self.left


def is_numeric(text: str) -> bool:
    """Whether a text is made of the signs of a number alone."""
    return bool(text) and all(sign in _NUMERIC for sign in text)


def carries_number(text: str) -> bool:
    """Whether a text is a number, perhaps with its unit, and no label."""
    return any(sign.isdigit() for sign in text) and len(_HANZI.findall(text)) <= _UNIT


def has_hanzi(text: str) -> bool:
    """Whether a text holds a word."""
    return bool(_HANZI.search(text))


def is_sound(text: str) -> bool:
    """Whether a cell's text can be meant so: without hanzi it is a whole number, or a stroke for none."""
    return bool(has_hanzi(text) or _NUMBER.fullmatch(text) or text in DASHES)


def signs_of(ink: Any) -> list[Sign]:
    """The signs of a line's ink, parted where columns hold none."""
    held = ink.any(axis=0).tolist()
    spans: list[tuple[int, int]] = []
    for at, full in enumerate(held):
        if full and spans and at - spans[-1][1] < _GAP:
            spans[-1] = (spans[-1][0], at + 1)
        elif full:
            spans.append((at, at + 1))
    found = []
    for left, right in spans:
        rows = ink[:, left:right].any(axis=1).nonzero()[0]
        found.append(Sign(left, right, int(rows[0]), int(rows[-1] - rows[0]) + 1))
    return found


def is_at_odds(text: str, ink: Any, size: int) -> bool:
    """Whether a number has other points or minuses, or fewer signs, than its ink: what readers lose first."""
    signs = signs_of(ink)
    if len(signs) < 2:
        return False
    foot = ink.shape[0]
    small = [sign for sign in signs if sign.height <= 0.35 * size]
    low = [sign for sign in small if _stands_low(sign, foot)]
    flat = [sign for sign in small if sign not in low and sign.top + sign.height < 0.8 * foot]
    points, minuses = sum(s in _POINTS for s in text), sum(s in _MINUSES for s in text)
    if len(signs) > len(text):
        return True
    return len(signs) == len(text) and (len(low), len(flat)) != (points, minuses)


def _stands_low(sign: Sign, foot: int) -> bool:
    """Whether a small sign is a point: a minus that hangs low is flat and ends above the digits' foot."""
    flat = sign.width >= _FLAT * sign.height
    return sign.top > 0.6 * foot and not (flat and sign.top + sign.height < 0.8 * foot)


def is_close(ink: Any, size: int) -> bool:
    """Whether the signs of a line stand as near to each other as those of one number."""
    signs = signs_of(ink)
    return all(after.left - before.right <= _APART * size for before, after in pairwise(signs))


class Shapes:
    """The signs of all numbers of a document, by what they were taken for.

    Sizes are those of a full sign on each page, which may be scanned in other resolutions.
    """

    def __init__(self) -> None:
        self.sums: dict[str, Any] = {}
        self.counts: dict[str, int] = defaultdict(int)

    def learn(self, text: str, picture: Any, ink: Any, size: int) -> None:
        """Take a line that was read surely as an example."""
        for sign, shape in _shapes(text, picture, ink, size):
            self.sums[sign] = self.sums.get(sign, 0) + shape
            self.counts[sign] += 1

    def judge(self, text: str, picture: Any, ink: Any, size: int, *, learnt: bool) -> Verdict:
        """What the other examples say of a line; ``learnt`` says that it is itself among them."""
        shapes = _shapes(text, picture, ink, size)
        verdicts = [self._sign(sign, shape, learnt=learnt) for sign, shape in shapes if sign not in _STROKES]
        if Verdict.CONTRADICT in verdicts:
            return Verdict.CONTRADICT
        return min(verdicts, key=_WEIGHT.index, default=Verdict.UNKNOWN)

    def _sign(self, sign: str, shape: Any, *, learnt: bool) -> Verdict:
        likeness = 0.0
        if own := self.counts[sign] - learnt:
            total = self.sums[sign]
            likeness = _likeness(total - shape if learnt else total, shape)
        rival = usual = 0.0
        for other, total in self.sums.items():
            if other != sign and self.counts[other] >= _ENOUGH and (one := _likeness(total, shape)) > rival:
                rival, usual = one, _length(total) / self.counts[other]
        # A sign looks somewhat like others anyway: it is one of them only where these look no more so.
        if rival > likeness + _UNLIKE and rival > _LIKE and rival >= usual - _SPREAD:
            return Verdict.CONTRADICT
        if own >= _FEW and likeness >= _ALIKE and likeness >= rival + _APART_BY:
            return Verdict.SURE
        return Verdict.AGREE if own >= _ENOUGH and likeness > max(_LIKE, rival) else Verdict.UNKNOWN


def _shapes(text: str, picture: Any, ink: Any, size: int) -> Sequence[tuple[str, Any]]:
    if not is_numeric(text):
        return ()
    signs = signs_of(ink)
    if len(signs) != len(text):
        return ()
    # Digits are all of one height, which in another size of print is another one.
    tall = sorted(sign.height for sign in signs if sign.height > 0.5 * size)
    high = float(tall[len(tall) // 2]) if tall else 0.8 * size
    return [(sign, _shape(picture, own, high)) for sign, own in zip(text, signs, strict=True)]


def _shape(picture: Any, sign: Sign, size: float) -> Any:
    """A sign's darkness in the middle of a square, its size kept."""
    import cv2
    import numpy as np

    own = picture[sign.top : sign.top + sign.height, sign.left : sign.right]
    scale = _HIGH / size
    wide = min(_CANVAS, max(1, round(own.shape[1] * scale)))
    high = min(_CANVAS, max(1, round(own.shape[0] * scale)))
    canvas = np.zeros((_CANVAS, _CANVAS), np.float32)
    top, left = (_CANVAS - high) // 2, (_CANVAS - wide) // 2
    small = cv2.resize(255 - own, (wide, high), interpolation=cv2.INTER_AREA)
    canvas[top : top + high, left : left + wide] = small
    shape = cv2.GaussianBlur(canvas, (0, 0), 0.9)
    shape -= shape.mean()
    return shape / max(float(np.linalg.norm(shape)), 1e-6)


def _likeness(total: Any, shape: Any) -> float:
    return float((total * shape).sum() / max(_length(total), 1e-6))


def _length(total: Any) -> float:
    import numpy as np

    return float(np.linalg.norm(total))
