"""A scan of a known size, lit evenly, and straight: also a photograph of paper that was taken aslant."""

from __future__ import annotations

from typing import Any

from govcrawl.documents.scanned.aslant import by_its_rules, paper_on_a_table
from govcrawl.documents.scanned.watermarks import Cleared, without_marks
from govcrawl.errors import UnreadableDocument

POINTS = 72 / 150
"""Points of a pixel: images are brought to about 150 dpi, beyond which nothing is read better."""

LONGEST = 2_000
"""Pixels of the longer side of an image that is read; larger ones are made smaller."""

_SHORTEST = 24
_SMALL = 1_100  # a table as a page of the web shows it, in small signs
_WANTED = 1_754
_TILT = 6.0
_STEPS = ((_TILT, 0.25), (0.3, 0.02))
_MOST_POINTS = 60_000
_DARK = 100  # the paper of a negative is darker
_NEGATIVE = 3  # times as far from the paper's level to the lightest as to the darkest
_LIT = 4  # the light is measured on an image so many times smaller
_BRIGHTEST = 250
_DARKEST = 40
_FAINT = 20  # levels below paper, when the neighbours' noise is averaged out: print or dirt
_PRINT = 0.75  # the place among all that, from pale to dark, where the print's darkness is taken
_PALE = (28, 90)  # levels of print to be made darker; less shows through from the back of the sheet
_USUAL = 150
_NOISE = 23  # levels between the paper and one in twenty of its grains: as much is no ink


def levelled(image: Any) -> Cleared:
    """A grey image of at most 2,000 pixels on its longer side, its paper white and its lines level.

    Raises UnreadableDocument for one too small to hold text.
    """
    import cv2
    import numpy as np

    height, width = image.shape[:2]
    if min(height, width) < _SHORTEST:
        raise UnreadableDocument(f"image of {width} by {height} pixels is too small to hold text")
    image = paper_on_a_table(positive(image))
    height, width = image.shape[:2]
    if max(height, width) > LONGEST:
        scale = _WANTED / max(height, width)
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        image = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    elif max(height, width) < _SMALL:
        image = cv2.resize(image, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    height, width = image.shape[:2]
    image, *masks = without_marks(evenly_lit(image))
    image = contrasted(image)
    warp = by_its_rules(image)
    if warp is None:
        tilt = _tilt(image)
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), tilt, 1)
        warp = np.vstack([turn, [0, 0, 1]])
    corners = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], np.float64)
    if np.abs(cv2.perspectiveTransform(corners, warp) - corners).max() < 1:
        return Cleared(image, *masks)
    size = (width, height)
    masks = [cv2.warpPerspective(mask, warp, size, flags=cv2.INTER_NEAREST) for mask in masks]
    return Cleared(cv2.warpPerspective(image, warp, size, flags=cv2.INTER_CUBIC, borderValue=255), *masks)


def positive(image: Any) -> Any:
    """The image with dark print on light paper: of a negative, which some programs make, the reverse.

    A page in the dark has more levels below its paper's than above.
    """
    import numpy as np

    lowest, paper, highest = (float(level) for level in np.percentile(image, (1, 50, 99)))
    return 255 - image if paper < _DARK and highest - paper > _NEGATIVE * max(paper - lowest, 20) else image


def evenly_lit(image: Any) -> Any:
    """The image with its paper made white wherever it is grey: shades, coloured cells, uneven light."""
    import cv2
    import numpy as np

    height, width = image.shape
    small = cv2.resize(image, (width // _LIT + 1, height // _LIT + 1), interpolation=cv2.INTER_AREA)
    # Closed, not widened: at the edge of a shade or of a coloured cell its paper is as grey as within.
    paper = cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8)), 5)
    if int(paper.min()) >= _BRIGHTEST:
        return image
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(image, np.maximum(paper, _DARKEST), scale=255)


def contrasted(image: Any) -> Any:
    """An evenly lit image whose print, where all of it is pale, is made as dark as that of usual scans.

    Thin strokes and hairlines seem paler than they are: no more than the paper's noise allows.
    """
    import cv2
    import numpy as np

    dark = 255 - cv2.blur(image, (3, 3))
    faint = dark[dark > _FAINT]
    level = float(np.quantile(faint, _PRINT)) if faint.size else 0.0
    if not _PALE[0] <= level <= _PALE[1] or faint.size == dark.size:
        return image
    # Half of the noise is lighter than white, and not seen.
    usual, darker = np.quantile((255 - image)[dark <= _FAINT], (0.5, 0.95))
    scale = min(_USUAL / level, _NOISE / max(1.0, float(darker - usual)))
    return 255 - cv2.multiply(255 - image, np.ones_like(image), scale=scale) if scale > 1 else image


def _tilt(image: Any) -> float:
    """Degrees by which the lines of text lean: turned back, their ink lies in the fewest rows."""
    import numpy as np

    ys, xs = np.nonzero(image < 128)
    if len(ys) < 50:
        return 0.0
    step = len(ys) // _MOST_POINTS + 1
    ys, xs = ys[::step].astype(np.float64), xs[::step].astype(np.float64)
    best = 0.0
    for reach, fine in _STEPS:
        angles = best + np.arange(-reach, reach + fine / 2, fine)
        sharp = [_sharpness(ys - xs * np.tan(np.radians(angle))) for angle in angles]
        best = float(angles[int(np.argmax(sharp))])
    return best


def _sharpness(places: Any) -> float:
    import numpy as np

    counted = np.bincount((places - places.min()).astype(np.int64)).astype(np.float64)
    return float((counted**2).sum())
