"""Pictures taken aslant: the paper's edges, and where its rules would meet, tell how to see it from above."""

from __future__ import annotations

from typing import Any

from govcrawl.documents.scanned.ink import ink_of

_SMALL = 500  # pixels of the longer side on which the paper is looked for
_SHARES = (0.3, 0.96)  # of the picture that paper lying on a table covers
_DARKER = 45  # the table, than the paper
_READABLE = 1_754  # pixels of the longer side on which print is told from a table's surface
_PRINTED = 0.25  # of the ink on the paper, over the same area beside it: there is print, and a shadow on it
_EDGE = 6  # pixels of the small image at the paper's edge, which is dark itself
_CROSSED = 5  # strokes at least that reach the paper's edge
_LEANING = 9  # pixels that a stroke may lie beside itself on the other side of the edge
_SAME = 0.6  # of them
_INSIDE = 0.006  # of the paper's size: its edge is left out
_LONG = 45  # pixels: strokes of signs are shorter
_HIGH = 28  # pixels: as high as a row; strokes of signs may be, but stand as straight as the rules do
_LEAN = 9.0
_FEWEST = 6
_SPREAD = 0.3  # of the picture, from the first rule to the last: fewer say nothing of perspective
_MOST = 0.12  # of the picture that a corner may move


def paper_on_a_table(image: Any) -> Any:
    """The paper alone, seen from above, where it lies on something darker; else the image as it is."""
    import cv2
    import numpy as np

    corners = _paper(image)
    if corners is None:
        return image
    centre = corners.mean(axis=0)
    corners = (corners + (centre - corners) * _INSIDE).astype(np.float32)
    sides = [float(np.hypot(*(corners[n] - corners[(n + 1) % 4]))) for n in range(4)]
    width, height = round((sides[0] + sides[2]) / 2), round((sides[1] + sides[3]) / 2)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    warp = cv2.getPerspectiveTransform(corners, target)
    return cv2.warpPerspective(image, warp, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)


def _paper(image: Any) -> Any:
    """Corners of the paper from the upper left one clockwise, None where the image is nothing but paper."""
    import cv2
    import numpy as np

    height, width = image.shape
    scale = _SMALL / max(height, width)
    if scale >= 1:
        return None
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    bright = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1]
    outlines = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]
    if not outlines:
        return None
    outline = cv2.convexHull(max(outlines, key=cv2.contourArea))
    share = cv2.contourArea(outline) / small.size
    mask = cv2.drawContours(np.zeros_like(small), [outline], -1, 1, -1)
    if not _SHARES[0] < share < _SHARES[1] or small[mask == 1].mean() - small[mask == 0].mean() < _DARKER:
        return None
    corners = cv2.approxPolyDP(outline, 0.02 * cv2.arcLength(outline, True), True).reshape(-1, 2)
    if len(corners) != 4 or cv2.contourArea(corners) < 0.97 * cv2.contourArea(outline):
        return None
    if _is_printed(image, mask, corners):
        return None
    around = corners.astype(np.float64) - corners.mean(axis=0)
    corners = corners[np.argsort(np.arctan2(around[:, 1], around[:, 0]))]
    first = int(np.argmin(corners.sum(axis=1)))
    return np.roll(corners, -first, axis=0).astype(np.float64) / scale


