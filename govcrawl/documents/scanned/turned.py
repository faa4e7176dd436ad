"""Pages that lie on their side or upside down: told by which way their longest lines can be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from govcrawl.documents.scanned.engine import read_lines, text_boxes

_CERTAIN = 0.9
_LONG = 4  # signs: shorter lines may be read either way
_FEWEST = 4
_MANY = 12
_POOR = 0.35  # of the long lines was read surely: less, and the page may lie otherwise
_GOOD = 0.6
_LEAST = 0.1  # of the lines of a page are long, on pages of tables too
_ASKED = 16
_TURNS = (2, 1, 3)  # quarters: upside down is the usual one
_ROOM = 4


def is_poor(readings: Sequence[tuple[str, float]]) -> bool:
    """Whether a page has so few long lines that were read surely that it may be turned."""
    long = [score for text, score in readings if len(text) >= _LONG]
    if len(long) < _FEWEST:
        return len(readings) >= _MANY  # on its side each sign seems a line of its own
    few = len(long) < _LEAST * len(readings)  # and now and then some seem a word
    return _share(long) < (_GOOD if few else _POOR)


def upright(image: Any) -> int:
    """Quarters by which a grey page is to be turned so that its lines can be read; 0 where no turn does."""
    import numpy as np

    for quarters in _TURNS:
        turned = np.ascontiguousarray(np.rot90(image, quarters))
        boxes = sorted(text_boxes(turned), key=lambda box: box[0] - box[2])[:_ASKED]
        pictures = [
            turned[max(0, top - _ROOM) : bottom + _ROOM, max(0, left - _ROOM) : right + _ROOM]
            for left, top, right, bottom in boxes
        ]
        long = [score for text, score in read_lines(pictures) if len(text) >= _LONG]
        if len(long) >= _FEWEST and _share(long) >= _GOOD:
            return quarters
    return 0


def _share(scores: Sequence[float]) -> float:
    return sum(score >= _CERTAIN for score in scores) / max(1, len(scores))
