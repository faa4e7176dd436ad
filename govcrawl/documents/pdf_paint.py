"""What is painted on a page over or under its text: white over what was there before, grounds under white."""

from __future__ import annotations

from functools import cached_property

import pypdfium2.raw as pdfium

from govcrawl.documents.left_out import left_out
from govcrawl.documents.pdf_objects import Box, address_of, is_white, is_white_text
from govcrawl.documents.printed import THIN, PrintedPage, Rule

MAX_COVERED = 2_000_000
"""Rules that are compared with white areas of a page; one of a report has some thousands."""

_MARGIN = 1.0  # points: a border at the edge of an area belongs to it
_SHORTEST = 2.8


class Paint:
    """The filled areas of a page in the order of painting, in page places."""

    def __init__(self, page: PrintedPage) -> None:
        self.page = page
        self.grounds: list[Box] = []
        self.covers: list[tuple[int, Box]] = []
        self.texts: list[object] = []
        self.white = self.compared = 0

    def text(self, item: object) -> None:
        """Text is painted."""
        self.texts.append(item)
        self.white += is_white_text(item)

    @cached_property
    def order(self) -> dict[int, int]:
        """Which text is painted when, by its address; asked when all are known."""
        return {address_of(item): number for number, item in enumerate(self.texts)}

    def ground(self, box: Box) -> None:
        """A picture or a shade is painted."""
        self.grounds.append(box)

    def area(self, item: object, box: Box, shown: Box) -> None:
        """A path is filled; ``shown`` is what its clip leaves of it."""
        left, top = max(box[0], shown[0]), max(box[1], shown[1])
        right, bottom = min(box[2], shown[2]), min(box[3], shown[3])
        if right - left <= THIN or bottom - top <= THIN:
            return
        if not is_white(item):
            self.grounds.append((left, top, right, bottom))
        elif not pdfium.FPDFPageObj_HasTransparency(item) and _is_frame_like(item):
            self._cover((left, top, right, bottom))

    def _cover(self, box: Box) -> None:
        left, top, right, bottom = box
        page = self.page
        self.compared += len(page.across) + len(page.down)
        if self.compared > MAX_COVERED:
            left_out("white areas of a page that hide lines")
            return
        page.across[:] = _uncovered(page.across, top, bottom, left, right)
        page.down[:] = _uncovered(page.down, left, right, top, bottom)
        if self.texts:
            self.covers.append((len(self.texts), box))

    def hides(self) -> bool:
        """Whether some of the page's text may not be seen."""
        return bool(self.covers) or 0 < self.white < len(self.texts)

    def is_unseen(self, text: object, x: float, y: float) -> bool:
        """Whether a sign of a text is white on the paper, or was painted over."""
        some = 0 < self.white < len(self.texts)
        if some and is_white_text(text) and not _any_holds(self.grounds, x, y):
            return True
        if not self.covers:
            return False
        order = self.order.get(address_of(text), len(self.texts))
        return _any_holds([box for after, box in self.covers if after > order], x, y)


def _any_holds(boxes: list[Box], x: float, y: float) -> bool:
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def _is_frame_like(item: object) -> bool:
    """Whether a path is one rectangle: of another shape only its bounds are known here."""
    return pdfium.FPDFPath_CountSegments(item) in (4, 5, 6)


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
