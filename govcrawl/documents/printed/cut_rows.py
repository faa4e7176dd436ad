"""Whether a page break cut a row in two, or two whole rows meet at it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govcrawl.documents.printed.slots import Slot

_DIGITS = re.compile(r"[+\-－−]?[\d,，.]+[件条万元]*")
_VALUE = re.compile(rf"{_DIGITS.pattern}|[-—－–/／\\]+|无")
_REST = re.compile(r"[\d,，.]*[件条万元]*")
_OPENING = re.compile(r"[(（]?[一二三四五六七八九十\d]+[)）.．、]")


def is_cut_row(last: Sequence[Slot], first: Sequence[Slot]) -> bool:
    """Whether the row at the foot of a page goes on in the first one of the next.

    Its numbers stand above. Below them is nothing, or the end of one that filled the width of its cell; a
    value that stands where there is none above is of another row, and so is a label with a number of its own.
    """
    above = {slot.column: slot for slot in last if slot.height == 1}
    numbers = {column for column, slot in above.items() if _DIGITS.fullmatch(slot.text.strip())}
    below = [slot for slot in first if slot.column in numbers]
    if not below or len(below) < len(numbers) - 1:
        return False
    labels = [slot for slot in first if slot.column < min(numbers)]
    if any(_is_new(slot, last) for slot in labels):
        return False
    if any(
        slot.text and slot.column not in numbers and _VALUE.fullmatch(slot.text.strip()) for slot in first
    ):
        return False
    rests = [slot for slot in below if slot.text]
    if any(not _REST.fullmatch(slot.text.strip()) for slot in rests):
        return False
    wrapped = {slot.column for slot in last if slot.full}
    parts = [*rests, *(slot for slot in labels if slot.text and slot.column in above)]
    return not rests or len(parts) == len(rests) or all(slot.column in wrapped for slot in parts)


def _is_new(slot: Slot, last: Sequence[Slot]) -> bool:
    """Whether a label begins here: one that the page repeats does not."""
    again = any(own.column == slot.column and own.text == slot.text for own in last)
    return not again and _OPENING.match(slot.text.strip()) is not None


def append(upper: list[Slot], last: Sequence[Slot], slot: Slot, row: int) -> None:
    """Put what stands below the break into the row above; digits that had room there are doubtful."""
    for own in last:
        if (own.column, own.width) == (slot.column, slot.width):
            if slot.text and _VALUE.fullmatch(own.text.strip()):
                own.uncertain |= not own.full
            own.text += slot.text if slot.text != own.text or not _OPENING.match(own.text) else ""
            own.uncertain |= slot.uncertain
            own.height += slot.height - 1
            return
    upper.append(Slot(row, slot.column, slot.height, slot.width, slot.text, slot.uncertain))
