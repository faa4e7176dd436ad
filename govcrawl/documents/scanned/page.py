"""A page's image to a printed page: rules, and glyphs that say whether they are certain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from govcrawl.documents.printed import PrintedPage
from govcrawl.documents.scanned.cells import CERTAIN, glyphs_in_cells
from govcrawl.documents.scanned.engine import Box, read_lines, text_boxes
from govcrawl.documents.scanned.ruling import as_set, ruled_page, spread
from govcrawl.documents.scanned.straight import POINTS, levelled

_LEAST = 0.5
_ROOM = 12


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page as recognised, in points at 150 dpi; ``doubtful`` are its lines of prose to be looked at."""

    page: PrintedPage
    uncertain: int
    doubtful: tuple[str, ...] = ()


def recognised(image: Any) -> Recognised:
    """What is printed on a grey image."""
    straight = levelled(image)
    page, tables = ruled_page(straight)
    page.glyphs = glyphs_in_cells(straight, tables)
    doubtful: list[str] = []
    rest = straight.copy()
    for table in tables:
        left, right = round(table.xs[0] / POINTS) - 3, round(table.xs[-1] / POINTS) + 4
        top, bottom = round(table.ys[0] / POINTS) - 3, round(table.ys[-1] / POINTS) + 4
        rest[max(0, top) : bottom, max(0, left) : right] = 255
    for text, score, box in _lines(rest):
        if score >= _LEAST:
            page.glyphs += spread(text, box, uncertain=score < CERTAIN)
            doubtful += [as_set(text)] * (score < CERTAIN)
    return Recognised(page, sum(glyph.uncertain for glyph in page.glyphs), tuple(doubtful))


def _lines(image: Any) -> list[tuple[str, float, Box]]:
    """Lines of text outside tables: text, certainty and place."""
    rows = (image < 160).any(axis=1).nonzero()[0]
    if not len(rows):
        return []
    first, last = max(0, int(rows[0]) - _ROOM), int(rows[-1]) + _ROOM
    boxes = text_boxes(image[first:last])
    boxes = [(left, top + first, right, bottom + first) for left, top, right, bottom in boxes]
    read = read_lines([image[top:bottom, left:right] for left, top, right, bottom in boxes])
    return [(text, score, box) for (text, score), box in zip(read, boxes, strict=True)]
