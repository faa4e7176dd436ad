"""Ink on a scan: where something is printed, and cells that hold none for sure."""

from __future__ import annotations

from typing import Any

DARKER = 45
"""Than the paper around it: five times the noise of a usual scan."""

_FIRM = 0.3  # of the print's darkness, when its neighbours' noise is averaged out: less is dirt
_PRINT = 0.75  # the place among all ink, from pale to dark, where the print's darkness is taken
_FAINT = 20  # darker than paper, when its neighbours' noise is averaged out
_SPECK = 5  # pixels of ink that are no sign: a point of small print has nine
_STRIP = 3  # pixels: what is no thicker and lies along a border is left of its rule
_FAINT_SIGN = 14
_AROUND = 41  # pixels: signs are smaller, the shade of a cell's edge is not
_SHADE = 0.75  # of the cell's usual light: edges may be darker


def ink_of(image: Any) -> Any:
    """Where something is printed, 1 or 0; specks of dirt and of noise left out."""
    import cv2
    import numpy as np

    calm = cv2.blur(image, (3, 3))
    # Noise would make the paper seem lighter than it is, and every dark grain of it a speck of ink.
    paper = cv2.medianBlur(cv2.dilate(calm, cv2.getStructuringElement(cv2.MORPH_RECT, (9, 9))), 21)
    ink = (cv2.subtract(paper, image) > DARKER).astype("uint8")
    if not ink.any():
        return ink
    dark = cv2.subtract(paper, calm)
    least = max(DARKER * 0.6, _FIRM * float(np.quantile(dark[ink > 0], _PRINT)))
    labels, stats = cv2.connectedComponentsWithStats(ink, connectivity=8)[1:3]
    firm = np.zeros(len(stats), np.uint8)
    firm[labels[(ink > 0) & (dark >= least)]] = 1
    kept = firm & (stats[:, cv2.CC_STAT_AREA] >= _SPECK).astype("uint8")
    kept[0] = 0
    return kept[labels]


def without_rules(ink: Any) -> Any:
    """The ink of a cell without remains of its own rules: thin strips and dots along the borders."""
    import cv2

    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    height, width = ink.shape
    kept = ink
    for number in range(1, count):
        left, top, wide, high, _ = stats[number].tolist()
        across = high <= _STRIP and (wide > 3 * high or high == 1) and (top == 0 or top + high == height)
        down = wide <= _STRIP and (high > 3 * wide or wide == 1) and (left == 0 or left + wide == width)
        if across or down:
            kept = kept * (labels != number)
    return kept


def is_surely_empty(cell: Any) -> bool:
    """Whether a cell's grey picture, its borders not included, holds not even faint signs."""
    import cv2
    import numpy as np

    if min(cell.shape) < 5:
        return True
    calm = cv2.blur(cell, (3, 3))
    around = np.maximum(cv2.medianBlur(cell, _AROUND), np.uint8(np.median(calm) * _SHADE))
    faint = (cv2.subtract(around, calm) > _FAINT).astype(np.uint8)
    stats = cv2.connectedComponentsWithStats(faint, connectivity=8)[2]
    return not any(area >= _FAINT_SIGN for area in stats[1:, cv2.CC_STAT_AREA].tolist())
