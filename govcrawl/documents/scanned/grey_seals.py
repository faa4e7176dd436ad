"""Grey seals over print: their strokes are all of one paleness, below which the print is seen as on paper."""

from __future__ import annotations

from typing import Any, NamedTuple

from govcrawl.documents.scanned.round_seals import without_round_seals

_PALE = 0.6  # of the print's darkness
_PRINT = 0.75  # the place among all ink, from pale to dark, where the print's darkness is taken
_REACH = 5  # pixels: the soft edges of print lie so near to it
_JOINED = 35  # pixels: print in front of a seal's strokes parts them
_GRAIN = 48  # pixels: smaller pieces are soft edges of print, which would join a seal to all signs near
_SIZE = (0.04, 0.5)  # of the image's width: two seals may touch; larger ones are grey rules of a table
_RULE = 40  # pixels of a straight stroke
_STRAIGHT = 0.5  # of a shape: more, and it is made of rules
_INK = 0.03  # of its box: less is dirt
_EVEN = 30  # levels between a seal's darker and paler parts; pale print is less even
_NOISE = 10
_EDGE = 3  # pixels: soft edges and hairlines of print, somewhere as grey as a seal, are thinner
_PRINTED = 7  # pixels: print in front of a seal is no broader


class Unsealed(NamedTuple):
    """A grey image with its seals made white and the print on them kept, and where they were, 1 or 0.

    ``bold`` is the image with nothing around its seals but what is clearly darker than they are.
    ``others`` are those that were not seen to be round; ``lost`` is 1 where something may have been print.
    """

    image: Any
    seals: Any
    bold: Any
    others: Any
    lost: Any


def without_grey_seals(image: Any) -> Unsealed:
    """The image without its seals."""
    import numpy as np

    from govcrawl.documents.scanned.ink import ink_of

    where = np.zeros_like(image)
    ink = ink_of(image)
    if not ink.any():
        return Unsealed(image, where, image, where, where)
    darkest = float(np.quantile(255 - image[ink > 0], _PRINT))
    round_ = without_round_seals(image, ink, _without_grains, darkest)
    if round_ is not None:
        ink = ink * (1 - round_.known)
        rest = _without_others(round_.image, round_.bold, ink, darkest)
        return rest._replace(seals=rest.seals | round_.seals, lost=round_.lost)
    return _without_others(image, image, ink, darkest)


def _without_others(image: Any, print_alone: Any, ink: Any, darkest: float) -> Unsealed:
    """The image without seals of any form, which are seen by the paleness of their strokes."""
    import cv2
    import numpy as np

    where = np.zeros_like(image)
    dark = 255 - image
    print_ = ink * (dark >= _PALE * darkest).astype(np.uint8)
    pale = ink * (1 - cv2.dilate(print_, np.ones((_REACH, _REACH), np.uint8)))
    joined = cv2.dilate(_without_grains(pale), np.ones((_JOINED, _JOINED), np.uint8))
    labels, found = cv2.connectedComponentsWithStats(joined)[1:3]
    cleared, bold = image, print_alone
    for number, (left, top, wide, high, _) in enumerate(found.tolist()):
        if number == 0 or not _SIZE[0] <= (max(wide, high) - _JOINED) / image.shape[1] <= _SIZE[1]:
            continue
        place = (
            slice(max(0, top - _JOINED), top + high + _JOINED),
            slice(max(0, left - _JOINED), left + wide + _JOINED),
        )
        area = (labels[place] == number).astype(np.uint8)
        levels = _levels(image[place], pale[place] * area, wide * high)
        if levels is None:
            continue
        if cleared is image:
            cleared, bold = image.copy(), print_alone.copy()
        near = cv2.dilate(area, np.ones((2 * _JOINED, 2 * _JOINED), np.uint8))
        bold[place][(near > 0) & (image[place] > (255 - darkest + levels[0]) / 2)] = 255
        seal = _covered(image[place], near, levels) > 0
        own = cleared[place]
        own[seal] = np.clip(own[seal].astype(np.float32) * (255 / levels[0]), 0, 255)
        where[place] |= seal
    return Unsealed(cleared, where, bold, where, np.zeros_like(where))


def _covered(image: Any, near: Any, levels: tuple[float, float]) -> Any:
    """Where a seal lies, ``near`` to its strokes: what is as grey as they are, and the print between."""
    import cv2
    import numpy as np

    alike = near * ((image >= levels[0]) & (image <= levels[1])).astype(np.uint8)
    broad = cv2.morphologyEx(alike, cv2.MORPH_OPEN, np.ones((_EDGE, _EDGE), np.uint8))
    broad |= alike & cv2.dilate(broad, np.ones((_REACH, _REACH), np.uint8))
    whole = cv2.morphologyEx(broad, cv2.MORPH_CLOSE, np.ones((_PRINTED, _PRINTED), np.uint8))
    return cv2.dilate(whole, np.ones((_REACH, _REACH), np.uint8))


def _without_grains(pale: Any) -> Any:
    """Pale ink without thin rules and specks, which would join a seal to all print near."""
    import cv2
    import numpy as np

    straight = _straight(pale)
    thin = straight & (1 - cv2.morphologyEx(straight, cv2.MORPH_OPEN, np.ones((_REACH, _REACH), np.uint8)))
    pale = pale & (1 - thin)
    labels, found = cv2.connectedComponentsWithStats(pale, connectivity=8)[1:3]
    kept = (found[:, cv2.CC_STAT_AREA] >= _GRAIN).astype(np.uint8)
    kept[0] = 0
    return kept[labels]


def _levels(image: Any, strokes: Any, held: int) -> tuple[float, float] | None:
    """The darkest and the lightest grey of a seal's strokes; None where they are none of a seal."""
    import cv2
    import numpy as np

    area = int(strokes.sum())
    if area < _INK * held or min(strokes.shape) < _REACH:
        return None
    inner = cv2.erode(strokes, np.ones((3, 3), np.uint8)) > 0
    if _straight(strokes).sum() > _STRAIGHT * area or not inner.any():
        return None
    lowest, highest = np.quantile(image[inner], (0.1, 0.9))
    if highest - lowest > _EVEN:
        return None
    return max(1.0, float(lowest) - _NOISE), float(highest) + _NOISE


def _straight(strokes: Any) -> Any:
    import cv2
    import numpy as np

    across = cv2.morphologyEx(strokes, cv2.MORPH_OPEN, np.ones((1, _RULE), np.uint8))
    down = cv2.morphologyEx(strokes, cv2.MORPH_OPEN, np.ones((_RULE, 1), np.uint8))
    return across | down


def may_hide_print(others: Any, lost: Any) -> bool:
    """Whether something was taken off within a cell that may have been print.

    A seal that was not seen to be round passes over the cell's edges, a pale sign does not.
    """
    import cv2
    import numpy as np

    if lost.any():
        return True
    if not others.any():
        return False
    count, labels = cv2.connectedComponents(others, connectivity=8)
    edge = set(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]).tolist())
    return len(edge - {0}) < int(count) - 1
