"""The facts of a report by their columns: what a form says of them is the same object in all its reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, overload

from govcrawl.model import Status
from govcrawl.store.shapes import FactRow


class FactColumns(Sequence[FactRow]):
    """The facts of a report, as rows or by their columns; ``odd`` are the places of all but plain numbers."""

    def __init__(self, columns: Sequence[Sequence[Any]], odd: Sequence[int]) -> None:
        self.columns, self.odd = columns, odd

    @cached_property
    def values(self) -> dict[str, int | float | None]:
        """What the facts hold, by their ids."""
        return dict(zip(self.columns[0], self.columns[1], strict=True))

    @property
    def texts(self) -> list[str]:
        """Prints and notes of all but plain numbers."""
        raws, notes = self.columns[2], self.columns[6]
        found = [raws[place] for place in self.odd]
        return found + [note for place in self.odd if (note := notes[place])]

    @property
    def statuses(self) -> list[str]:
        """The statuses of all but plain numbers."""
        return [self.columns[3][place] for place in self.odd]

    def __len__(self) -> int:
        """Number of facts."""
        return len(self.columns[0])

    def __iter__(self) -> Iterator[FactRow]:
        """The facts one by one."""
        return zip(*self.columns, strict=True)

    @overload
    def __getitem__(self, place: int) -> FactRow: ...
    @overload
    def __getitem__(self, place: slice) -> list[FactRow]: ...
    def __getitem__(self, place: int | slice) -> FactRow | list[FactRow]:
        """A fact, or some."""
        return list(self)[place]


PLAIN = Status.NUMBER.value
"""What the status of all others is."""


def as_columns(facts: Sequence[FactRow]) -> FactColumns:
    """Facts by their columns."""
    if isinstance(facts, FactColumns):
        return facts
    columns = list(zip(*facts, strict=True)) or [()] * 10
    return FactColumns(columns, range(len(facts)))
