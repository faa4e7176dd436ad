"""Print that leans: neither upright nor on its side, as the words of a watermark are."""

from __future__ import annotations

import math

_LEANS = (0.1, 0.9)  # of a quarter turn


def is_leaning(angle: float) -> bool:
    """Whether a character that is turned by so much, in radians, is a watermark's."""
    return _LEANS[0] < angle / (math.pi / 2) % 1 < _LEANS[1]
