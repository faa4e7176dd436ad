"""A page's image to a printed page: rules, and glyphs that say whether they are certain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from govcrawl.documents.printed import PrintedPage
from govcrawl.documents.scanned.cells import Cells, cells_in, glyphs_of
from govcrawl.documents.scanned.dashes import drawn_through
from govcrawl.documents.scanned.grey_seals import without_grey_seals
from govcrawl.documents.scanned.prose import ProseLine, prose_lines
from govcrawl.documents.scanned.readings import CERTAIN, shapes_of
from govcrawl.documents.scanned.ruling import as_set, ruled_page, spread, strokes_of
from govcrawl.documents.scanned.signs import Shapes
from govcrawl.documents.scanned.straight import POINTS, levelled
from govcrawl.documents.scanned.turned import is_poor, upright
from govcrawl.documents.scanned.watermarks import Cleared

_LEAST = 0.5
_TICKS = re.compile("[√✓✔☑Vv]{1,4}")
_VAIN = 2  # pages of a document that were turned and not read better: the others are badly printed, too


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page as recognised, in points at 150 dpi; ``doubtful`` are its lines of prose to be looked at."""

    page: PrintedPage
    uncertain: int
    doubtful: tuple[str, ...] = ()


class _Seen(NamedTuple):
    page: PrintedPage
    cells: Cells
    prose: list[ProseLine]


def recognised(image: Any) -> Recognised:
    """What is printed on a grey image."""
    return all_recognised([image])[0]


def all_recognised(images: Iterable[Any]) -> list[Recognised]:
    """What is printed on the grey images of a document: the signs of all pages tell what each of them is."""
    seen: list[_Seen] = []
    vain = 0
    for image in images:
        straight = levelled(image)
        own = _seen(straight)
        if vain < _VAIN and _is_poor(own):
            quarters = upright(straight.image)
            vain += not quarters
            own = _seen(_turned(straight, quarters)) if quarters else own
        seen.append(own)
    shapes = shapes_of(own.cells.lines for own in seen)
    return [_told(own, shapes) for own in seen]


def _is_poor(seen: _Seen) -> bool:
    return is_poor([*seen.cells.lines.first, *((line.text, line.score) for line in seen.prose)])


def _turned(page: Cleared, quarters: int) -> Cleared:
    """The page turned and levelled anew, its marks where they lay before that."""
    import cv2
    import numpy as np

    image, *masks = (np.ascontiguousarray(np.rot90(own, quarters)) for own in page)
    again = levelled(image)
    size = (again.image.shape[1], again.image.shape[0])
    return Cleared(again.image, *(cv2.resize(own, size, interpolation=cv2.INTER_NEAREST) for own in masks))


def _seen(page_image: Cleared) -> _Seen:
    straight = page_image.image
    unsealed = without_grey_seals(drawn_through(straight, strokes_of(straight)))
    straight = unsealed.image
    page, tables, unsure = ruled_page(straight, unsealed.seals)
    rest = straight.copy()
    for table in tables:
        left, right = round(table.xs[0] / POINTS) - 3, round(table.xs[-1] / POINTS) + 4
        top, bottom = round(table.ys[0] / POINTS) - 3, round(table.ys[-1] / POINTS) + 4
        rest[max(0, top) : bottom, max(0, left) : right] = 255
    return _Seen(page, cells_in(unsealed, tables, unsure, page_image), prose_lines(rest))


def _told(seen: _Seen, shapes: Shapes) -> Recognised:
    page = seen.page
    page.glyphs = list(glyphs_of(seen.cells, shapes))
    doubtful: list[str] = []
    for text, score, box in seen.prose:
        if _TICKS.fullmatch(text):  # by hand, beside the print: as a paragraph it would part a table's pages
            doubtful.append(text)
        elif score >= _LEAST:
            page.glyphs += spread(text, box, uncertain=score < CERTAIN)
            doubtful += [as_set(text)] * (score < CERTAIN)
    return Recognised(page, sum(glyph.uncertain for glyph in page.glyphs), tuple(doubtful))
