"""Watermarks as offices put them over all of a page: large slanted words, half as dark as print."""

from __future__ import annotations

from random import Random
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from tests.formats.scans.pages import HANZI
from tests.formats.scans.wear import Wear, pressed

_WORDS = "政府信息公开"
_SLANT = 30
_FACE = 2  # of the faces in a collection of Noto
_APART = (900, 400)


def marked(grey: int, size: int = 150) -> Wear:
    """What scans a page under words of this size in this grey."""

    def scanned(image: Any, rng: Random) -> Any:
        import numpy as np

        high, wide = image.shape
        words = Image.new("L", (2 * wide, 2 * high), 255)
        font = ImageFont.truetype(str(HANZI["sans"]), size, index=_FACE)
        for y in range(0, 2 * high, _APART[1]):
            for x in range(0, 2 * wide, _APART[0]):
                ImageDraw.Draw(words).text((x, y), _WORDS, grey, font)
        slanted = np.array(words.rotate(_SLANT))
        top, left = high // 2, wide // 2
        return pressed(np.minimum(image, slanted[top : top + high, left : left + wide]), rng, 75)

    return scanned
