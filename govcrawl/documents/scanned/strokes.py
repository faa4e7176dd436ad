"""Cells with nothing but a stroke, which means none: told by its shape, for engines know it badly."""

from __future__ import annotations

from typing import Any, NamedTuple

_LOW = 0.3  # of a sign's height: a dash is no higher
_LONGEST = 2.8  # signs' heights: two full dashes
_EM = 0.75
_TWO = 1.5
_LEAST = 5.0  # pixels: a shorter one may be dirt
_SHORTEST = 0.22  # of a sign's height
_FLAT = 1.5  # times as wide as high
_WHOLE = 0.85  # of its columns hold ink
_HIGH = (0.65, 1.6)  # of a sign's height: a slash
_SLOPE = 0.15  # columns a row: no upright leans so far
_UPRIGHT = 0.09
_STRAIGHT = 0.8  # pixels from its own middle line
_EVEN = 1.6  # times the usual ink of a row: the flag or the foot of a one has more


class Stroke(NamedTuple):
    """What a stroke is taken for and whether that is certain."""

    text: str
    certain: bool


def stroke_of(picture: Any, ink: Any, size: int) -> Stroke | None:
    """The dash or slash that a line is; None for anything else.

    ``picture`` is the line's own grey, cut to the edges of its ``ink``; ``size`` is a full sign's height.
    """
    height, width = ink.shape
    if height <= _LOW * size:
        return _dash(picture, ink, size)
    if _HIGH[0] * size <= height <= _HIGH[1] * size and width <= 1.2 * height:
        return _slash(picture, ink)
    return None


def _dash(picture: Any, ink: Any, size: int) -> Stroke | None:
    height, width = ink.shape
    flat = width >= 1.8 * height or _extent(picture, 0) >= _FLAT * _extent(picture, 1)
    if not flat or width > _LONGEST * size or width < max(_SHORTEST * size, 3):
        return None
    text = "-" if width <= _EM * size else "—" if width <= _TWO * size else "——"
    return Stroke(text, width >= _LEAST and float(ink.any(axis=0).mean()) >= _WHOLE)


def _extent(picture: Any, axis: int) -> float:
    """Length of what is dark along an axis, in pixels and parts of them."""
    sums = _dark(picture).sum(axis=axis)
    return float(sums.sum() ** 2 / max(float((sums**2).sum()), 1e-6))


def _dark(picture: Any) -> Any:
    import numpy as np

    return np.clip(float(picture.max()) - picture.astype(np.float32) - 20, 0, None)


def _slash(picture: Any, ink: Any) -> Stroke | None:
    """A slash leans, is straight, and nowhere much thicker than elsewhere."""
    import numpy as np

    dark = _dark(picture) * ink
    rows = np.arange(ink.shape[0])
    sums = dark.sum(axis=1)
    if (sums <= 0).mean() > 0.1:
        return None
    rows, sums, dark = rows[sums > 0], sums[sums > 0], dark[sums > 0]
    middles = (dark * np.arange(ink.shape[1])).sum(axis=1) / sums
    slope, start = np.polyfit(rows, middles, 1)
    inner = slice(1, -1)
    off = float(np.abs(middles - (start + slope * rows))[inner].max())
    even = float(sums[inner].max()) <= _EVEN * float(np.median(sums))
    if -slope < _UPRIGHT or off > 2 * _STRAIGHT:
        return None
    return Stroke("/", -slope >= _SLOPE and off <= _STRAIGHT and even)
