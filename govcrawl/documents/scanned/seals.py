"""Red and blue seals taken off a coloured scan, so that the print below them can be read."""

from __future__ import annotations

from typing import Any

_CLEARER = 35  # red or blue, than the two other colours
_JOINED = 15  # pixels: a seal's signs and rim are one
_RULE = 0.2  # of the picture's width: straight strokes of seals are shorter
_EDGE = 9  # pixels: the colours of a JPEG are softer than its greys
_LEVEL = 0.85  # of a seal's usual light: its ink is nowhere much darker than that, print below it is
# Of the picture's width; smaller red is print or written by hand, as blue is more often.
_LEAST = {2: 0.06, 0: 0.1}
_MOST = 0.5  # of the picture's longer side; larger red is a table's rules
_ROUND = 2.2  # times as wide as high, or the reverse: a red title is a line


def without_seals(image: Any) -> Any:
    """The grey picture of a coloured one (blue, green, red); in seals only other colours are dark."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    for colour, least in _LEAST.items():
        light = image[:, :, colour]
        others = np.maximum(image[:, :, 2 - colour], image[:, :, 1])
        mask = (cv2.subtract(light, others) > _CLEARER).astype(np.uint8)
        if not mask.any():
            continue
        mask &= 1 - _rules(mask)
        joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((_JOINED, _JOINED), np.uint8))
        for left, top, wide, high, _ in cv2.connectedComponentsWithStats(joined)[2][1:].tolist():
            small = min(wide, high) < least * image.shape[1]
            large = max(wide, high) > _MOST * max(grey.shape)
            if not small and not large and wide < _ROUND * high and high < _ROUND * wide:
                place = slice(top, top + high), slice(left, left + wide)
                grey[place] = _cleared(grey[place], light[place], mask[place])
    return grey


def _rules(mask: Any) -> Any:
    """Coloured rules of a table, which are longer than a seal is wide."""
    import cv2
    import numpy as np

    long = round(_RULE * mask.shape[1])
    across = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    down = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((long, 1), np.uint8))
    return cv2.dilate(across | down, np.ones((3, 3), np.uint8))


def _cleared(grey: Any, light: Any, mask: Any) -> Any:
    """What is seen through a seal by its own light, where its ink, somewhat darker than paper, is made white.

    Print below it is dark by all light, but a JPEG blurs colours: there it may be seen in grey alone.
    """
    import cv2
    import numpy as np

    seen = np.maximum(grey, light)
    near = cv2.dilate(mask, np.ones((_EDGE, _EDGE), np.uint8)) > 0
    lit = [own[near] * (255 / max(1.0, _LEVEL * float(np.median(own[mask > 0])))) for own in (seen, grey)]
    seen[near] = np.clip(np.minimum(*lit), 0, 255)
    return seen
