"""Cells of a ruled table while it is put together, and stray lines that part nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from govcrawl.documents.printed.page import Glyph
from govcrawl.documents.printed.words import is_full


@dataclass(slots=True)
class Slot:
    """A cell of a ruled table and what is printed in it, with its ``signs`` and the width they have."""

    row: int
    column: int
    height: int
    width: int
    text: str = ""
    uncertain: bool = False
    signs: Sequence[Glyph] = ()
    room: float = 0.0

    @property
    def full(self) -> bool:
        """Whether its last line has no room left."""
        return is_full(self.signs, self.room)

    def at(self, row: int, column: int, width: int) -> Slot:
        """A copy of it at another place."""
        return Slot(row, column, self.height, width, self.text, self.uncertain, self.signs, self.room)


def without_stray_lines(slots: list[Slot]) -> tuple[list[Slot], set[int]]:
    """The cells without row borders that are drawn in few columns and there part a blank from its neighbour.

    Also the numbers of the rows whose upper border was such a line. No text moves to another row by that: the
    cells beside the line are the ones that say where rows begin.
    """
    columns = max((slot.column + slot.width for slot in slots), default=0)
    begun: dict[int, list[Slot]] = {}
    for slot in slots:
        begun.setdefault(slot.row, []).append(slot)
    gone: set[int] = set()
    for row in sorted(begun, reverse=True):
        if row == 0 or 2 * sum(slot.width for slot in begun[row]) >= columns:
            continue
        pairs = [(_above(slots, slot), slot) for slot in begun[row]]
        if all(upper is not None and not (upper.text and slot.text) for upper, slot in pairs):
            for upper, slot in pairs:
                assert upper is not None
                upper.text, upper.height = upper.text + slot.text, upper.height + slot.height
                upper.uncertain |= slot.uncertain
                slots.remove(slot)
            gone.add(row)
            for slot in slots:
                if slot.row > row:
                    slot.row -= 1
                elif slot.row + slot.height > row:
                    slot.height -= 1
    return slots, gone


def _above(slots: Sequence[Slot], slot: Slot) -> Slot | None:
    """The cell of the same columns that ends where this one begins."""
    for own in slots:
        if (own.column, own.width, own.row + own.height) == (slot.column, slot.width, slot.row):
            return own
    return None
