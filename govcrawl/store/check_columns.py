"""The checks of a report by their columns, as rows where they are asked for so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, overload

from sqlite_utils import Database

from govcrawl.store.columns import Column
from govcrawl.store.keys import known, name_of, names_in
from govcrawl.store.outcomes import OUTCOMES
from govcrawl.store.shapes import DIGITS

Row = dict[str, Any]
NAMES = ("rule", "subject", "outcome", "expected", "actual")
_OUTCOMES = {outcome: name for name, outcome in OUTCOMES.items()}


class CheckColumns(Sequence[Row]):
    """The checks of a report; ``texts`` are what is compared in them that is no plain number."""

    def __init__(self, columns: Sequence[Sequence[Any]], texts: Sequence[str]) -> None:
        self.columns, self.texts = columns, texts

    @classmethod
    def of(cls, db: Database, rows: Sequence[Sequence[Any]]) -> CheckColumns:
        """The checks that rows of ``check_outcomes`` tell of: check_id, outcome, expected, actual."""
        if not rows:
            return cls(((),) * len(NAMES), ())
        numbers, outcomes, *compared = zip(*rows, strict=True)
        texts = [cell for cells in compared for cell in cells if type(cell) is str]
        printed = [[None if cell is None else DIGITS[cell] for cell in cells] for cells in compared]
        return cls((*_named(db, numbers), list(map(_OUTCOMES.__getitem__, outcomes)), *printed), texts)

    def __len__(self) -> int:
        """Number of checks."""
        return len(self.columns[0])

    def __iter__(self) -> Iterator[Row]:
        """The checks one by one."""
        return (dict(zip(NAMES, row, strict=True)) for row in zip(*self.columns, strict=True))

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        """A check, or some."""
        return list(self)[place]


def _named(db: Database, numbers: tuple[int, ...]) -> tuple[Column, Column]:
    """Rules and subjects; the same for all reports with the same checks."""
    lists = known(db).other("lists of checks")
    found: tuple[Column, Column] | None = lists.get(numbers)
    if found is None:
        if len(lists) > _LISTS:
            lists.clear()
        names = names_in(db, "check_ids")
        named = [names.get(number) or name_of(db, "check_ids", number) for number in numbers]
        found = lists[numbers] = (
            Column([rule for rule, _ in named]),
            Column([subject for _, subject in named]),
        )
    return found


_LISTS = 512  # remembered
