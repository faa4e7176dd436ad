"""Cells of a ruled table on an image, each read by itself: no text can slip into the cell beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from govcrawl.documents.printed import Glyph
from govcrawl.documents.printed.ruled import RuledTable
from govcrawl.documents.scanned.grey_seals import Unsealed, may_hide_print
from govcrawl.documents.scanned.grid import Bounds
from govcrawl.documents.scanned.ink import ink_of, is_surely_empty, without_rules
from govcrawl.documents.scanned.lines import Box, CellLine, cut_out, lines_in, stretches, usual_height
from govcrawl.documents.scanned.pale import is_partly_pale, is_sealed, without_passing_strokes
from govcrawl.documents.scanned.readings import UNREAD, FirstRead, first_read, read
from govcrawl.documents.scanned.ruling import spread
from govcrawl.documents.scanned.signs import Shapes, has_hanzi
from govcrawl.documents.scanned.straight import POINTS
from govcrawl.documents.scanned.watermarks import Cleared, hid_print, is_marked

MAX_LINES = 3_000
_INSET = 4
_BEYOND = 2  # pixels to a border's rule from the box of its cell
_CUT = 10  # pixels: the signs of a number lie nearer to each other
_BORDER = 3  # pixels more where a cell is to be proved empty


class Cells(NamedTuple):
    """The lines in a page's tables, read once, and the glyphs that stand for ink that is no line.

    ``unsure`` says of each line whether the borders of its cell are, or what was taken out of the cell, or
    whether it comes in over a border; ``marked`` whether remains of a mark may be signs of it, or it may lack
    some; ``numbers`` are those of the lines' cells.
    """

    lines: FirstRead
    unread: list[Glyph]
    unsure: Sequence[bool]
    marked: Sequence[bool]
    numbers: Sequence[int]


def cells_in(
    page: Unsealed, tables: Sequence[RuledTable], unsure: Sequence[Bounds] = (), under: Cleared | None = None
) -> Cells:
    """What stands in the tables' cells of a page.

    ``unsure`` are pieces of rules, in points, of which nobody can tell whether they part two cells; ``under``
    says where marks lay over the page.
    """
    boxes = [box for table in tables for box in _boxes(table)]
    image, ink, touched, pale = without_passing_strokes(page.image, ink_of(page.image), boxes)
    held = {box: without_rules(ink[box[1] : box[3], box[0] : box[2]]) for box in boxes}
    size = usual_height([bottom - top for own in held.values() for top, bottom in stretches(own)])
    unread: list[Glyph] = []
    lines: list[CellLine] = []
    beside: list[bool] = []
    bold: dict[int, Any] = {}
    torn: list[bool] = []
    marked: list[bool] = []
    cells: list[int] = []
    for number, (box, own) in enumerate(held.items()):
        seal, others, lost = (
            mask[box[1] : box[3], box[0] : box[2]] for mask in (page.seals, page.others, page.lost)
        )
        stamped = bool(seal.any())
        found = list(lines_in(image, own, box, size))
        for line in found:
            foreign = box in touched or is_partly_pale(pale, line.box)
            sealed = stamped and is_sealed(page.seals, pale, line.box)
            if sealed and not foreign:
                bold[len(lines)] = cut_out(page.bold, line.box, box, size)
            beside.append(foreign or sealed)
            lines.append(line)
        is_torn = may_hide_print(others, lost) or any(_touches(box, piece) for piece in unsure)
        torn += [is_torn or _enters(ink, line.box, box) or _is_cut(ink, line.box) for line in found]
        marked += [under is not None and is_marked(under, line.box, line.ink, size) for line in found]
        cells += [number] * len(found)
        is_torn = is_torn or (under is not None and hid_print(under, box))
        if not found and (is_torn or not is_surely_empty(_inside(image, box))):
            unread.append(_unread(box))
    return Cells(
        first_read(image, lines[:MAX_LINES], beside[:MAX_LINES], size, bold), unread, torn, marked, cells
    )


def glyphs_of(cells: Cells, shapes: Shapes) -> Iterator[Glyph]:
    """The cells' signs, marked as uncertain where the evidence is not of one mind."""
    yield from cells.unread
    told = read(cells.lines, shapes)
    held = Counter(cells.numbers[: len(told)])
    named = {cells.numbers[n] for n, (text, _) in enumerate(told) if has_hanzi(text)}
    for number, (text, certain) in enumerate(told):
        cell = cells.numbers[number]
        # A number stands in one line: what is above or below it without a word is a stroke of something else.
        lone = held[cell] == 1 or cell in named
        # Words are told by more than their small strokes.
        whole = not cells.marked[number] or (has_hanzi(text) and len(text) > 1)
        sure = certain and lone and whole and not cells.unsure[number]
        yield from spread(text, cells.lines.lines[number].box, uncertain=not sure)


def _touches(box: Box, piece: Bounds) -> bool:
    """Whether a piece of a rule lies along a cell's border."""
    left, top, right, bottom = (length / POINTS for length in piece)
    wide = min(box[2], right) - max(box[0], left)
    high = min(box[3], bottom) - max(box[1], top)
    return max(wide, high) > 0 and min(wide, high) >= -2 * _INSET


def _enters(ink: Any, line: Box, cell: Box) -> bool:
    """Whether something in a line comes in over a border of its cell, as the rim of a dark seal does."""
    left, top, right, bottom = line
    rows, columns = slice(top, bottom), slice(left, right)
    beyond = (
        (left == cell[0], ink[rows, left - _BEYOND : left + 1].all(axis=1)),
        (right == cell[2], ink[rows, right - 1 : right + _BEYOND].all(axis=1)),
        (top == cell[1], ink[top - _BEYOND : top + 1, columns].all(axis=0)),
        (bottom == cell[3], ink[bottom - 1 : bottom + _BEYOND, columns].all(axis=0)),
    )
    return any(reached and bool(held.any()) for reached, held in beyond)


def _is_cut(ink: Any, line: Box) -> bool:
    """Whether a line stands at a side of the image, beyond which it may go on, and no border is between."""
    left, top, right, bottom = line
    beside = [ink[top:bottom, :left]] * (left < _CUT)
    beside += [ink[top:bottom, right:]] * (right > ink.shape[1] - _CUT)
    return any(not own.all(axis=0).any() for own in beside)


def _inside(image: Any, box: Box) -> Any:
    left, top, right, bottom = box
    return image[top + _BORDER : bottom - _BORDER, left + _BORDER : right - _BORDER]


def _unread(box: Box) -> Glyph:
    left, top, right, bottom = (length * POINTS for length in box)
    x, y = (left + right) / 2, (top + bottom) / 2
    return Glyph(UNREAD, x - 2, y - 2, x + 2, y + 2, uncertain=True)


def _boxes(table: RuledTable) -> Iterator[Box]:
    for slot in table.slots:
        left, right = table.xs[slot.column] / POINTS, table.xs[slot.column + slot.width] / POINTS
        top, bottom = table.ys[slot.row] / POINTS, table.ys[slot.row + slot.height] / POINTS
        box = (round(left) + _INSET, round(top) + _INSET, round(right) - _INSET, round(bottom) - _INSET)
        if box[2] - box[0] > 4 and box[3] - box[1] > 4:
            yield box
