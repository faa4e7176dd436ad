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
from itertools import chain, compress, count, groupby, repeat
from operator import gt, is_not, ne
from typing import Any

from govcrawl.model import Status

Place = tuple[str, str | None, str | None, int | None, int | None, int | None]
"""fact, unit, unit_source, table (counted from the list's first), row, col."""

FactRow = tuple[str, int | float | None, str, str, str | None, str | None, str | None, Any, Any, Any]
"""fact, value, raw, status, unit, unit_source, note, table_number, row, col; ``Fact`` is one."""

_SHAPES = 512  # remembered; a form of 200 cells takes some 100 kB
_DIGITS = 18  # that fit into SQLite's integers, whatever they are
_PIECES = 4
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
    """The cells of a report without what they hold; ``doubled`` are facts that two of them claim.

    ``written`` is the JSON of a report all whose cells are plain numbers, four pieces a cell behind the first
    one's head: digits, what stands between, digits, its tail with the next one's head. ``tails`` are the
    lengths of the tails alone. ``names`` are the facts in their own order, ``by_name`` their cells.
    """

    lists: tuple[List, ...]
    tails: tuple[int, ...]
    doubled: tuple[str, ...]
    names: tuple[str, ...]
    by_name: tuple[int, ...]
    written: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """A report's facts by their shape.

    ``plain`` has the digits of each cell that is a number printed just so, and nothing for the others,
    whose places are ``odd``; ``held`` is what each cell holds.
    """

    shape: Shape
    facts: Sequence[FactRow]
    plain: Sequence[str]
    odd: Sequence[int]
    held: Sequence[int | float | None]

    def values(self) -> dict[str, int | float | None]:
        """The numbers of the facts by their ids, in the order of those; None where a cell has none."""
        by_name = map(self.held.__getitem__, self.shape.by_name)
        return dict(zip(self.shape.names, by_name, strict=True))

    def as_json(self) -> bytes:
        """The facts as ``json.dumps`` writes them, without blanks."""
        if not self.facts:
            return b"[]"
        pieces = list(self.shape.written)
        pieces[1::_PIECES] = pieces[3::_PIECES] = ",".join(self.plain).encode().split(b",")
        for place in self.odd:
            fact, at = self.facts[place], _PIECES * place + 1
            pieces[at : at + 3] = _printed(fact[1], fact[2], fact[3]), b"", b""
            if fact[6] is None:
                pieces[at + 3] = pieces[at + 3][_AS_NUMBER:]
            else:
                rest = f",{_encoded(fact[4:])[1:]}".encode()
                pieces[at + 3] = rest + pieces[at + 3][self.shape.tails[place] :]
        return b"".join(pieces)


@lru_cache(maxsize=4096, typed=True)  # empty cells and dashes, which most are
def _printed(value: int | float | None, raw: str, status: str) -> bytes:
    """Value, print and status of a cell that is printed otherwise than as its digits."""
    return f'{_encoded(value)},{quoted(raw)},"{status}"'.encode()


class _Digits(dict[Any, str]):
    """Numbers as they are printed; small ones, which most are, are remembered."""

    def __missing__(self, value: Any) -> str:
        digits = str(value)
        if len(digits) <= _SMALL and type(value) is int:
            self[value] = digits
        return digits


_SMALL = 4
DIGITS: dict[Any, str] = _Digits()
"""How a number is printed that is just its digits."""


def cells_of(facts: Sequence[FactRow]) -> Cells:
    """The facts of a report by their shape."""
    if not facts:
        return Cells(_shape((), (), (), (), (), ()), facts, (), (), ())
    names, values, raws, statuses, units, sources, notes, tables, rows, columns = zip(*facts, strict=True)
    shape = _shape(names, units, sources, tables, rows, columns)
    plain = list(map(DIGITS.__getitem__, values))
    odd = set(compress(count(), map(ne, raws, plain)))
    if set(map(type, values)) != {int}:
        odd.update(compress(count(), map(is_not, map(type, values), repeat(int))))
    if statuses.count(Status.NUMBER) < len(facts):
        odd.update(compress(count(), map(ne, statuses, repeat(Status.NUMBER))))
    if notes.count(None) < len(facts):
        odd.update(compress(count(), map(is_not, notes, repeat(None))))
    if max(map(len, plain)) > _DIGITS:
        odd.update(compress(count(), map(gt, map(len, plain), repeat(_DIGITS))))
    others = sorted(odd)
    for place in others:
        plain[place] = ""
    return Cells(shape, facts, plain, others, values)


_NUMBER = Status.NUMBER.value
_AS_NUMBER = len(f'","{_NUMBER}"')


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
    heads = [f"[{quoted(name)}," for name in names]
    tails = [
        f'","{_NUMBER}",{_nullable(unit)},{_nullable(source)},null,{_slot(table)},{_slot(row)},{_slot(column)}]'.encode()
        for _, unit, source, table, row, column in cells
    ]
    by_name = tuple(sorted(range(len(names)), key=names.__getitem__))
    following = [*[f",{head}".encode() for head in heads[1:]], b"]"]
    pieces = [(b"", b',"', b"", tail + head) for tail, head in zip(tails, following, strict=False)]
    return Shape(
        lists=tuple(_lists(cells)),
        tails=tuple(map(len, tails)),
        doubled=tuple(sorted(name for name, number in Counter(names).items() if number > 1)),
        names=tuple(names[place] for place in by_name),
        by_name=by_name,
        written=(f"[{''.join(heads[:1])}".encode(), *chain.from_iterable(pieces)),
    )


def _nullable(text: str | None) -> str:
    return "null" if text is None else quoted(text)


def _slot(number: int | None) -> str:
    return "null" if number is None else DIGITS[number]


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
