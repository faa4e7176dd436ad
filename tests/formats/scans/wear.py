"""What happens to paper before it is a scan: each kind of wear takes a grey image and gives one."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

Wear = Callable[[Any, Random], Any]


def plain(image: Any, rng: Random) -> Any:
    return image


def turned(image: Any, rng: Random, most: float = 2.0) -> Any:
    """By up to two degrees."""
    import cv2

    high, wide = image.shape
    angle = rng.uniform(0.3, most) * rng.choice((-1, 1))
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1)
    return cv2.warpAffine(image, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=255)


def noisy(image: Any, rng: Random, strength: float = 12) -> Any:
    import numpy as np

    noise = np.random.default_rng(rng.randrange(10**6)).normal(0, strength, image.shape)
    return np.clip(image.astype(float) * 0.92 + 12 + noise, 0, 255).astype(np.uint8)


def blurred(image: Any, rng: Random, sigma: float = 1.0) -> Any:
    import cv2

    return cv2.GaussianBlur(image, (0, 0), sigma)


def pressed(image: Any, rng: Random, quality: int | None = None) -> Any:
    """A JPEG of quality 30 to 80."""
    import cv2

    quality = quality or rng.randint(30, 80)
    return cv2.imdecode(
        cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_GRAYSCALE
    )


def faxed(image: Any, rng: Random) -> Any:
    """Black and white only, with specks."""
    import numpy as np

    black = noisy(turned(image, rng, 0.8), rng, 20) < 150
    dirt = np.random.default_rng(rng.randrange(10**6)).random(image.shape) < 0.0004
    return np.where(black ^ dirt, 0, 255).astype(np.uint8)


def stamped(image: Any, rng: Random) -> Any:
    """Under the office's round seal, half transparent, over text and table."""
    import cv2

    high, wide = image.shape
    layer = image.copy()
    radius = round(high * 0.065)
    for _ in range(2):
        x, y = rng.randint(radius, wide - radius), rng.randint(high // 4, high - radius)
        cv2.circle(layer, (x, y), radius, 90, max(3, radius // 16), cv2.LINE_AA)
        star = [(x, y - radius // 3), (x + radius // 5, y + radius // 4), (x - radius // 3, y - radius // 9)]
        star += [(x + radius // 3, y - radius // 9), (x - radius // 5, y + radius // 4)]
        for a, b in zip(star, [*star[1:], star[0]], strict=True):
            cv2.line(layer, a, b, 100, max(2, radius // 20), cv2.LINE_AA)
    return cv2.addWeighted(image, 0.45, cv2.min(image, layer), 0.55, 0)


def grey(image: Any, rng: Random) -> Any:
    """On grey paper, darker to one side."""
    import numpy as np

    wide = image.shape[1]
    shade = np.linspace(rng.uniform(0.62, 0.7), rng.uniform(0.8, 0.95), wide)[None, :]
    return noisy((image.astype(float) * shade).astype(np.uint8), rng, 5)


def broken(image: Any, rng: Random) -> Any:
    """With rules that a poor printer leaves gaps in: short white dashes across and down."""
    return _gaps(image.copy(), rng)


def _gaps(image: Any, rng: Random) -> Any:
    import cv2
    import numpy as np

    ink = (image < 128).astype(np.uint8)
    for shape in ((60, 1), (1, 36)):
        mask = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
        places = np.argwhere(mask)
        for _ in range(25 if len(places) else 0):
            y, x = places[rng.randrange(len(places))]
            if shape[0] > 1:
                image[max(0, y - 3) : y + 4, x : x + rng.randint(2, 5)] = 255
            else:
                image[y : y + rng.randint(2, 5), max(0, x - 3) : x + 4] = 255
    return image


def photographed(image: Any, rng: Random) -> Any:
    """By hand from above, on a dark table: in perspective, in uneven light, a little soft."""
    import cv2
    import numpy as np

    high, wide = image.shape
    room = round(0.06 * wide)
    off = lambda: rng.uniform(-0.022, 0.022) * wide  # noqa: E731
    source = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    target = np.array([[x + room + off(), y + room + off()] for x, y in source], np.float32)
    warp = cv2.getPerspectiveTransform(source, target)
    size = (wide + 2 * room, high + 2 * room)
    lying = cv2.warpPerspective(image, warp, size, flags=cv2.INTER_CUBIC, borderValue=70)
    ys, xs = np.mgrid[0 : size[1], 0 : size[0]]
    away = np.hypot(
        (xs - size[0] * rng.uniform(0.2, 0.8)) / size[0], (ys - size[1] * rng.uniform(0.2, 0.8)) / size[1]
    )
    lit = np.clip(lying * (0.97 - 0.3 * away), 0, 255).astype(np.uint8)
    return pressed(noisy(blurred(lit, rng, 0.7), rng, 4), rng, 80)


def worn(image: Any, rng: Random) -> Any:
    """Some of all: turned, soft, noisy, pressed."""
    return pressed(noisy(blurred(turned(image, rng), rng, 0.7), rng, 8), rng, 60)


def dim(image: Any, rng: Random) -> Any:
    """Photographed in the dark."""
    return noisy(photographed(image, rng) * 0.35 - 12, rng, 4)


def faint(image: Any, rng: Random) -> Any:
    """Print hardly darker than the paper."""
    import numpy as np

    return noisy((image.astype(float) * 0.25 + 140).astype(np.uint8), rng, 4)


def shaded(image: Any, rng: Random) -> Any:
    """Half of it in the hard shadow of whoever took the picture."""
    import cv2
    import numpy as np

    high, wide = image.shape
    ys, xs = np.mgrid[0:high, 0:wide]
    lit = np.where(
        xs > wide * rng.uniform(0.1, 0.4) + ys * rng.uniform(0.0, 0.4), 1.0, rng.uniform(0.4, 0.55)
    )
    soft = cv2.GaussianBlur(lit.astype(np.float32), (0, 0), 8)
    return pressed(np.clip(image * soft, 0, 255).astype(np.uint8), rng, 70)


KINDS: dict[str, Wear] = {
    "plain": plain,
    "turned": turned,
    "noisy": noisy,
    "blurred": blurred,
    "pressed": pressed,
    "faxed": faxed,
    "stamped": stamped,
    "grey": grey,
    "broken": broken,
    "photographed": photographed,
    "worn": worn,
    "dim": dim,
    "faint": faint,
    "shaded": shaded,
}
