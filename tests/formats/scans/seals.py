"""Seals as offices have them: a rim, a ring of signs, a star, ink that did not take everywhere."""

from __future__ import annotations

import math
from random import Random
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from tests.formats.scans.pages import HANZI

_NAME = "临水县长洲镇人民政府"
_RED = (70, 60, 215)  # blue, green, red of its ink
_SIMPLIFIED = 2  # of the faces in a collection of Noto


def sealed_in_red(image: Any, rng: Random) -> Any:
    """A page scanned in colour with two red seals over it, as the reader sees its JPEG."""
    import cv2
    import numpy as np

    from govcrawl.documents.scanned.image import decoded

    share = 1 - np.array(_RED, np.float32) / 255
    coloured = image[..., None].astype(np.float32) * (1 - _cover(image.shape, rng)[..., None] * share)
    made = cv2.imencode(".jpg", np.clip(coloured, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 75])[1]
    return decoded(made.tobytes())[0]


def sealed_in_grey(image: Any, rng: Random) -> Any:
    """The same scanned in grey, where a red seal is half as dark as print."""
    import numpy as np

    from tests.formats.scans.wear import pressed

    covered = image * (1 - _cover(image.shape, rng) * (1 - 120 / 255))
    return pressed(np.clip(covered, 0, 255).astype(np.uint8), rng, 75)


def _cover(shape: tuple[int, int], rng: Random) -> Any:
    """How much of the light two seals take, from 0 to 1."""
    import numpy as np

    high, wide = shape
    size = round(0.135 * high)
    cover = np.zeros(shape, np.float32)
    for _ in range(2):
        x, y = rng.randint(0, wide - size), rng.randint(high // 5, high - size)
        own = cover[y : y + size, x : x + size]
        np.maximum(own, _seal(size, rng), out=own)
    return cover


def _seal(size: int, rng: Random) -> Any:
    import cv2
    import numpy as np

    image = Image.new("L", (size, size), 0)
    draw, middle = ImageDraw.Draw(image), size / 2
    draw.ellipse([2, 2, size - 3, size - 3], outline=255, width=max(2, size // 32))
    draw.polygon([_at(middle, (0.3, 0.115)[n % 2], math.pi * (n / 5 - 0.5)) for n in range(10)], fill=255)
    font = ImageFont.truetype(str(HANZI["serif"]), int(0.13 * size), index=_SIMPLIFIED)
    room = int(0.16 * size)
    for number, sign in enumerate(_NAME):
        angle = math.pi * (1.2 * number / (len(_NAME) - 1) - 1.1)
        own = Image.new("L", (room, room), 0)
        ImageDraw.Draw(own).text((room / 2, room / 2), sign, 255, font, anchor="mm")
        own = own.rotate(-math.degrees(angle) - 90, resample=Image.Resampling.BICUBIC)
        x, y = _at(middle, 0.76, angle)
        image.paste(255, (int(x - room / 2), int(y - room / 2)), own)
    grain = np.random.default_rng(rng.randrange(10**6)).random((size, size)).astype(np.float32)
    taken = cv2.GaussianBlur(grain, (0, 0), 1.2)
    taken = (taken - taken.mean()) / taken.std()
    return np.array(image).astype(np.float32) / 255 * np.clip(0.92 + 0.06 * taken, 0, 1)


def _at(middle: float, share: float, angle: float) -> tuple[float, float]:
    return middle + share * middle * math.cos(angle), middle + share * middle * math.sin(angle)
