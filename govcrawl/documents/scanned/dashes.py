"""Rules of dashes or dots on a scan, drawn through: what follows looks for strokes that go on."""

from __future__ import annotations

from typing import Any

_GAP = 9  # pixels from one dash to the next, at most
_LONG = (100, 60)  # pixels of a rule across and down: signs in a row make shorter ones
_THICK = 5
_SHARES = (0.3, 0.92)  # of such a rule is ink; of others all
_OFTEN = 40  # pixels that have one gap at least
_AWAY = (3, 7)  # pixels to the paper on both sides
_PAPER = 0.2  # of it has ink on it, of other rules and of signs that stand near


def drawn_through(image: Any, ink: Any) -> Any:
    """A grey image with its broken rules whole; ``ink`` is 255 where something is printed."""
    import numpy as np

    made = image.copy()
    found = _through(made, ink, _LONG[0])
    found |= _through(made.T, np.ascontiguousarray(ink.T), _LONG[1])
    return made if found else image


def _through(image: Any, ink: Any, long: int) -> bool:
    """Draw rules across through on the image, and say whether there are any."""
    import cv2
    import numpy as np

    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, _GAP), np.uint8))
    whole = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    labels, stats = cv2.connectedComponentsWithStats(whole, connectivity=8)[1:3]
    found = False
    for number, (left, top, wide, high, _) in enumerate(stats.tolist()):
        if number == 0 or high > _THICK:
            continue
        place = slice(top, top + high), slice(left, left + wide)
        own, held = labels[place] == number, ink[place] > 0
        seen = (own & held).any(axis=0)
        if not _SHARES[0] <= seen.mean() <= _SHARES[1] or not _is_alone(ink, left, top, wide, high):
            continue
        if int((seen[:-1] & ~seen[1:]).sum()) * _OFTEN < wide:
            continue
        gaps = own & ~held
        image[place][gaps] = np.minimum(image[place][gaps], round(float(np.median(image[place][own & held]))))
        found = True
    return found


def _is_alone(ink: Any, left: int, top: int, wide: int, high: int) -> bool:
    """Whether paper lies above and below a rule."""
    columns = slice(left, left + wide)
    above = ink[max(0, top - _AWAY[1]) : max(0, top - _AWAY[0]), columns]
    below = ink[top + high + _AWAY[0] : top + high + _AWAY[1], columns]
    return all(not side.size or float((side > 0).any(axis=0).mean()) <= _PAPER for side in (above, below))
