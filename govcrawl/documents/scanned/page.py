"""A page's image to a printed page: rules, and glyphs that say whether they are certain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from govcrawl.documents.printed import PrintedPage
from govcrawl.documents.scanned.cells import CERTAIN, glyphs_in_cells
from govcrawl.documents.scanned.engine import found_lines
from govcrawl.documents.scanned.ruling import ruled_page, spread
from govcrawl.documents.scanned.straight import POINTS, levelled

_LEAST = 0.5


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page as recognised; lengths are in points at 150 dpi."""

    page: PrintedPage
    uncertain: int


def recognised(image: Any) -> Recognised:
    """What is printed on a grey image."""
    straight = levelled(image)
    page, tables = ruled_page(straight)
    page.glyphs = glyphs_in_cells(straight, tables)
    rest = straight.copy()
    for table in tables:
        left, right = round(table.xs[0] / POINTS) - 3, round(table.xs[-1] / POINTS) + 4
        top, bottom = round(table.ys[0] / POINTS) - 3, round(table.ys[-1] / POINTS) + 4
        rest[max(0, top) : bottom, max(0, left) : right] = 255
    for box in found_lines(rest):
        if box.score >= _LEAST:
            page.glyphs += spread(box.text, box[2:], uncertain=box.score < CERTAIN)
    return Recognised(page, sum(glyph.uncertain for glyph in page.glyphs))
