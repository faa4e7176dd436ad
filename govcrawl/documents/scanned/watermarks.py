"""Large pale marks that were scanned with the print, as the words of a watermark: made white like paper."""

from __future__ import annotations

from typing import Any, NamedTuple

from govcrawl.documents.scanned.lines import Box
from govcrawl.documents.scanned.signs import signs_of

_THICK = 9  # pixels: strokes of print, its rules and a seal's rim are thinner
_NARROW = 7  # pixels: and so are most where a page has marks, whose own are not all of one thickness
_THICKEST = 60  # pixels: what is thicker is a shade or a picture
_LONG = 40  # pixels: shorter ones are where strokes of print cross
_PALER = 25  # levels below paper, where the mark is to be seen
_DARKEST = 110  # what is as dark as print is no mark
_MUCH = 0.02  # of the page is under marks; less is a seal's, which is taken off with its thin strokes
_EDGE = 7  # pixels: edges are softer than strokes, and corners rounder
_AROUND = 15  # pixels: the mark's own level is found so near to its corners
_NOISE = 12  # levels by which a mark's grains differ
_SEEN = 20  # levels below paper, the grains' mean: as much may be print
_DARK = 128  # of the levels is surely print
_SOFT = 5  # pixels: so near to that are its own soft edges
_SPECK = 4  # pixels: a point has as many
_FLAT = 4  # pixels of a row: a minus is wider, the edge of a slanted mark is not
_NARROW_SIGN = 0.5  # times as wide as high: a one, a slash
_SMALL = 0.35  # of a full sign's height: points and minuses


class Cleared(NamedTuple):
    """A grey image without its marks, and two masks, 1 or 0, of what nobody can tell from their remains.

    ``marks`` is where they lay: small strokes there may be what is left of them. ``lost`` is where
    something was taken off that is no darker than they are, and may have been print.
    """

    image: Any
    marks: Any
    lost: Any


def without_marks(image: Any) -> Cleared:
    """An evenly lit image without the thick pale strokes of marks that lie over much of it.

    What is darker than a mark below or upon it is left as dark as it would be on paper.
    """
    import cv2
    import numpy as np

    none = np.zeros_like(image)
    if _strokes(_background(image, _THICK), _LONG).sum() < _MUCH * image.size:
        return Cleared(image, none, none)
    paper = _background(image, _NARROW)
    near = cv2.dilate(_strokes(paper, 0), np.ones((_EDGE, _EDGE), np.uint8))
    cleared = cv2.divide(image, paper, scale=255)
    # In its corners, where nothing so thick has room, the mark is no darker than beside them.
    own = cv2.erode(paper, np.ones((_AROUND, _AROUND), np.uint8))
    pale = near & (image >= cv2.subtract(own, _NOISE)).astype(np.uint8)
    lost = near & (cv2.blur(cleared, (3, 3)) < 255 - _SEEN).astype(np.uint8)
    soft = cv2.dilate((cleared < _DARK).astype(np.uint8), np.ones((_SOFT, _SOFT), np.uint8))
    cleared[pale > 0] = 255
    return Cleared(np.where(near > 0, cleared, image), near, lost & (1 - soft))


def _background(image: Any, thick: int) -> Any:
    """The levels of marks, also below print: what no thin stroke makes dark, and print white."""
    import cv2

    around = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (thick, thick))
    paper = cv2.morphologyEx(cv2.medianBlur(image, 3), cv2.MORPH_CLOSE, around)
    paper[paper <= _DARKEST] = 255
    return paper


def _strokes(paper: Any, longest: int) -> Any:
    """Where pale strokes are, 1 or 0, of those at least so long."""
    import cv2
    import numpy as np

    mask = (paper < 255 - _PALER).astype(np.uint8)
    labels, stats = cv2.connectedComponentsWithStats(mask, connectivity=8)[1:3]
    thickest = np.zeros(len(stats), np.float32)
    np.maximum.at(thickest, labels.ravel(), 2 * cv2.distanceTransform(mask, cv2.DIST_L2, 3).ravel())
    long = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1) >= longest
    strokes = (long & (thickest <= _THICKEST)).astype(np.uint8)
    strokes[0] = 0
    return strokes[labels]


def is_marked(page: Cleared, line: Box, ink: Any, size: int) -> bool:
    """Whether remains of marks may be points or minuses of a line with this ink, or it may have lost some.

    ``size`` is the height of a full sign: minuses stand no further from the digits.
    """
    left, top, right, bottom = line
    high = bottom - top
    before = page.lost[top + high // 4 : bottom - high // 4, max(0, left - size) : left]
    if (before.sum(axis=1) >= _FLAT).any():
        return True
    foot = page.lost[bottom - high // 3 : bottom, left:right]
    if (foot * (1 - ink[high - foot.shape[0] :])).sum() >= _SPECK:
        return True
    marks, signs = page.marks[top:bottom, left:right], signs_of(ink)
    # A slash that lacks a part is a one.
    lone = len(signs) == 1 and signs[0].width <= _NARROW_SIGN * signs[0].height
    return any(
        marks[sign.top : sign.top + sign.height, sign.left : sign.right].any()
        for sign in signs
        if lone or sign.height <= _SMALL * size
    )


def hid_print(page: Cleared, box: Box) -> bool:
    """Whether something was taken off in a cell without print that may have been a stroke of it."""
    left, top, right, bottom = box
    return bool((page.lost[top:bottom, left:right].sum(axis=1) >= _FLAT).any())
