"""A scan made grey, of a known size, and straight."""

from __future__ import annotations

from typing import Any

from govcrawl.errors import UnreadableDocument

POINTS = 72 / 150
"""Points of a pixel: images are brought to about 150 dpi, beyond which nothing is read better."""

LONGEST = 2_000
"""Pixels of the longer side of an image that is read; larger ones are made smaller."""

_SHORTEST = 24
_WANTED = 1_754
_TILT = 5.0


def levelled(image: Any) -> Any:
    """A grey image of at most 2,000 pixels on its longer side, turned by what its lines lean.

    Raises UnreadableDocument for one too small to hold text.
    """
    import cv2

    height, width = image.shape[:2]
    if min(height, width) < _SHORTEST:
        raise UnreadableDocument(f"image of {width} by {height} pixels is too small to hold text")
    if max(height, width) > LONGEST:
        scale = _WANTED / max(height, width)
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        image = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    tilt = _tilt(image)
    if abs(tilt) < 0.02:
        return image
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), tilt, 1)
    return cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)


def _tilt(image: Any) -> float:
    """Degrees by which the long straight lines of an image lean; 0 where it has none."""
    import cv2
    import numpy as np

    ink = cv2.threshold(image, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    found = cv2.HoughLinesP(ink, 1, np.pi / 3600, 200, minLineLength=image.shape[1] // 4, maxLineGap=10)
    if found is None:
        return 0.0
    lines = found.reshape(-1, 4)[:2_000]
    angles = np.degrees(np.arctan2(lines[:, 3] - lines[:, 1], lines[:, 2] - lines[:, 0]))
    flat = angles[np.abs(angles) < _TILT]
    return float(np.median(flat)) if len(flat) else 0.0
