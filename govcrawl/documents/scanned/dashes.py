"""Rules of dashes or dots on a scan, drawn through: what follows looks for strokes that go on."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

_GAP = 9  # pixels from one dash to the next, at most
_LONG = (100, 60)  # pixels of a rule across and down: signs in a row make shorter ones
_THICK = 5
_SHARES = (0.3, 0.92)  # of such a rule is ink; of others all
_OFTEN = 40  # pixels that have one gap at least
_AWAY = (3, 7)  # pixels to the paper on both sides
_PAPER = 0.2  # of it has ink on it, of other rules and of signs that stand near
_TOUCHED = 0.3  # of the dashes are touched by something that is no rule, at most: signs' strokes are
_PAIRS = 2  # dashes next to each other that touch nothing, at least: rows of ones have rules between them
_REACH = 5  # pixels beside its rule: no farther goes a dash, where its rule was found too thin
_CROSSING = 36  # pixels across the rule: higher than signs


def drawn_through(image: Any, ink: Any) -> Any:
    """A grey image with its broken rules whole; ``ink`` is 255 where something is printed."""
    import numpy as np

    made = image.copy()
    ruled = ink.copy()
    found = _through(made, ink, ruled, _LONG[0])
    found |= _through(made.T, np.ascontiguousarray(ink.T), np.ascontiguousarray(ruled.T), _LONG[1])
    return made if found else image


def _through(image: Any, ink: Any, ruled: Any, long: int) -> bool:
    """Draw rules across through, also on ``ruled``, the ink with what is drawn so far; say whether any is."""
    import cv2
    import numpy as np

    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, _GAP), np.uint8))
    whole = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    labels, stats = cv2.connectedComponentsWithStats(whole, connectivity=8)[1:3]
    crossing = cv2.morphologyEx(ruled, cv2.MORPH_OPEN, np.ones((_CROSSING, 1), np.uint8)) > 0
    drawn = []
    for number, (left, top, wide, high, _) in enumerate(stats.tolist()):
        if number == 0 or high > _THICK:
            continue
        place = slice(top, top + high), slice(left, left + wide)
        own, held = labels[place] == number, ink[place] > 0
        seen = (own & held).any(axis=0)
        if not _SHARES[0] <= seen.mean() <= _SHARES[1] or not _is_alone(ink, left, top, wide, high):
            continue
        often = int((seen[:-1] & ~seen[1:]).sum()) * _OFTEN >= wide
        if often and _are_dashes(ruled, crossing, place, own & held):
            drawn.append((place, own & held, own & ~held))
    for place, dashes, gaps in drawn:
        image[place][gaps] = np.minimum(image[place][gaps], round(float(np.median(image[place][dashes]))))
        ruled[place][gaps] = 255
    return bool(drawn)


def _are_dashes(ink: Any, crossing: Any, place: tuple[slice, slice], own: Any) -> bool:
    """Whether a rule's ink is of dashes that stand free or cross rules, and no strokes of signs in line."""
    import cv2
    import numpy as np

    down, along = place
    top = max(0, down.start - _REACH)
    around = slice(top, down.stop + _REACH), along
    labels, stats = cv2.connectedComponentsWithStats(np.ascontiguousarray(ink[around]), connectivity=8)[1:3]
    dashes, firsts = np.unique(labels[down.start - top : down.stop - top].T[own.T], return_index=True)
    rules = set(np.unique(labels[crossing[around]]).tolist())
    states = []
    for number in dashes[np.argsort(firsts)].tolist():
        first, high = int(stats[number, cv2.CC_STAT_TOP]), int(stats[number, cv2.CC_STAT_HEIGHT])
        free = first > 0 and first + high < len(labels)
        states.append("free" if free else "crossing" if number in rules else "touched")
    pairs = sum(pair == ("free", "free") for pair in pairwise(states))
    return pairs >= _PAIRS and states.count("touched") <= _TOUCHED * len(states)


def _is_alone(ink: Any, left: int, top: int, wide: int, high: int) -> bool:
    """Whether paper lies above and below a rule."""
    columns = slice(left, left + wide)
    above = ink[max(0, top - _AWAY[1]) : max(0, top - _AWAY[0]), columns]
    below = ink[top + high + _AWAY[0] : top + high + _AWAY[1], columns]
    return all(not side.size or float((side > 0).any(axis=0).mean()) <= _PAPER for side in (above, below))
