"""What is painted on a page over or under its text: white over what was there before, grounds under white."""

from __future__ import annotations

from collections.abc import Callable

from govcrawl.documents.left_out import left_out
from govcrawl.documents.pdf_calls import Address, quick
from govcrawl.documents.pdf_objects import (
    SAME,
    Box,
    Matrix,
    is_white,
    is_white_text,
    meets,
)
from govcrawl.documents.printed import THIN, PrintedPage, Rule

MAX_COVERED = 2_000_000
"""Rules that are compared with white areas of a page; one of a report has some thousands."""

MAX_AREAS = 2_000
"""Areas of either kind on a page; a table with a ground for each cell has some hundreds."""

_MARGIN = 1.0  # points: a border at the edge of an area belongs to it
_SHORTEST = 2.8

_Around = tuple[list[Box], list[Box] | None]
_PLAIN: _Around = ([], None)


class Paint:
    """The filled areas of a page in the order of painting; ``place`` gives an object's bounds on the page."""

    def __init__(self, page: PrintedPage, place: Callable[[Address, Matrix], Box | None]) -> None:
        self.page = page
        self.place = place
        self.grounds: list[Box] = []
        self.covers: list[tuple[int, Box]] = []
        self.texts: list[Address] = []
        self.moved: dict[int, Matrix] = {}
        self.white = self.compared = 0
        self.near: dict[int | None, _Around] | None = None

    def text(self, item: Address, matrix: Matrix) -> None:
        """Text is painted."""
        if matrix is not SAME:
            self.moved[len(self.texts)] = matrix
        self.texts.append(item)
        self.white += is_white_text(item)

    def ground(self, box: Box) -> None:
        """A picture or a shade is painted."""
        if len(self.grounds) < MAX_AREAS:
            self.grounds.append(box)

    def area(self, item: Address, box: Box, shown: Box) -> None:
        """A path is filled; ``shown`` is what its clip leaves of it."""
        left, top = max(box[0], shown[0]), max(box[1], shown[1])
        right, bottom = min(box[2], shown[2]), min(box[3], shown[3])
        if right - left <= THIN or bottom - top <= THIN:
            return
        if not is_white(item):
            self.ground((left, top, right, bottom))
        elif not quick.FPDFPageObj_HasTransparency(item) and _is_frame_like(item):
            self._cover((left, top, right, bottom))

    def _cover(self, box: Box) -> None:
        left, top, right, bottom = box
        page = self.page
        self.compared += len(page.across) + len(page.down)
        if self.compared > MAX_COVERED or len(self.covers) >= MAX_AREAS:
            left_out("white areas of a page that hide lines or text")
            return
        page.across[:] = _uncovered(page.across, top, bottom, left, right)
        page.down[:] = _uncovered(page.down, left, right, top, bottom)
        if self.texts:
            self.covers.append((len(self.texts), box))

    def hides(self) -> bool:
        """Whether some of the page's text may not be seen."""
        return bool(self.covers) or 0 < self.white < len(self.texts)

    def is_unseen(self, text: Address, x: float, y: float) -> bool:
        """Whether a sign of a text is white on the paper, or was painted over."""
        if self.near is None:
            around = ((item.value, self._around(number)) for number, item in enumerate(self.texts))
            self.near = {address: own for address, own in around if own is not _PLAIN}
        over, under = self.near.get(text.value, _PLAIN)
        return _any_holds(over, x, y) or (under is not None and not _any_holds(under, x, y))

    def _around(self, number: int) -> _Around:
        """What is painted over a text, and for white letters beside others what may be their ground."""
        item = self.texts[number]
        box = self.place(item, self.moved.get(number, SAME))
        if box is None:
            return _PLAIN
        over = [cover for after, cover in self.covers if after > number and meets(cover, box)]
        if 0 < self.white < len(self.texts) and is_white_text(item):
            return over, [ground for ground in self.grounds if meets(ground, box)]
        return (over, None) if over else _PLAIN


def _any_holds(boxes: list[Box], x: float, y: float) -> bool:
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def _is_frame_like(item: Address) -> bool:
    """Whether a path is one rectangle: of another shape only its bounds are known here."""
    return quick.FPDFPath_CountSegments(item) in (4, 5, 6)


def _uncovered(rules: list[Rule], low: float, high: float, start: float, end: float) -> list[Rule]:
    """Rules without their parts within an area, given by the places and the extent of what it hides."""
    if not any(low + _MARGIN < r.at < high - _MARGIN and r.start < end and r.end > start for r in rules):
        return rules
    left: list[Rule] = []
    for rule in rules:
        if not low + _MARGIN < rule.at < high - _MARGIN or rule.end <= start or rule.start >= end:
            left.append(rule)
            continue
        parts = (Rule(rule.at, rule.start, start), Rule(rule.at, end, rule.end))
        left += [part for part in parts if part.end - part.start >= _SHORTEST]
    return left
