"""What the facts of many reports have in common: which cells, in which order, in which slots of which tables.

The forms are few, the reports are many: what follows from the form alone is worked out once.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby
from typing import Any

from govcrawl.model import Status

Place = tuple[str, str | None, str | None, int | None, int | None, int | None]
"""fact, unit, unit_source, table (counted from the list's first), row, col."""

FactRow = tuple[str, int | float | None, str, str, str | None, str | None, str | None, Any, Any, Any]
"""fact, value, raw, status, unit, unit_source, note, table_number, row, col; ``Fact`` is one."""

_SHAPES = 512  # remembered; a form of 200 cells takes some 100 kB
_DIGITS = 18  # that fit into SQLite's integers, whatever they are
quoted: Callable[[str], str] = json.encoder.encode_basestring
"""A text as JSON, as it is."""
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


@dataclass(frozen=True, slots=True)
class List:
    """One list of facts, those of a table: its share of a report's cells, and where they stand."""

    begin: int
    end: int
    first_table: int
    places: tuple[Place, ...]
    digest: bytes


@dataclass(frozen=True, slots=True)
class Shape:
    """The cells of a report without what they hold; ``doubled`` are facts that two of them claim."""

    lists: tuple[List, ...]
    heads: tuple[str, ...]
    tails: tuple[str, ...]
    doubled: tuple[str, ...]
    by_name: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """A report's facts by their shape.

    ``plain`` has the digits of each cell that is a number printed just so, and nothing for the others,
    whose places are ``odd``.
    """

    shape: Shape
    facts: Sequence[FactRow]
    plain: Sequence[str]
    odd: Sequence[int]

    def values(self) -> dict[str, int | float | None]:
        """The numbers of the facts by their ids, in the order of those; None where a cell has none."""
        return {self.facts[n][0]: self.facts[n][1] for n in self.shape.by_name}

    def as_json(self) -> str:
        """The facts as ``json.dumps`` writes them, without blanks."""
        rows = [
            f'{head}{digits},"{digits}{tail}' if digits else _cell(fact, head, tail)
            for fact, digits, head, tail in zip(
                self.facts, self.plain, self.shape.heads, self.shape.tails, strict=True
            )
        ]
        return f"[{','.join(rows)}]"


def _cell(fact: FactRow, head: str, tail: str) -> str:
    """A cell as ``json.dumps`` writes it that is printed otherwise than as its digits."""
    value, note = fact[1], fact[6]
    told = f"{head}{'null' if value is None else _encoded(value)},{quoted(fact[2])}"
    if note is None:
        return f'{told},"{fact[3]}{tail[_AS_NUMBER:]}'
    return f"{told},{_encoded(fact[3:])[1:]}"


def cells_of(facts: Sequence[FactRow]) -> Cells:
    """The facts of a report by their shape."""
    if not facts:
        return Cells(_shape((), (), (), (), (), ()), facts, (), ())
    names, values, raws, statuses, units, sources, notes, tables, rows, columns = zip(*facts, strict=True)
    shape = _shape(names, units, sources, tables, rows, columns)
    printed = list(map(str, values))
    if (
        raws == tuple(printed)
        and statuses.count(Status.NUMBER) == notes.count(None) == len(facts)
        and set(map(type, values)) == {int}
        and max(map(len, printed)) <= _DIGITS
    ):
        return Cells(shape, facts, raws, ())
    plain = [
        raw
        if raw == digits and status == _NUMBER and note is None and type(value) is int and len(raw) <= _DIGITS
        else ""
        for value, digits, raw, status, note in zip(values, printed, raws, statuses, notes, strict=True)
    ]
    return Cells(shape, facts, plain, [place for place, digits in enumerate(plain) if not digits])


_NUMBER = Status.NUMBER.value
_AS_NUMBER = len(f'","{_NUMBER}')


@lru_cache(maxsize=_SHAPES)
def _shape(
    names: tuple[str, ...],
    units: tuple[str | None, ...],
    sources: tuple[str | None, ...],
    tables: tuple[int | None, ...],
    rows: tuple[int | None, ...],
    columns: tuple[int | None, ...],
) -> Shape:
    cells = list(zip(names, units, sources, tables, rows, columns, strict=True))
    return Shape(
        lists=tuple(_lists(cells)),
        heads=tuple(f"[{_encoded(name)}," for name in names),
        tails=tuple(
            f'","{_NUMBER}",{_encoded(cell[1])},{_encoded(cell[2])},null,{_encoded(cell[3:])[1:]}'
            for cell in cells
        ),
        doubled=tuple(sorted(name for name, number in Counter(names).items() if number > 1)),
        by_name=tuple(sorted(range(len(names)), key=names.__getitem__)),
    )


def _lists(cells: Sequence[Place]) -> Iterator[List]:
    begin = 0
    for _, group in groupby(cells, key=lambda cell: cell[0].partition(".")[0]):
        own = list(group)
        first = min((table for *_, table, _, _ in own if table is not None), default=0)
        places = tuple(
            (name, unit, source, None if table is None else table - first, row, column)
            for name, unit, source, table, row, column in own
        )
        digest = blake2b(json.dumps(places, ensure_ascii=False).encode(), digest_size=16).digest()
        yield List(begin, begin + len(own), first, places, digest)
        begin += len(own)
