"""Lines of text outside the tables of a scan; those that name a body are read twice."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from govcrawl.documents.scanned.engine import Box, read_lines, text_boxes
from govcrawl.documents.scanned.lines import anew

_INK = 160
_BAND = 12
_WHITE = 60
_ROOM = 4  # pixels around a line: without its dot a 门 is a 内
_NAMED = re.compile("(?:人民政府|办事处|委员会|办公室|局|厅)$|信息公开.{0,10}(?:报告|年报)$")
_LONGEST = 60
_HANZI = re.compile("[\u3400-\u9fff]")
_DOUBTED = 0.8


class ProseLine(NamedTuple):
    """A line as read: its text, its certainty, and its place in pixels."""

    text: str
    score: float
    box: Box


def prose_lines(image: Any) -> list[ProseLine]:
    """Lines of a page whose tables are white; a name that two readings tell apart is not certain."""
    boxes: list[Box] = []
    for first, last in _bands(image):
        found = text_boxes(image[first:last])
        boxes += [(left, top + first, right, bottom + first) for left, top, right, bottom in found]
    pictures = [
        image[max(0, top - _ROOM) : bottom + _ROOM, max(0, left - _ROOM) : right + _ROOM]
        for left, top, right, bottom in boxes
    ]
    lines = [ProseLine(*read, box) for read, box in zip(read_lines(pictures), boxes, strict=True)]
    named = [n for n, line in enumerate(lines) if len(line.text) <= _LONGEST and _NAMED.search(line.text)]
    for n, (text, _) in zip(named, read_lines([anew(pictures[n]) for n in named]), strict=True):
        if _HANZI.findall(text) != _HANZI.findall(lines[n].text):
            lines[n] = lines[n]._replace(score=min(lines[n].score, _DOUBTED))
    return lines


def _bands(image: Any) -> list[tuple[int, int]]:
    """Rows of an image that hold text, in stretches with much white between them."""
    found: list[tuple[int, int]] = []
    for row in (image < _INK).any(axis=1).nonzero()[0].tolist():
        first, last = max(0, row - _BAND), min(image.shape[0], row + _BAND)
        if found and first - found[-1][1] < _WHITE:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found
