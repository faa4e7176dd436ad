"""Print in pieces: signs that follow each other without a gap, and the lines of a cell put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

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
_BACK = 0.3
_WIDE = 3.0  # letters of a label set apart
_NEXT_LINE = 0.9
_SAME_LABEL = 1.8
_SHARED = 0.5


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
    return level and -_BACK * size < run.left - last.right < _GAP * size


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


def cells_of(rows: Sequence[Sequence[Piece]], rules: Sequence[tuple[float, float, float]]) -> list[Piece]:
    """The texts of labels and headers, put together of their lines; ``rules`` (y, left, right) part them."""
    cells: list[Piece] = []
    for row in rows:
        for piece in _spelled([piece for piece in row if not is_value(piece.text)]):
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
        if last is not None and piece.left - last.right < _WIDE * piece.size:
            whole = bare(last.text) in labels()
            if not whole and begins_label(last.text + piece.text) and not is_numbered(piece.text):
                last.take(piece)
                continue
        found.append(
            Piece(piece.text, piece.left, piece.right, piece.top, piece.bottom, [*piece.signs], piece.size)
        )
    return found


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
    if text.count("（") + text.count("(") > text.count("）") + text.count(")"):
        return _NEXT_LINE
    if line[0] in "(（" and not is_numbered(line):
        return _NEXT_LINE
    if whole or is_numbered(line) or bare(line) in labels() or (is_in_label(text) and begins_label(line)):
        return None
    return _SHARED
