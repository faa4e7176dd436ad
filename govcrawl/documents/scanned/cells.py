"""Cells of a ruled table on an image, each read by itself: no text can slip into the cell beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from govcrawl.documents.printed import Glyph
from govcrawl.documents.printed.ruled import RuledTable
from govcrawl.documents.scanned.engine import read_lines
from govcrawl.documents.scanned.ruling import spread
from govcrawl.documents.scanned.straight import POINTS

CERTAIN = 0.90
"""Certainty below which a cell's text is not relied on."""

MAX_LINES = 3_000
_INSET = 4
_PAD = 6
_SPECK = 4  # pixels of ink that are no sign
_DARKER = 45  # than the paper around it: five times the noise of a usual scan
_DASH = 5  # pixels: a shorter one may be dirt
_SLANTED = 0.12
_UPRIGHT = frozenset("1lI|/")
_DASHES = frozenset(("-", "—", "－", "一", "/", "／", "--", "——"))
_UNREAD = "〓"

Box = tuple[int, int, int, int]


class _Line(NamedTuple):
    """A line of a cell: its box on the image in pixels, its ink in there, its picture with room around."""

    box: Box
    ink: Any
    picture: Any


def glyphs_in_cells(image: Any, tables: Sequence[RuledTable]) -> list[Glyph]:
    """What stands in the tables' cells, marked as uncertain where the engine is not sure."""
    ink = _ink(image)
    boxes = [box for table in tables for box in _boxes(table)]
    rows = {box: _rows(ink[box[1] : box[3], box[0] : box[2]]) for box in boxes}
    size = _usual_height([bottom - top for found in rows.values() for top, bottom in found])
    lines = [line for box in boxes for line in _lines(image, ink, box, rows[box], size)][:MAX_LINES]
    glyphs: list[Glyph] = []
    for line, (text, score) in zip(lines, read_lines([line.picture for line in lines]), strict=True):
        shown, certain = judged(text, score, line.ink, size)
        glyphs += spread(shown, line.box, uncertain=not certain)
    return glyphs


def judged(text: str, score: float, ink: Any, size: int) -> tuple[str, bool]:
    """What a line of a cell is taken for and whether that is certain; ``ink`` is its own, cut to its edges.

    A short stroke is a dash, which the engine knows badly, and a slash is easily read as a one.
    """
    text = "".join(text.split()) if len(text) < 3 else text.strip()
    height, width = ink.shape
    if height <= 0.3 * size and 1.8 * height <= width <= 0.75 * size:
        return "-", width >= _DASH
    if not text:
        return _UNREAD, False
    if text in _UPRIGHT and _slant(ink) > _SLANTED:
        return "/", False
    signs = any(sign.isalnum() for sign in text) or text in _DASHES
    return text, signs and score >= CERTAIN


def _slant(ink: Any) -> float:
    """How far the top of a sign stands to the right of its foot, as a share of its height."""
    third = max(1, ink.shape[0] // 3)
    top, foot = ink[:third].any(axis=0).nonzero()[0], ink[-third:].any(axis=0).nonzero()[0]
    return float(top.mean() - foot.mean()) / ink.shape[0] if len(top) and len(foot) else 0.0


def _ink(image: Any) -> Any:
    """Where something is printed, 1 or 0."""
    import cv2

    paper = cv2.medianBlur(cv2.dilate(image, cv2.getStructuringElement(cv2.MORPH_RECT, (9, 9))), 21)
    return (cv2.subtract(paper, image) > _DARKER).astype("uint8")


def _boxes(table: RuledTable) -> Iterator[Box]:
    for slot in table.slots:
        left, right = table.xs[slot.column] / POINTS, table.xs[slot.column + slot.width] / POINTS
        top, bottom = table.ys[slot.row] / POINTS, table.ys[slot.row + slot.height] / POINTS
        box = (round(left) + _INSET, round(top) + _INSET, round(right) - _INSET, round(bottom) - _INSET)
        if box[2] - box[0] > 4 and box[3] - box[1] > 4:
            yield box


def _rows(ink: Any) -> list[tuple[int, int]]:
    """Stretches from top to bottom that hold ink."""
    held = ink.any(axis=1)
    found: list[tuple[int, int]] = []
    for at, full in enumerate(held.tolist()):
        if full and found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1)
        elif full:
            found.append((at, at + 1))
    return found


def _usual_height(heights: Sequence[int]) -> int:
    """Height of a full sign, by most of the stretches that are not mere strokes."""
    tall = sorted(height for height in heights if height >= 9)
    return tall[len(tall) // 2] if tall else 20


def _lines(image: Any, ink: Any, box: Box, rows: list[tuple[int, int]], size: int) -> Iterator[_Line]:
    """Lines of a cell; strokes of one sign that leave white between them stay together."""
    merged: list[tuple[int, int]] = []
    for top, bottom in rows:
        if merged and bottom - merged[-1][0] <= 1.25 * size:
            merged[-1] = (merged[-1][0], bottom)
        else:
            merged.append((top, bottom))
    left, above, right, _ = box
    for top, bottom in merged:
        part = ink[above + top : above + bottom, left:right]
        columns = part.any(axis=0).nonzero()[0]
        if int(part.sum()) < _SPECK:
            continue
        x0, x1 = left + int(columns[0]), left + int(columns[-1]) + 1
        y0, y1 = above + top, above + bottom
        own = part[:, columns[0] : columns[-1] + 1]
        yield _Line((x0, y0, x1, y1), own, _cut(image, (x0, y0, x1, y1), box, size))


def _cut(image: Any, line: Box, cell: Box, size: int) -> Any:
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
