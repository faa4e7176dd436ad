"""Pages of an OFD file whose characters are private to its fonts: drawn with these fonts, and recognised."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from govcrawl.documents.printed import Glyph, PrintedPage
from govcrawl.documents.scanned.ofd_resources import resource_files
from govcrawl.documents.scanned.page import Recognised, all_recognised
from govcrawl.documents.scanned.pdf_pages import MAX_PAGES
from govcrawl.documents.scanned.straight import POINTS
from govcrawl.documents.zipped import Zipped
from govcrawl.errors import UnreadableDocument

PRIVATE_SHARE = 0.05
"""Of a file's characters: more that are private to its fonts make it unreadable as text."""

_BASE_LINE = 0.85
_NOTHING = "\uffff"  # no font has it: what is drawn for it stands for all that are not there
_MOST_PIXELS = 3_000
_MOST_SHAPES = 0.2


def is_private(glyph: Glyph) -> bool:
    """Whether a character means something in its own font only."""
    return "\ue000" <= glyph.text <= "\uf8ff"


def recognised_glyphs(parts: Zipped, pages: Sequence[PrintedPage]) -> dict[int, Recognised]:
    """Pages with private characters by their numbers, no more than MAX_PAGES of them.

    Raises UnreadableDocument where the file holds no shapes of its characters.
    """
    fonts = {number: parts.read(name) for number, name in font_files(parts).items()}
    private = [number for number, page in enumerate(pages) if any(map(is_private, page.glyphs))]
    chosen = private[:MAX_PAGES]
    return dict(zip(chosen, all_recognised(_drawn(pages[number], fonts) for number in chosen), strict=True))


def font_files(parts: Zipped) -> dict[str, str]:
    """Names of the font files by the number of their font."""
    return resource_files(parts, "Font", "FontFile")


def _drawn(page: PrintedPage, fonts: dict[str, bytes | None]) -> Any:
    """A grey image of the page at 150 dpi: its rules, and its characters in their own shapes."""
    import numpy as np
    from PIL import Image, ImageDraw

    size = [min(_MOST_PIXELS, max(1, round(length / POINTS))) for length in (page.width, page.height)]
    image = Image.new("L", (size[0], size[1]), 255)
    draw = ImageDraw.Draw(image)
    for rule in page.across:
        draw.line([rule.start / POINTS, rule.at / POINTS, rule.end / POINTS, rule.at / POINTS], 0, 2)
    for rule in page.down:
        draw.line([rule.at / POINTS, rule.start / POINTS, rule.at / POINTS, rule.end / POINTS], 0, 2)
    lost = 0
    for glyph, number in zip(page.glyphs, page.fonts, strict=True):
        high = (glyph.bottom - glyph.top) / POINTS
        font = _font(fonts.get(number), max(1, min(_MOST_PIXELS, round(high))))
        if font is None or not _has(font, glyph.text):
            lost += 1
            continue
        place = (glyph.left / POINTS, glyph.top / POINTS + _BASE_LINE * high)
        draw.text(place, glyph.text, 0, font, anchor="ls")
    if lost > _MOST_SHAPES * len(page.glyphs):
        raise UnreadableDocument(
            f"OFD file with {lost} characters of a page that are neither named nor drawn by its fonts; "
            "ask the office for a PDF"
        )
    return np.array(image)


@lru_cache(maxsize=64)
def _font(content: bytes | None, size: int) -> Any:
    from PIL import ImageFont

    if content is None:
        return None
    try:
        return ImageFont.truetype(io.BytesIO(content), size)
    except OSError:  # no font that can be drawn: its characters count as lost
        return None


def _has(font: Any, sign: str) -> bool:
    shape, nothing = font.getmask(sign), font.getmask(_NOTHING)
    return bool(shape.getbbox()) and (shape.size != nothing.size or bytes(shape) != bytes(nothing))
