"""The checks of a report by their columns, as rows where they are asked for so."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, overload

from sqlite_utils import Database

from govcrawl.store.columns import Column
from govcrawl.store.keys import known, name_of
from govcrawl.store.outcomes import OUTCOMES
from govcrawl.store.shapes import DIGITS

Row = dict[str, Any]
NAMES = ("rule", "subject", "outcome", "expected", "actual")
_OUTCOMES = {outcome: name for name, outcome in OUTCOMES.items()}
_PLACES = "SELECT check_id, outcome, expected, actual FROM check_places WHERE form_id = ? ORDER BY place"
_Slots = Sequence[int | str | None]
_Form = tuple[Column, Column, Column, _Slots, _Slots]


class CheckColumns(Sequence[Row]):
    """The checks of a report; ``texts`` are what is compared in them that is no plain number."""

    def __init__(self, columns: Sequence[Sequence[Any]], texts: Sequence[str]) -> None:
        self.columns, self.texts = columns, texts

    @classmethod
    def of(cls, db: Database, rows: Sequence[Sequence[Any]]) -> CheckColumns:
        """The checks that rows of ``check_lists`` tell of: form_id, list."""
        if not rows:
            return cls(((),) * len(NAMES), ())
        forms, lists = zip(*rows, strict=True)
        sides = [side for written in lists for side in json.loads(written)]
        *named, expected, actual = _form(db, forms)
        printed = [DIGITS[side] for side in sides]
        compared = [
            [printed[slot] if type(slot) is int else slot for slot in slots] for slots in (expected, actual)
        ]
        texts = [side for side in (*sides, *expected, *actual) if type(side) is str]
        return cls((*named, *compared), texts)

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


def _form(db: Database, forms: tuple[int, ...]) -> _Form:
    """What is the same for all reports with these forms: all but what is compared, and where that stands."""
    memory = known(db).other("lists of checks")
    found: _Form | None = memory.get(forms)
    if found is None:
        if len(memory) > _LISTS:
            memory.clear()
        found = memory[forms] = _form_of(db, forms)
    return found


def _form_of(db: Database, forms: tuple[int, ...]) -> _Form:
    names: list[tuple[str, ...]] = []
    outcomes: list[str] = []
    sides: tuple[list[int | str | None], list[int | str | None]] = ([], [])
    first = 0
    for form in forms:
        places = db.conn.execute(_PLACES, (form,)).fetchall()
        for number, outcome, *slots in places:
            names.append(name_of(db, "check_ids", number))
            outcomes.append(_OUTCOMES[outcome])
            for own, slot in zip(sides, slots, strict=True):
                own.append(first + slot if type(slot) is int else slot)
        slots = [slot for *_, one, other in places for slot in (one, other) if type(slot) is int]
        first += max(slots, default=-1) + 1
    rules, subjects = (Column([name[side] for name in names]) for side in (0, 1))
    return rules, subjects, Column(outcomes), *sides


_LISTS = 512  # remembered
