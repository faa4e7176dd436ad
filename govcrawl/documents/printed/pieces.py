"""Print in pieces: signs that follow each other without a gap, and the lines of a cell put together."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from govcrawl.documents.printed.form_words import (
    bare,
    begins_label,
    is_in_label,
    is_numbered,
    is_value,
    labels,
)
from govcrawl.documents.printed.page import Glyph

_GAP = 0.25  # of a sign's height: words of one cell stand closer
_DIGIT_GAP = 0.1
_BACK = 0.3
_WIDE = 3.0  # letters of a label set apart
_SPACE = 1.2
_NEXT_LINE = 0.9
_SAME_LABEL = 1.8
_SHARED = 0.5
_ROW = 0.9
_UNIT = re.compile("万?元|[件条个项宗次]")


@dataclass(slots=True)
class Piece:
    """A text with its place; ``top`` and ``bottom`` run on over all pages, ``signs`` are (page, glyph)."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    signs: list[tuple[int, int]] = field(default_factory=list)
    size: float = 0.0

    @property
    def x(self) -> float:
        """Middle from left to right."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """Middle from top to bottom."""
        return (self.top + self.bottom) / 2

    @property
    def page(self) -> int:
        """Page on which it begins."""
        return self.signs[0][0]

    def copy(self) -> Piece:
        """The same, to be put together with others."""
        return replace(self, signs=[*self.signs])

    def take(self, other: Piece) -> None:
        """Put what goes on in another piece behind this one."""
        self.text += other.text
        self.left, self.right = min(self.left, other.left), max(self.right, other.right)
        self.top, self.bottom = min(self.top, other.top), max(self.bottom, other.bottom)
        self.signs += other.signs


def pieces_of(glyphs: Sequence[Glyph], numbers: Iterable[int], page: int) -> list[Piece]:
    """The pieces of a page from left to right in each line, as they were written or else as they stand.

    A label that another cell cuts off lies under that cell's text: what was written as one stays one.
    """
    runs: list[Piece] = []
    for number in numbers:
        text, left, top, right, bottom, *_ = glyphs[number]
        own = Piece(text, left, right, top, bottom, [(page, number)], bottom - top)
        if runs and _follows(runs[-1], own):
            runs[-1].take(own)
        else:
            runs.append(own)
    joined: list[Piece] = []
    for row in rows_of(runs):
        for run in row:
            if joined and _follows(joined[-1], run):
                joined[-1].take(run)
            else:
                joined.append(run)
    return joined


def _follows(last: Piece, run: Piece) -> bool:
    size = max(last.size, run.size)
    level = abs(last.y - run.y) < 0.35 * size
    if is_value(run.text) and bare(last.text) in labels():
        return False
    digits = is_value(run.text) and is_value(last.text)
    return level and -_BACK * size < run.left - last.right < (_DIGIT_GAP if digits else _GAP) * size


def rows_of(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces in rows from top to bottom, each from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.y):
        if rows and piece.y - rows[-1][0].y < 0.4 * max(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda piece: piece.left)
    return rows


def numbers_of(rows: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """The numbers of each row of a table from left to right, those broken over two lines made one.

    The numbers beside a broken one stand in the middle of its lines.
    """
    lines = [[p.copy() for p in row if is_value(p.text) or _UNIT.fullmatch(p.text)] for row in rows]
    lines = [line for line in lines if line]
    found: list[list[Piece]] = []
    while lines:
        line = lines.pop(0)
        if len(lines) > 1 and _is_broken(line, *lines[:2]):
            beside, rest = lines.pop(0), lines.pop(0)
            for piece, end in zip(line, rest, strict=True):
                piece.take(end)
            line += beside
        if own := [piece for piece in line if is_value(piece.text)]:
            found.append(sorted(own, key=lambda piece: piece.left))
    return found


def _is_broken(line: Sequence[Piece], beside: Sequence[Piece], rest: Sequence[Piece]) -> bool:
    """Whether each number of a line goes on two lines below, and those between are of other columns."""
    near = _ROW * max(line[0].size, beside[0].size)
    if len(line) != len(rest) or beside[0].y - line[0].y > near or rest[0].y - beside[0].y > near:
        return False
    goes_on = all(_over(a, b) and is_value(a.text + b.text) for a, b in zip(line, rest, strict=True))
    return goes_on and not any(_over(a, b) for a in beside for b in (*line, *rest))


def _over(one: Piece, other: Piece) -> bool:
    return min(one.right, other.right) > max(one.left, other.left)


def cells_of(
    rows: Sequence[Sequence[Piece]],
    rules: Sequence[tuple[float, float, float]],
    numbers: Collection[tuple[int, int]],
) -> list[Piece]:
    """The texts of labels and headers, put together of their lines; ``rules`` (y, left, right) part them.

    ``numbers`` are the signs of the table's numbers.
    """
    cells: list[Piece] = []
    for row in rows:
        for piece in _spelled([p for p in row if not is_value(p.text) and p.signs[0] not in numbers]):
            above = min(_fitting(cells, piece, rules), key=lambda fit: fit[0], default=None)
            if above is None:
                cells.append(piece)
            else:
                above[1].take(piece)
    return cells


def _spelled(row: Iterable[Piece]) -> list[Piece]:
    """Pieces of a line with a label whose letters are set apart made one."""
    found: list[Piece] = []
    for piece in row:
        last = found[-1] if found else None
        if last is not None and _is_spaced(last, piece):
            last.take(piece)
            continue
        found.append(piece.copy())
    return found


def _is_spaced(last: Piece, piece: Piece) -> bool:
    """Whether two pieces of a line are of one label: its beginning, or near each other anywhere in it."""
    gap, both = piece.left - last.right, last.text + piece.text
    if bare(last.text) in labels() or is_numbered(piece.text):
        return False
    return (gap < _WIDE * piece.size and begins_label(both)) or (
        gap < _SPACE * piece.size and is_in_label(both)
    )


def _fitting(
    cells: Sequence[Piece], piece: Piece, rules: Sequence[tuple[float, float, float]]
) -> Iterator[tuple[tuple[bool, float], Piece]]:
    """The cells that a line may go on, those whose label it goes on before the others."""
    for cell in cells[-60:]:
        shared = min(cell.right, piece.right) - max(cell.left, piece.left)
        if shared < _SHARED * min(cell.right - cell.left, piece.right - piece.left):
            continue
        gap = piece.top - cell.bottom
        size = max(cell.size, piece.size)
        if gap < -_SHARED * size or any(
            cell.bottom - 0.3 * size < y < piece.top + 0.3 * size and left - 1 < piece.x < right + 1
            for y, left, right in rules
        ):
            continue
        fit = _goes_on(cell.text, piece.text)
        if fit is not None and gap < fit * size:
            yield (fit < _SAME_LABEL, gap), cell


def _goes_on(text: str, line: str) -> float | None:
    """How far below a text, in heights of a sign, a line may stand that goes on with it; None if none may."""
    whole = bare(text) in labels()
    if begins_label(text + line) and not (whole and is_numbered(line)):
        return _SAME_LABEL
    if is_numbered(line) or bare(line) in labels():
        return None
    if text.count("（") + text.count("(") > text.count("）") + text.count(")"):
        return _NEXT_LINE
    if line[0] in "(（" and not is_numbered(line):
        return _NEXT_LINE
    if whole or is_numbered(line) or bare(line) in labels() or (is_in_label(text) and begins_label(line)):
        return None
    return _SHARED
