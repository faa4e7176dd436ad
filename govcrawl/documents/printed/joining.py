"""Tables that a page break has cut, made one again: repeated headers dropped, cut rows and labels joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from govcrawl.documents.printed.cut_rows import append, is_cut_row
from govcrawl.documents.printed.ruled import RuledTable, clustered
from govcrawl.documents.printed.slots import Slot

_SAME_EDGE = 6.0
_SAME_COLUMN = 4.0
_OPENING = re.compile(r"\s*[(（]?[一二三四五六七八九十\d]")
_DIGIT = re.compile(r"\d")

Row = dict[int, Slot]


def continues(above: RuledTable, below: RuledTable) -> bool:
    """Whether a table at the top of a page has the edges of the one at the foot of the page before."""
    return (
        abs(above.xs[0] - below.xs[0]) < _SAME_EDGE
        and abs(above.xs[-1] - below.xs[-1]) < _SAME_EDGE
        and (abs(len(above.xs) - len(below.xs)) <= max(2, len(above.xs) // 2) or _refines(above.xs, below.xs))
    )


def _refines(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether each border of the table with fewer of them is one of the other's: a header was cut off."""
    few, many = sorted((one, other), key=len)
    return all(min(abs(x - y) for y in many) < _SAME_COLUMN for x in few)


def joined_tables(above: RuledTable, below: RuledTable) -> RuledTable:
    """One table of two parts; ``below`` is the later one, on the next page."""
    xs = clustered([*above.xs, *below.xs], _SAME_COLUMN)
    upper, lower = _on(xs, above), _on(xs, below)
    lower = _without_blank_top(_without_header(upper, lower))
    upper, height_above = _without_blank_foot(upper, above.rows)
    last, first = _rows_of(upper, height_above - 1, ending=True), _rows_of(lower, 0)
    rest = [slot for slot in lower if slot.row > 0]
    offset = height_above
    if first and is_cut_row(last, first):
        offset -= 1
        for slot in first:
            append(upper, last, slot, height_above - 1)
    else:
        values = min((slot.column for slot in first if slot.text.strip().isdigit()), default=len(xs))
        for slot in first:
            # Right of a number a blank is a value that was not given, however tall the header above it is.
            if slot.column > values or not _goes_on(last, slot):
                rest.append(slot)
    height = max((slot.row + slot.height for slot in lower), default=0)
    slots = [
        *upper,
        *(slot.at(slot.row + offset, slot.column, slot.width) for slot in rest),
    ]
    slots.sort(key=lambda slot: (slot.row, slot.column))
    edges = [*above.ys[: offset + 1], *(above.ys[-1] + n for n in range(1, height + 1))]
    return RuledTable(xs, edges[: offset + height + 1], slots, below.page)


def _on(xs: list[float], table: RuledTable) -> list[Slot]:
    """The cells of a table on other column borders, copied."""
    place = [min(range(len(xs)), key=lambda n: abs(xs[n] - x)) for x in table.xs]
    return [
        slot.at(slot.row, place[slot.column], max(1, place[slot.column + slot.width] - place[slot.column]))
        for slot in table.slots
    ]


def _rows_of(slots: Sequence[Slot], row: int, *, ending: bool = False) -> list[Slot]:
    return [slot for slot in slots if (slot.row + slot.height - 1 if ending else slot.row) == row]


def _without_header(upper: list[Slot], lower: list[Slot]) -> list[Slot]:
    """The later part without rows that repeat the first rows of the earlier one."""
    repeated = 0
    height = max((slot.row + slot.height for slot in lower), default=0)
    while repeated < height and _repeats(_shown(upper, repeated), _shown(lower, repeated)):
        repeated += 1
    if not repeated:
        return lower
    return [slot.at(slot.row - repeated, slot.column, slot.width) for slot in lower if slot.row >= repeated]


def _without_blank_top(slots: list[Slot]) -> list[Slot]:
    """The later part without a first row that is only the space which the break left of a row above."""
    first = _rows_of(slots, 0)
    if not any(slot.height == 1 for slot in first) or any(slot.text for slot in first if slot.height == 1):
        return slots
    if all(slot.height == 1 for slot in slots):
        return slots if len(first) == len(slots) else _moved_up([s for s in slots if s.row > 0])
    return _moved_up([slot for slot in slots if slot.row > 0 or slot.height > 1])


def _moved_up(slots: list[Slot]) -> list[Slot]:
    """Slots one row higher; one that began in the row which is gone loses that row."""
    return [replace(slot, row=max(0, slot.row - 1), height=slot.height - (slot.row == 0)) for slot in slots]


def _without_blank_foot(slots: list[Slot], height: int) -> tuple[list[Slot], int]:
    """The earlier part without a last row that is only the space above a row which the break moved on."""
    last = _rows_of(slots, height - 1, ending=True)
    own = [slot for slot in last if slot.height == 1]
    if height < 2 or not own or any(slot.text for slot in own):
        return slots, height
    kept = [slot for slot in slots if slot.row + slot.height < height]
    kept += [replace(slot, height=slot.height - 1) for slot in last if slot.height > 1]
    return kept, height - 1


def _shown(slots: Sequence[Slot], row: int) -> list[tuple[int, int, str]]:
    found = sorted((slot.column, slot.width, slot.text) for slot in slots if slot.row == row)
    return found if any(text for _, _, text in found) else []


def _repeats(above: list[tuple[int, int, str]], below: list[tuple[int, int, str]]) -> bool:
    """Whether a row has the cells of one above, a text perhaps cut off where the header was given no room."""
    if not below or len(above) != len(below):
        return False
    return all(
        one[:2] == other[:2] and (one[2] == other[2] or (other[2] != "" and one[2].startswith(other[2])))
        for one, other in zip(above, below, strict=True)
    )


def _goes_on(last: Sequence[Slot], slot: Slot) -> bool:
    """Whether a label cell that spans rows goes on below the break; it then takes the later part in."""
    for own in last:
        if (own.column, own.width) != (slot.column, slot.width) or max(own.height, slot.height) < 2:
            continue
        if _DIGIT.search(own.text + slot.text) or (slot.text and _OPENING.match(slot.text)):
            return False
        own.text += slot.text
        own.uncertain |= slot.uncertain
        own.height += slot.height
        return True
    return False
