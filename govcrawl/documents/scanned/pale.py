"""Pale strokes that pass through cells, of grey seals and marks: taken out, and the cells touched named."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from govcrawl.documents.scanned.lines import Box

_PALE = 0.55  # of the print's darkness
_REACH = 5  # pixels: the soft edges of print lie so near to it
_MUCH = 15  # pixels of pale ink beside the print: more is no dirt
_ROOM = 8  # pixels from print to a seal: what is left of its edge lies nearer to where it was
_PRINT = 0.75  # the place among all ink, from pale to dark, where the print's darkness is taken


class Cleaned(NamedTuple):
    """An image without passing strokes, its ink, the cells they passed through, and what is pale still."""

    image: Any
    ink: Any
    touched: frozenset[Box]
    pale: Any


def without_passing_strokes(image: Any, ink: Any, cells: Iterable[Box]) -> Cleaned:
    """The image and its ink without pale strokes that come in over a cell's edge."""
    import cv2
    import numpy as np

    dark = 255 - image
    inside = np.zeros_like(ink)
    boxes = list(cells)
    for left, top, right, bottom in boxes:
        inside[top:bottom, left:right] = 1
    printed = dark[(ink & inside) > 0]
    if not printed.size:
        return Cleaned(image, ink, frozenset(), np.zeros_like(ink))
    least = _PALE * float(np.quantile(printed, _PRINT))
    near = cv2.dilate(ink * (dark >= least).astype(np.uint8), np.ones((_REACH, _REACH), np.uint8))
    pale = ink * (1 - near) * inside
    image, ink, touched = image.copy(), ink.copy(), set()
    for box in boxes:
        left, top, right, bottom = box
        own = pale[top:bottom, left:right]
        if not own.any():
            continue
        labels = cv2.connectedComponents(own, connectivity=8)[1]
        edge = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
        passing = np.isin(labels, edge[edge > 0])
        if passing.any():
            touched.add(box)
            soft = cv2.dilate(passing.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
            soft &= near[top:bottom, left:right] == 0
            image[top:bottom, left:right][soft] = 255
            ink[top:bottom, left:right][passing] = 0
            own[passing] = 0
    return Cleaned(image, ink, frozenset(touched), pale)


def is_partly_pale(pale: Any, box: Box) -> bool:
    """Whether pale ink stands in a line that is no part of its print."""
    left, top, right, bottom = box
    return int(pale[top:bottom, left:right].sum()) >= _MUCH


def is_sealed(seals: Any, pale: Any, box: Box) -> bool:
    """Whether a seal was taken off a line or near to it, or pale ink in the line may be left of one."""
    left, top, right, bottom = box
    around = seals[max(0, top - _ROOM) : bottom + _ROOM, max(0, left - _ROOM) : right + _ROOM]
    return bool(around.any()) or bool(pale[top:bottom, left:right].any())
