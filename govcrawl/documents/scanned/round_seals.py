"""Round seals scanned in grey, taken off by their rims: what is nowhere as dark as print is their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from govcrawl.documents.scanned.rims import REACH, Rim, rims_in

_PRINTED = 0.72  # of the print's darkness: less may be a seal's ink
_REACH = 5  # pixels: the soft edges of print lie so near to it
_SOFT = 5  # pixels: the same below a seal, where they are seen better
# Levels darker than a seal's ink, which is not of one grey everywhere; as many as print allows.
_FIRM = (30, 22, 15)
_EVEN = 30  # levels from a seal's usual grey
_CORE = 0.5  # times as much of the ink of print is so dark as usual
_SIGN = 36  # pixels: larger pieces may be several signs, and the seal's between them
_DENSE = 1.6  # times that, around a place: print that a seal's signs touch
_AROUND = 15
_CORED = 2  # pixels of it: less is noise
_OPEN = 0.4  # of a star has no print in front of it
_BROAD = 5  # pixels: a seal's star is broader
_COVER = 7  # pixels: print in front of it is no broader
_INK = 22  # levels below paper of what is print or a seal's own
_SEEN = 20  # levels that are a change
_RULE = 40  # pixels of a straight stroke
_SPECK = 5
_STRAY = 3  # pieces nowhere dark that a page may have beside its seals: more, and its print may be so pale
_PALE = 0.1  # of the pieces: more, and print is not told from seals
_FLAT = 2  # times as wide as high
_MARK = (25, 6)  # pixels: a minus or a point is no wider or higher
_BESIDE = 25  # pixels: a number lies so near to its minus or point
_ROOM = 5


class Cleared(NamedTuple):
    """An image without its round seals, 1 where they were and 1 where what was taken off is like a minus or a
    point of print, the image of print alone, and 1 where its seals are known.
    """

    image: Any
    seals: Any
    lost: Any
    bold: Any
    known: Any


def without_round_seals(image: Any, ink: Any, pale: Any, darkest: float) -> Cleared | None:
    """The image without its round seals; None without any, or where print is as pale as they are.

    ``darkest`` is the darkness of print; ``pale`` takes specks and rules off ink.
    """
    import cv2
    import numpy as np

    printed = ink * (255 - image >= _PRINTED * darkest).astype(np.uint8)
    rest = pale(ink * (1 - cv2.dilate(printed, np.ones((_REACH, _REACH), np.uint8))))
    rims = rims_in(image, rest, printed)
    if not rims:
        return None
    beyond = _beyond(ink, rims)
    least = min(rim.level for rim in rims)
    shares = {levels: _pale_share(image, beyond, least - levels) for levels in _FIRM}
    firm = next((levels for levels, share in shares.items() if not share), _FIRM[-1])
    if shares[firm] > _PALE:
        return None
    seals, lost, known = (np.zeros_like(image) for _ in range(3))
    cleared = Cleared(image.copy(), seals, lost, image.copy(), known)
    signs = image[(beyond & (1 - _rules(beyond))) > 0]
    for rim in rims:
        dark = rim.level - firm
        _take_off(rim, dark, _CORE * float((signs < dark).mean()), cleared, told=not shares[firm])
    return cleared


def _beyond(ink: Any, rims: Sequence[Rim]) -> Any:
    """The ink that is not within seals."""
    import cv2

    rest = ink.copy()
    for rim in rims:
        cv2.circle(rest, (round(rim.x), round(rim.y)), round(rim.radius + REACH), 0, -1)
    return rest


def _pale_share(image: Any, ink: Any, level: float) -> float:
    """The share of the pieces of ink that are nowhere darker than a level; none where those are mere dirt."""
    import cv2
    import numpy as np

    labels, found = cv2.connectedComponentsWithStats(ink, connectivity=8)[1:3]
    wide, high, area = (found[1:, at] for at in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    pieces = area >= _SPECK
    pale = pieces & (np.bincount(labels[image < level], minlength=len(found))[1:] < _CORED)
    flat = pale & (wide >= _FLAT * high)  # as a minus is
    if pale.sum() <= _STRAY < pieces.sum() and not flat.any():
        return 0.0
    return float(pale.sum()) / max(1, int(pieces.sum()))


def _rules(core: Any) -> Any:
    import cv2
    import numpy as np

    found = np.zeros_like(core)
    for shape in ((1, _RULE), (_RULE, 1)):
        found |= cv2.morphologyEx(core, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
    return cv2.dilate(found, np.ones((3, 3), np.uint8))


def _take_off(rim: Rim, dark: float, share: float, cleared: Cleared, *, told: bool) -> None:
    import cv2
    import numpy as np

    reach = round(rim.radius) + REACH
    top, left = max(0, round(rim.y) - reach), max(0, round(rim.x) - reach)
    place = slice(top, round(rim.y) + reach), slice(left, round(rim.x) + reach)
    own = cleared.image[place]
    rows, columns = np.mgrid[top : top + own.shape[0], left : left + own.shape[1]]
    away = np.hypot(columns - rim.x, rows - rim.y) - rim.radius
    held = np.nonzero(rim.profile < 255 - _SEEN)[0]
    disc = away <= held.max() - REACH + 2
    lit, broad = _lit(own, rim, away, disc)
    printed, gone = _parted(lit, dark, share, disc)
    new = np.where(disc, np.where(printed, lit, 255), own).astype(np.uint8)
    changed = broad | disc & (cv2.absdiff(new, own) > _SEEN)
    cleared.seals[place] |= cv2.dilate(changed.astype(np.uint8), np.ones((3, 3), np.uint8))
    cleared.lost[place] |= _marks(gone & ~broad, printed & (lit < rim.level)) if told else gone
    cleared.known[place] |= disc
    bold = cleared.bold[place]
    bold[disc] = np.where(new > (255 + rim.level) / 2 - _EVEN, 255, new)[disc]
    own[...] = new


def _lit(own: Any, rim: Rim, away: Any, disc: Any) -> tuple[Any, Any]:
    """What would be seen without the rim and the star, which let some light through, and where they are."""
    import cv2
    import numpy as np

    through = np.minimum.reduce([np.roll(rim.profile, step) for step in (-1, 0, 1)])
    passed = np.interp(away, np.arange(-REACH, REACH + 1), through, left=255, right=255)
    alike = (disc & (cv2.absdiff(own, np.full_like(own, round(rim.level))) <= _EVEN)).astype(np.uint8)
    front = disc & (own < rim.level - _EVEN)
    broad = cv2.morphologyEx(
        alike | front.astype(np.uint8), cv2.MORPH_OPEN, np.ones((_BROAD, _BROAD), np.uint8)
    )
    labels, found = cv2.connectedComponentsWithStats(broad, connectivity=8)[1:3]
    seal = np.bincount(labels[alike > 0], minlength=len(found)) >= _OPEN * found[:, cv2.CC_STAT_AREA]
    seal[0] = False
    broad = cv2.morphologyEx(
        seal[labels].astype(np.uint8), cv2.MORPH_CLOSE, np.ones((_COVER, _COVER), np.uint8)
    )
    broad = cv2.dilate(broad, np.ones((3, 3), np.uint8)) > 0
    passed = np.where(broad, np.minimum(passed, rim.level), passed)
    return np.clip(own * (255 / np.maximum(passed, 1)), 0, 255), disc & (passed < 255 - _SEEN)


def _parted(lit: Any, dark: float, share: float, disc: Any) -> tuple[Any, Any]:
    """Where in a disc print and the white around it lie, and the ink that is none.

    A sign of print that touches none of the seal is kept whole, of others what is near to its dark core.
    """
    import cv2
    import numpy as np

    ink = (lit < 255 - _INK).astype(np.uint8)
    core = (lit < dark).astype(np.uint8)
    rules = ink & _rules(core)
    labels, found = cv2.connectedComponentsWithStats(ink & (1 - rules), connectivity=8)[1:3]
    small = found[:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_HEIGHT + 1].max(axis=1) <= _SIGN
    cored = np.bincount(labels[core > 0], minlength=len(found))
    cored[0] = 0
    whole = (cored >= share * found[:, cv2.CC_STAT_AREA]) & (cored >= _CORED)
    near = cv2.dilate(core, np.ones((_SOFT, _SOFT), np.uint8)) > 0
    around = [
        cv2.boxFilter(own & (1 - rules), cv2.CV_32F, (_AROUND, _AROUND), normalize=False)
        for own in (core, ink)
    ]
    near |= around[0] >= _DENSE * share * around[1]
    kept = (rules > 0) | (ink > 0) & (whole & small)[labels] | (ink > 0) & near & (cored >= _CORED)[labels]
    return kept | (ink == 0), (ink > 0) & ~kept & disc


def _marks(gone: Any, printed: Any) -> Any:
    """The pieces taken off that stand alone beside print and are as small as a minus or a point."""
    import cv2
    import numpy as np

    gone = gone.astype(np.uint8)
    joined = cv2.dilate(gone, np.ones((_ROOM, _ROOM), np.uint8))
    beside = cv2.dilate(printed.astype(np.uint8), np.ones((1, _BESIDE), np.uint8))
    labels, found = cv2.connectedComponentsWithStats(joined, connectivity=8)[1:3]
    wide, high = (found[:, at] - _ROOM + 1 for at in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT))
    small = (wide <= _MARK[0]) & (high <= _MARK[1]) & (wide >= high)
    small &= np.bincount(labels[gone > 0], minlength=len(found)) >= _SPECK
    small &= np.bincount(labels[(gone & beside) > 0], minlength=len(found)) > 0
    small[0] = False
    return gone & small[labels].astype(np.uint8)
