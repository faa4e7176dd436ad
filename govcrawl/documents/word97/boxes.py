"""The text boxes of a Word binary: where their texts stand, and at which character each is anchored.

Source: [MS-DOC] 2.8.32 (PlcfSpa), 2.8.35 (Plcftxbx).
"""

from __future__ import annotations

import struct
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

_ANCHOR, _BOX = 26, 22
_REUSABLE_AT, _SHAPE_AT = 8, 14


@dataclass(frozen=True, slots=True)
class TextBox:
    """Characters ``start`` to ``end`` of the whole text; ``anchor`` is -1 for one whose place is unknown."""

    anchor: int
    start: int
    end: int


@dataclass(slots=True)
class TextBoxes:
    """Boxes that are still to be read, in the order of their anchors; those without a place come last."""

    left: deque[TextBox] = field(default_factory=deque)

    @classmethod
    def of(cls, anchors: bytes, boxes: bytes, first: int, length: int) -> TextBoxes:
        """From the tables of anchors and boxes; the boxes' texts are ``length`` characters from ``first``."""
        places = {shape: at for at, _, shape in _entries(anchors, _ANCHOR, 0)}
        found = []
        last = 0
        for start, end, shape in _entries(boxes, _BOX, _SHAPE_AT):
            if last <= start < end <= length:
                last = end
                found.append(TextBox(places.get(shape, -1), first + start, first + end))
        found.sort(key=lambda box: (box.anchor < 0, box.anchor))
        return cls(deque(found))

    def taken(self, end: int) -> Iterator[TextBox]:
        """The boxes anchored before the character ``end``, none of them twice."""
        while self.left and 0 <= self.left[0].anchor < end:
            yield self.left.popleft()


def _entries(table: bytes, size: int, shape_at: int) -> Iterator[tuple[int, int, int]]:
    """First and last place of each entry of a table, and the number of its shape."""
    count = (len(table) - 4) // (4 + size)
    if count < 1:
        return
    places = struct.unpack_from(f"<{count + 1}i", table)
    for number in range(count):
        at = (count + 1) * 4 + number * size
        if size == _BOX and any(table[at + _REUSABLE_AT : at + _REUSABLE_AT + 2]):  # of a box taken out again
            continue
        (shape,) = struct.unpack_from("<i", table, at + shape_at)
        yield places[number], places[number + 1], shape
