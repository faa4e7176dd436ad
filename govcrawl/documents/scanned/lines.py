"""Lines of text in a cell of an image: where their ink lies, and the pictures that are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

_PAD = 6
_SPECK = 4  # pixels of ink that are no sign
_TIGHT = 1.8  # times the height of a full sign: higher are several lines
_THIN = 0.15  # of the ink of a line's fullest row: between two lines there is no more
_LOWEST = 0.7  # of a full sign: no line is lower

Box = tuple[int, int, int, int]


class CellLine(NamedTuple):
    """A line of a cell: its box on the image in pixels, its ink in there, its picture with room around."""

    box: Box
    ink: Any
    picture: Any


def stretches(ink: Any) -> list[tuple[int, int]]:
    """Rows from top to bottom that hold ink, in stretches."""
    held = ink.any(axis=1)
    found: list[tuple[int, int]] = []
    for at, full in enumerate(held.tolist()):
        if full and found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1)
        elif full:
            found.append((at, at + 1))
    return found


def usual_height(heights: Sequence[int]) -> int:
    """Height of a full sign, by most of the stretches that are not mere strokes."""
    tall = sorted(height for height in heights if height >= 9)
    return tall[len(tall) // 2] if tall else 20


def lines_in(image: Any, ink: Any, cell: Box, size: int) -> Iterator[CellLine]:
    """Lines of a cell with this ink; strokes of one sign that leave white between them stay together."""
    merged: list[tuple[int, int]] = []
    for top, bottom in stretches(ink):
        if merged and bottom - merged[-1][0] <= 1.25 * size:
            merged[-1] = (merged[-1][0], bottom)
        else:
            merged.append((top, bottom))
    left, above, _, _ = cell
    for top, bottom in (part for own in merged for part in _lines_of(ink, *own, size)):
        part = ink[top:bottom]
        columns = part.any(axis=0).nonzero()[0]
        if int(part.sum()) < _SPECK:
            continue
        first, last = int(columns[0]), int(columns[-1]) + 1
        box = (left + first, above + top, left + last, above + bottom)
        yield CellLine(box, part[:, first:last], cut_out(image, box, cell, size))


def _lines_of(ink: Any, top: int, bottom: int, size: int) -> list[tuple[int, int]]:
    """The lines of a stretch of ink: set tightly, brackets and commas leave no row between them white."""
    if bottom - top <= _TIGHT * size:
        return [(top, bottom)]
    counts = ink[top:bottom].sum(axis=1).tolist()
    thin, least = _THIN * max(counts), _LOWEST * size
    found: list[tuple[int, int]] = []
    start, at = 0, round(least)
    while at < len(counts) - least:
        if counts[at] > thin:
            at += 1
            continue
        end = at
        while end < len(counts) and counts[end] <= thin:
            end += 1
        cut = min(range(at, end), key=lambda row: (counts[row], abs(2 * row - at - end)))
        found.append((top + start, top + cut))
        start, at = cut, max(end, cut + round(least))
    return [*found, (top + start, bottom)]


def cut_out(image: Any, line: Box, cell: Box, size: int) -> Any:
    """The picture of a line with room around it, as high as a full sign at least."""
    import cv2

    left, top, right, bottom = line
    spare = max(0, size - (bottom - top)) // 2
    wanted = (left - _PAD, top - 4 - spare, right + _PAD, bottom + 4 + spare)
    held = (
        max(wanted[0], cell[0]),
        max(wanted[1], top - 3, cell[1]),
        min(wanted[2], cell[2]),
        min(wanted[3], bottom + 3, cell[3]),
    )
    own = image[held[1] : held[3], held[0] : held[2]]
    paper = int(sorted(own.ravel().tolist())[-max(1, own.size // 5)])
    return cv2.copyMakeBorder(
        own, held[1] - wanted[1], wanted[3] - held[3], held[0] - wanted[0], wanted[2] - held[2],
        cv2.BORDER_CONSTANT, value=paper,
    )  # fmt: skip


def otherwise(picture: Any) -> Any:
    """The picture for a second reading: larger, in black and white, with other room around it."""
    import cv2

    large = cv2.resize(picture, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    black = cv2.threshold(large, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1]
    return cv2.copyMakeBorder(
        cv2.GaussianBlur(black, (0, 0), 1.2), 8, 8, 14, 14, cv2.BORDER_CONSTANT, value=255
    )


def anew(picture: Any) -> Any:
    """The picture for a third reading: larger, all its greys kept, softened against noise."""
    import cv2

    large = cv2.resize(
        cv2.GaussianBlur(picture, (0, 0), 0.6), None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC
    )
    paper = int(large[:, :1].max())
    return cv2.copyMakeBorder(large, 4, 4, 20, 20, cv2.BORDER_CONSTANT, value=paper)