def _is_printed(image: Any, paper: Any, corners: Any) -> bool:
    """Whether print stands beside the ``paper``, 1 on a small image: half of a page may lie in the shade."""
    import cv2
    import numpy as np

    scale = min(1.0, _READABLE / max(image.shape))
    ink = ink_of(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    edge = np.ones((2 * _EDGE + 1, 2 * _EDGE + 1), np.uint8)
    inside, outside = cv2.erode(paper, edge), cv2.erode(1 - paper, edge)
    size = (ink.shape[1], ink.shape[0])
    shares = [
        float(ink[cv2.resize(part, size, interpolation=cv2.INTER_NEAREST) > 0].mean()) if part.any() else 0.0
        for part in (inside, outside)
    ]
    return shares[1] > _PRINTED * shares[0] or _runs_on(ink, corners, ink.shape[1] / paper.shape[1])


def _runs_on(ink: Any, corners: Any, scale: float) -> bool:
    """Whether most of the strokes that reach an edge of the paper, as rules do, are seen beyond it, too."""
    import cv2
    import numpy as np

    wide = cv2.dilate(ink, np.ones((_LEANING, _LEANING), np.uint8))
    around = np.asarray(corners, np.float64)
    for start, end in zip(around, np.roll(around, -1, axis=0), strict=True):
        is_steep = abs(end[1] - start[1]) > abs(end[0] - start[0])
        beyond = np.array([_EDGE, 0.0] if is_steep else [0.0, _EDGE])
        if float(np.dot(beyond, start - around.mean(axis=0))) < 0:
            beyond = -beyond
        steps = np.linspace(0, 1, round(float(np.hypot(*(end - start))) * scale))[:, None]
        places = start + steps * (end - start)
        inner, outer = _seen(ink, (places - beyond) * scale), _seen(wide, (places + beyond) * scale)
        first = inner & ~np.roll(inner, 1)
        if first.sum() >= _CROSSED and (first & outer).sum() > _SAME * first.sum():
            return True
    return False


def _seen(ink: Any, places: Any) -> Any:
    """Where there is ink at places, each x and y; none beyond the image."""
    import numpy as np

    x, y = np.rint(places).astype(int).T
    within = (x >= 0) & (y >= 0) & (x < ink.shape[1]) & (y < ink.shape[0])
    return within & (ink[np.clip(y, 0, ink.shape[0] - 1), np.clip(x, 0, ink.shape[1] - 1)] > 0)


def by_its_rules(image: Any) -> Any:
    """The matrix that makes the rules of tables level and upright; None where there are too few of them."""
    import cv2
    import numpy as np

    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_NONE).detect(image)[0]
    if found is None:
        return None
    height, width = image.shape
    unit = max(height, width) / 2
    lines = (found.reshape(-1, 4) - [width / 2, height / 2] * 2) / unit
    dx, dy = lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]
    length = np.hypot(dx, dy) * unit
    lean = np.tan(np.radians(_LEAN))
    across = lines[(length > _LONG) & (np.abs(dy) < lean * np.abs(dx))]
    down = lines[(length > _HIGH) & (np.abs(dx) < lean * np.abs(dy))]
    if min(len(across), len(down)) < _FEWEST:
        return None
    warp = _upright(_meeting(across, 1), _meeting(down, 0))
    if warp is None:
        return None
    centred = np.array([[1 / unit, 0, -width / unit / 2], [0, 1 / unit, -height / unit / 2], [0, 0, 1]])
    warp = np.linalg.inv(centred) @ warp @ centred
    corners = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], np.float64)
    moved = np.abs(cv2.perspectiveTransform(corners, warp) - corners).max()
    return warp if moved < _MOST * max(height, width) else None


def _meeting(lines: Any, side: int) -> Any:
    """The point where lines meet, at infinity where they are parallel; lines of signs hardly count.

    ``side`` is the coordinate along which the lines must lie apart for that.
    """
    import numpy as np

    ends = np.ones((len(lines), 2, 3))
    ends[:, :, :2] = lines.reshape(-1, 2, 2)
    through = np.cross(ends[:, 0], ends[:, 1])
    through /= np.hypot(through[:, 0], through[:, 1])[:, None]
    length = np.hypot(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1])
    middles = (lines[:, side] + lines[:, side + 2]) / 2
    weight = length**2
    straight = np.array([1.0, 0, 0] if side else [0, 1.0, 0])
    point = straight
    for _ in range(8):
        if np.ptp(middles[weight > weight.max() / 20]) < 2 * _SPREAD:  # no perspective to be told
            point = _parallel(through, weight, side)
        else:
            point = np.linalg.svd(through * np.sqrt(weight)[:, None], full_matrices=False)[2][-1]
        missed = np.abs(through @ point) / np.linalg.norm(point[:2]).clip(1e-9)
        weight = length**2 / (1 + (missed / 0.003) ** 2)
    return point * np.sign(point[1 - side] or 1.0)


def _parallel(through: Any, weight: Any, side: int) -> Any:
    import numpy as np

    point = np.zeros(3)
    point[:2] = np.linalg.svd(through[:, :2] * np.sqrt(weight)[:, None], full_matrices=False)[2][-1]
    return point * np.sign(point[1 - side] or 1.0)


def _upright(across: Any, down: Any) -> Any:
    """The matrix under which both points lie at infinity, one to the right and one below."""
    import numpy as np

    horizon = np.cross(across, down)
    if abs(horizon[2]) < 1e-6:
        return None
    horizon = horizon / horizon[2]
    bend = np.array([[1, 0, 0], [0, 1, 0], horizon])
    axes = np.stack([(bend @ across)[:2], (bend @ down)[:2]], axis=1)
    axes /= np.linalg.norm(axes, axis=0)
    if abs(np.linalg.det(axes)) < 0.5:
        return None
    turn = np.eye(3)
    turn[:2, :2] = np.linalg.inv(axes)
    return turn @ bend
