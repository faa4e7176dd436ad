"""Tables whose markup was met before: of the next one with the same markup only the numbers are read.

Offices fill in one form, whose markup many portals share byte for byte but for the numbers. How such a table
is read is a function of that markup alone, made by the reader itself with stand-ins for the numbers when it
is met for the second time; there is none where it would ask how long a number is, or puts one together from
several pieces of text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple, cast

from govcrawl.documents.left_out import what_is_left_out
from govcrawl.model import Cell, Grid

MOST_BYTES = 120_000
_REMEMBERED = 128
_TOLD_AGAIN = 1 << 12  # markups of which it is known that they were met
_MOST_SLOTS = 4_000
_LONGEST_TEXT = 300
_NUMBER = re.compile(rb">([0-9]{1,8})<")
_STAND_IN = b"9041%04d"
_STOOD_IN = re.compile(r"9041\d{4}")
_PLACE = itemgetter(1, 2, 3, 4, 5, 6)
_cell = cast("Callable[[tuple[Any, ...]], Cell]", partial(tuple.__new__, Cell))

Read = Callable[[bytes], Grid | None]


class Frame(NamedTuple):
    """A grid without its numbers.

    ``numbers`` says which of the source's numbers each cell to be filled in holds, ``places`` what else such
    a cell is, one tuple for each of its fields behind the text. ``slots`` are, for each row, the slots to be
    filled in and the cells for them.
    """

    grid: Grid
    numbers: tuple[int, ...]
    places: tuple[tuple[int, ...], ...]
    slots: tuple[tuple[tuple[int, int], ...], ...]


def grid_of_met(source: bytes, read: Read) -> Grid | None:
    """What ``read`` makes of a table's source, by what it made of the same markup with other numbers."""
    if len(source) > MOST_BYTES:
        return read(source)
    parts = _NUMBER.split(source)
    markup = tuple(parts[::2])
    # Many a table is the only one of its markup, and a frame is more work than a reading.
    if not (met := _met(hash(markup))):
        met.append(True)
        return read(source)
    frame = _frame(markup, read)
    if frame is None:
        return read(source)
    return _filled(frame, b" ".join(parts[1::2]).decode("ascii").split(" "))


@lru_cache(maxsize=_TOLD_AGAIN)
def _met(_: int) -> list[bool]:
    """Something in it where a markup of this hash was met before."""
    return []


@lru_cache(maxsize=_REMEMBERED)
def _frame(markup: tuple[bytes, ...], read: Read) -> Frame | None:
    """How tables of this markup are read; None where each is to be read by itself."""
    source = bytearray(markup[0])
    for number, piece in enumerate(markup[1:]):
        source += b">" + _STAND_IN % number + b"<" + piece
    found, told = what_is_left_out(partial(read, bytes(source)))
    if found is None or told or len(markup) > _MOST_SLOTS:
        return None
    cells = {id(cell): cell for cell in chain.from_iterable(found.rows)}
    if len(cells) > _MOST_SLOTS or any(len(cell.text) > _LONGEST_TEXT for cell in cells.values()):
        return None
    stood = {(_STAND_IN % number).decode(): number for number in range(len(markup) - 1)}
    filled = [cell for cell in cells.values() if cell.text in stood]
    others = sum(_STOOD_IN.search(cell.text) is not None for cell in cells.values())
    if others != len(filled) or len(filled) != len(stood):
        return None
    place = {id(cell): n for n, cell in enumerate(filled)}
    slots = [
        tuple([(column, place[id(cell)]) for column, cell in enumerate(row) if id(cell) in place])
        for row in found.rows
    ]
    numbers = tuple([stood[cell.text] for cell in filled])
    return Frame(found, numbers, tuple(zip(*map(_PLACE, filled), strict=True)), tuple(slots))


def _filled(frame: Frame, numbers: Sequence[str]) -> Grid:
    if not frame.numbers:
        return frame.grid
    made = list(map(_cell, zip([numbers[n] for n in frame.numbers], *frame.places, strict=True)))
    rows: list[tuple[Cell, ...]] = []
    for known, slots in zip(frame.grid.rows, frame.slots, strict=True):
        if slots:
            row = list(known)
            for column, cell in slots:
                row[column] = made[cell]
            rows.append(tuple(row))
        else:
            rows.append(known)
    return Grid(tuple(rows))
