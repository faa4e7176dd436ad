"""A page's image to a printed page: rules, and glyphs that say whether they are certain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from govcrawl.documents.printed import PrintedPage
from govcrawl.documents.scanned.cells import Cells, cells_in, glyphs_of
from govcrawl.documents.scanned.engine import Box, read_lines, text_boxes
from govcrawl.documents.scanned.readings import CERTAIN, shapes_of
from govcrawl.documents.scanned.ruling import as_set, ruled_page, spread
from govcrawl.documents.scanned.signs import Shapes
from govcrawl.documents.scanned.straight import POINTS, levelled

_LEAST = 0.5
_INK = 160
_ROOM = 12
_WHITE = 60


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page as recognised, in points at 150 dpi; ``doubtful`` are its lines of prose to be looked at."""

    page: PrintedPage
    uncertain: int
    doubtful: tuple[str, ...] = ()


class _Seen(NamedTuple):
    page: PrintedPage
    cells: Cells
    prose: list[tuple[str, float, Box]]


def recognised(image: Any) -> Recognised:
    """What is printed on a grey image."""
    return all_recognised([image])[0]


def all_recognised(images: Iterable[Any]) -> list[Recognised]:
    """What is printed on the grey images of a document: the signs of all pages tell what each of them is."""
    seen = [_seen(image) for image in images]
    shapes = shapes_of(own.cells.lines for own in seen)
    return [_told(own, shapes) for own in seen]


def _seen(image: Any) -> _Seen:
    straight = levelled(image)
    page, tables = ruled_page(straight)
    rest = straight.copy()
    for table in tables:
        left, right = round(table.xs[0] / POINTS) - 3, round(table.xs[-1] / POINTS) + 4
        top, bottom = round(table.ys[0] / POINTS) - 3, round(table.ys[-1] / POINTS) + 4
        rest[max(0, top) : bottom, max(0, left) : right] = 255
    return _Seen(page, cells_in(straight, tables), _lines(rest))


def _told(seen: _Seen, shapes: Shapes) -> Recognised:
    page = seen.page
    page.glyphs = list(glyphs_of(seen.cells, shapes))
    doubtful: list[str] = []
    for text, score, box in seen.prose:
        if score >= _LEAST:
            page.glyphs += spread(text, box, uncertain=score < CERTAIN)
            doubtful += [as_set(text)] * (score < CERTAIN)
    return Recognised(page, sum(glyph.uncertain for glyph in page.glyphs), tuple(doubtful))


def _bands(image: Any) -> list[tuple[int, int]]:
    """Rows of an image that hold text, in stretches with much white between them."""
    found: list[tuple[int, int]] = []
    for row in (image < _INK).any(axis=1).nonzero()[0].tolist():
        first, last = max(0, row - _ROOM), min(image.shape[0], row + _ROOM)
        if found and first - found[-1][1] < _WHITE:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def _lines(image: Any) -> list[tuple[str, float, Box]]:
    """Lines of text outside tables: text, certainty and place."""
    boxes: list[Box] = []
    for first, last in _bands(image):
        found = text_boxes(image[first:last])
        boxes += [(left, top + first, right, bottom + first) for left, top, right, bottom in found]
    read = read_lines([image[top:bottom, left:right] for left, top, right, bottom in boxes])
    return [(text, score, box) for (text, score), box in zip(read, boxes, strict=True)]
