"""Grey seals over print: their strokes are all of one paleness, below which the print is seen as on paper."""

from __future__ import annotations

from typing import Any

_PALE = 0.6  # of the print's darkness
_PRINT = 0.75  # the place among all ink, from pale to dark, where the print's darkness is taken
_REACH = 5  # pixels: the soft edges of print lie so near to it
_JOINED = 35  # pixels: print in front of a seal's strokes parts them
_SIZE = (0.04, 0.5)  # of the image's width: two seals may touch; larger ones are grey rules of a table
_RULE = 40  # pixels of a straight stroke
_STRAIGHT = 0.5  # of a shape: more, and it is made of rules
_INK = 0.03  # of its box: less is dirt
_EVEN = 30  # levels between a seal's darker and paler parts; pale print is less even
_NOISE = 10


def without_grey_seals(image: Any) -> tuple[Any, Any]:
    """A grey image with its seals made white and the print on them kept, and where they were, 1 or 0."""
    import cv2
    import numpy as np

    from govcrawl.documents.scanned.ink import ink_of

    where = np.zeros_like(image)
    ink = ink_of(image)
    if not ink.any():
        return image, where
    dark = 255 - image
    print_ = ink * (dark >= _PALE * float(np.quantile(dark[ink > 0], _PRINT))).astype(np.uint8)
    pale = ink * (1 - cv2.dilate(print_, np.ones((_REACH, _REACH), np.uint8)))
    joined = cv2.dilate(pale, np.ones((_JOINED, _JOINED), np.uint8))
    labels, found = cv2.connectedComponentsWithStats(joined)[1:3]
    cleared = image
    for number, (left, top, wide, high, _) in enumerate(found.tolist()):
        if number == 0 or not _SIZE[0] <= (max(wide, high) - _JOINED) / image.shape[1] <= _SIZE[1]:
            continue
        place = slice(top, top + high), slice(left, left + wide)
        area = (labels[place] == number).astype(np.uint8)
        level = _level(image[place], pale[place] * area)
        if level is None:
            continue
        cleared = image.copy() if cleared is image else cleared
        near = cv2.dilate(pale[place] | print_[place], np.ones((_REACH, _REACH), np.uint8))
        seal = (area & near) > 0
        own = cleared[place]
        own[seal] = np.clip(own[seal].astype(np.float32) * (255 / level), 0, 255)
        where[place] |= seal
    return cleared, where


def _level(image: Any, strokes: Any) -> float | None:
    """The darkest grey of a seal's strokes; None where they are none of a seal."""
    import cv2
    import numpy as np

    area = int(strokes.sum())
    if area < _INK * strokes.size or min(strokes.shape) < _REACH:
        return None
    straight = np.zeros_like(strokes)
    for shape in ((1, _RULE), (_RULE, 1)):
        straight |= cv2.morphologyEx(strokes, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
    inner = cv2.erode(strokes, np.ones((3, 3), np.uint8)) > 0
    if straight.sum() > _STRAIGHT * area or not inner.any():
        return None
    lowest, highest = np.quantile(image[inner], (0.1, 0.9))
    return max(1.0, float(lowest) - _NOISE) if highest - lowest <= _EVEN else None


def may_hide_print(seals: Any) -> bool:
    """Whether something was taken off within a cell: a seal passes over its edges, a pale sign does not."""
    import cv2
    import numpy as np

    if not seals.any():
        return False
    count, labels = cv2.connectedComponents(seals, connectivity=8)
    edge = set(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]).tolist())
    return len(edge - {0}) < int(count) - 1
