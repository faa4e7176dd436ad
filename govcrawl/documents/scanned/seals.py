"""Red seals taken off a coloured scan, so that the print below them can be read."""

from __future__ import annotations

from typing import Any

_REDDER = 35  # than green and blue
_JOINED = 15  # pixels: a seal's signs and rim are one
_LEAST = 0.03  # of the picture's width; smaller red is print
_ROUND = 2.2  # times as wide as high, or the reverse: a red title is a line


def without_seals(image: Any) -> Any:
    """The grey picture of a coloured one (blue, green, red); where a seal is only what is not red is dark."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    red = image[:, :, 2].astype(np.int16)
    others = np.maximum(image[:, :, 0], image[:, :, 1]).astype(np.int16)
    mask = ((red - others) > _REDDER).astype(np.uint8)
    if not mask.any():
        return grey
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((_JOINED, _JOINED), np.uint8))
    for left, top, wide, high, _ in cv2.connectedComponentsWithStats(joined)[2][1:].tolist():
        small = min(wide, high) < _LEAST * image.shape[1]
        if not small and wide < _ROUND * high and high < _ROUND * wide:
            place = slice(top, top + high), slice(left, left + wide)
            grey[place] = np.maximum(grey[place], image[:, :, 2][place])
    return grey
