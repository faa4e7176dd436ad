"""An image of several pages below each other, cut into pages where it is white over its whole width."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from govcrawl.documents.scanned.straight import LONGEST

_LONG = 1.6  # heights are in widths of the image: a page of A4 is 1.41 high
_WINDOWS = ((0.8, 1.5), (0.3, 0.8), (1.5, 100.0))
_LEAST = 12  # rows of a white band, which are more than there are between two lines of small text
_ROOM = 30
_INK = 0.65  # of the paper's light
_SPECKS = 400  # one dark pixel among so many is dirt

Band = tuple[int, int]


def pages_of(image: Any) -> list[Any]:
    """The pages of a grey image; one that is no longer than a page, or nowhere white, as it is.

    A longer one is made smaller before it is read, so that nothing in it could be told.
    """
    height, width = image.shape[:2]
    if height <= max(LONGEST, _LONG * width):
        return [image]
    bands = _white(image)
    pages: list[Any] = []
    start = max(0, bands[0][1] - _ROOM) if bands and bands[0][0] == 0 else 0
    while height - start > _LONG * width and (band := _cut(bands, start, width)):
        pages.append(image[start : min(band[0] + _ROOM, band[1])])
        start = max(band[1] - _ROOM, band[0])
    return pages if bands and bands[-1][0] <= start and pages else [*pages, image[start:]]


def _white(image: Any) -> list[Band]:
    """Stretches of rows without ink, from above."""
    import numpy as np

    dark = (image < _INK * float(np.percentile(image, 90))).sum(axis=1)
    inked = np.flatnonzero(dark > image.shape[1] // _SPECKS).tolist()
    edges = [-1, *inked, image.shape[0]]
    return [(a + 1, b) for a, b in pairwise(edges) if b - a > _LEAST]


def _cut(bands: list[Band], start: int, width: int) -> Band | None:
    """The white band behind the page that begins at ``start``: the widest one about a page below it."""
    for nearest, farthest in _WINDOWS:
        first, last = start + round(nearest * width), start + round(farthest * width)
        sizes = [(min(band[1], last) - max(band[0], first), band) for band in bands if band[0] > start]
        within = [(size, band) for size, band in sizes if size >= _LEAST]
        if within:
            return within[0][1] if farthest > _LONG else max(within)[1]
    return None
