"""Rows by their columns: what many reports have in common is the same object in all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Any


class Column(tuple[Any, ...]):
    """A column that many reports share: what is made of it once can be kept with it."""

    made: dict[Any, Any]

    def __new__(cls, cells: Sequence[Any]) -> Column:
        """A column of these cells."""
        own = super().__new__(cls, cells)
        own.made = {}
        return own


class Same(Sequence[Any]):
    """A column that says the same in every row."""

    __slots__ = ("cell", "number")

    def __init__(self, cell: Any, number: int) -> None:
        self.cell, self.number = cell, number

    def __len__(self) -> int:
        """Number of rows."""
        return self.number

    def __iter__(self) -> Iterator[Any]:
        """The cell of every row."""
        return repeat(self.cell, self.number)

    def __getitem__(self, place: Any) -> Any:
        """The cell of a row, or of some."""
        return self.cell if place == 0 and self.number else ([self.cell] * self.number)[place]
