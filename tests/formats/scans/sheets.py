"""A sheet of numbers between rules, drawn without any font of the machine's."""

from __future__ import annotations

from typing import Any


def sheet(text: str, columns: int, rows: int, *, minus: bool = False) -> Any:
    """A table with a text in every cell, perhaps behind a minus, in a margin of 100 pixels; cells are 100 by 50."""
    import cv2
    import numpy as np

    right, bottom = 100 + 100 * columns, 100 + 50 * rows
    image = np.full((bottom + 100, right + 100), 255, np.uint8)
    for x in range(100, right + 1, 100):
        cv2.line(image, (x, 100), (x, bottom), 20, 2)
    for y in range(100, bottom + 1, 50):
        cv2.line(image, (100, y), (right, y), 20, 2)
    for x in range(138, right, 100):
        for y in range(134, bottom, 50):
            cv2.putText(image, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 20, 2, cv2.LINE_AA)
            if minus:
                image[y - 10 : y - 7, x - 14 : x - 4] = 20
    return image
