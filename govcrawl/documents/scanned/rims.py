"""Rims of round seals: the circles on which most of a page's pale ink lies, in one shade of grey."""

from __future__ import annotations

from typing import Any, NamedTuple

_TRIALS = 3_000
_POINTS = 3_000
_MOST = 6  # seals on a page
_RADII = (0.04, 0.22)  # of the image's width
_NEAR = 2.5  # pixels from a circle to the middle of its rim
_ANGLES = 720
_SEEN = 0.6  # of a rim that print does not hide is pale ink
_HIDDEN = 0.5
_WITHIN = 0.5  # of a rim lies on the image
_KNOWN = 20  # greys of which the middle one is that of the rim
_MIDDLE = slice(-2, 3)
_CLEAR = 20  # levels below paper: less is paper
_DARKER = 45  # levels below paper: less is no ink

REACH = 14
"""Pixels inwards and outwards of a rim's middle that its profile tells of."""


class Rim(NamedTuple):
    """The circle in the middle of a seal's rim, its greys from within to without, and the grey of its ink."""

    x: float
    y: float
    radius: float
    profile: Any
    level: float


def rims_in(image: Any, pale: Any, printed: Any) -> list[Rim]:
    """The rims on an image: of its ink ``pale`` is what no print is near to, ``printed`` as dark as print."""
    import numpy as np

    ys, xs = np.nonzero(pale)
    points = np.column_stack([xs, ys]).astype(np.float64)
    rng = np.random.default_rng(0)  # a scan is read alike each time
    found: list[Rim] = []
    while len(found) < _MOST:
        circle = _circle(points, image.shape[1], rng)
        rim = None if circle is None else _proved(circle, image, pale, printed)
        if rim is None:
            break
        found.append(rim)
        away = np.hypot(points[:, 0] - rim.x, points[:, 1] - rim.y)
        points = points[np.abs(away - rim.radius) > REACH]
    return found


def _circle(points: Any, width: int, rng: Any) -> tuple[float, float, float] | None:
    """The circle on which most of the points lie, of many that go through three of them."""
    import numpy as np

    least, most = (share * width for share in _RADII)
    if len(points) < 2 * np.pi * least:
        return None
    own = points[rng.choice(len(points), min(_POINTS, len(points)), replace=False)]
    a, b, c = (own[rng.integers(0, len(own), _TRIALS)] for _ in range(3))
    squares = [(corner**2).sum(axis=1) for corner in (a, b, c)]
    sides = (b - c, c - a, a - b)
    twice = 2 * sum(corner[:, 0] * side[:, 1] for corner, side in zip((a, b, c), sides, strict=True))
    with np.errstate(divide="ignore", invalid="ignore"):  # three points of one line have no circle
        x = sum(square * side[:, 1] for square, side in zip(squares, sides, strict=True)) / twice
        y = -sum(square * side[:, 0] for square, side in zip(squares, sides, strict=True)) / twice
        radius = np.hypot(a[:, 0] - x, a[:, 1] - y)
        fit = (radius >= least) & (radius <= most)
    best, votes = None, 0
    for circle in zip(x[fit].tolist(), y[fit].tolist(), radius[fit].tolist(), strict=True):
        near = int(_on(own, circle, _NEAR).sum())
        if near > votes:
            best, votes = circle, near
    for _ in range(2 if best else 0):
        assert best is not None
        best = _fitted(points[_on(points, best, 2 * _NEAR)])
    return best if best and least <= best[2] <= most else None


def _on(points: Any, circle: tuple[float, float, float], near: float) -> Any:
    import numpy as np

    x, y, radius = circle
    return np.abs(np.hypot(points[:, 0] - x, points[:, 1] - y) - radius) < near


def _fitted(points: Any) -> tuple[float, float, float]:
    import numpy as np

    x, y = points[:, 0], points[:, 1]
    a, b, c = np.linalg.lstsq(np.column_stack([x, y, np.ones_like(x)]), x**2 + y**2, rcond=None)[0]
    return float(a / 2), float(b / 2), float(np.sqrt(max(0.0, c + a * a / 4 + b * b / 4)))


def _proved(circle: tuple[float, float, float], image: Any, pale: Any, printed: Any) -> Rim | None:
    """The rim along a circle; None where too little of it is seen, or ink lies along it on a side."""
    import numpy as np

    x, y, radius = circle
    angles = np.linspace(0, 2 * np.pi, _ANGLES, endpoint=False)
    away = np.arange(-REACH, REACH + 1)[:, None]
    columns = np.rint(x + (radius + away) * np.cos(angles)).astype(int)
    rows = np.rint(y + (radius + away) * np.sin(angles)).astype(int)
    within = (columns >= 0) & (columns < image.shape[1]) & (rows >= 0) & (rows < image.shape[0])
    whole = within.all(axis=0)
    if whole.mean() < _WITHIN:
        return None
    columns, rows = columns[:, whole], rows[:, whole]
    middle = slice(REACH + _MIDDLE.start, REACH + _MIDDLE.stop)
    seen = (pale[rows[middle], columns[middle]] > 0).any(axis=0)
    hidden = (printed[rows[middle], columns[middle]] > 0).any(axis=0) & ~seen
    if hidden.mean() > _HIDDEN or seen.sum() < _SEEN * (~hidden).sum():
        return None
    greys, free = image[rows, columns], printed[rows, columns] == 0
    profile = np.array(
        [
            float(np.median(grey[own])) if own.sum() > _KNOWN else 255.0
            for grey, own in zip(greys, free, strict=True)
        ]
    )
    level = float(profile[middle].min())
    if min(profile[0], profile[-1]) < 255 - _CLEAR or level > 255 - _DARKER:
        return None
    return Rim(x, y, radius, profile, level)
