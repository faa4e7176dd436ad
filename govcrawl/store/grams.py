"""Chinese text as a bag of words that any SQLite's full-text index keeps apart: pairs of neighbours.

A text is found by every run of its characters after folding. Each character becomes four hexadecimal digits
(eight for one outside the first plane), a pair of neighbours one word, so no character of a query, be it a
quote or an operator, means anything else. Words begin with a letter that says where they stand: prose,
tables or title, or a seam between prose and a table; single characters have letters of their own.

The index knows which words a text has, not where: of one or two characters it tells exactly which texts hold
them, of more which may, and those are read. That takes a sixth of the room that the places of words take.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from enum import StrEnum
from itertools import chain, groupby, pairwise
from operator import add

from govcrawl.text import folded


class Part(StrEnum):
    """Where a query is found, the most telling first."""

    TITLE = "title"
    PROSE = "prose"
    TABLES = "tables"


_PAIRS = {Part.TITLE: "t", Part.PROSE: "p", Part.TABLES: "b"}
_SINGLES = {Part.TITLE: "u", Part.PROSE: "q", Part.TABLES: "c"}
_SEAM = "s"
_MOST = 60
"""Words of a long query that the index is asked for: whoever has them all is read anyway."""


def runs(text: str) -> list[tuple[Part, str]]:
    """The folded text of a report in its order: prose and tables (Markdown) by turns.

    Their concatenation is the folded text.
    """
    blocks = filter(None, map(folded, text.split("\n\n")))
    return [(part, "".join(same)) for part, same in groupby(blocks, part_of)]


def part_of(block: str) -> Part:
    """What a folded paragraph is; a table begins and ends with a bar, and a query across a seam holds it."""
    return Part.TABLES if block.startswith("|") and block.endswith("|") else Part.PROSE


def words(title: str, text: str) -> str:
    """What the index holds of a report: words with a blank between them, each once."""
    found = runs(text)
    said: list[str] = []
    for part, mark in _PAIRS.items():
        own = [run for of, run in found if of is part] if part is not Part.TITLE else [folded(title)]
        said += _marked(mark, set(chain.from_iterable(map(add, run, run[1:]) for run in own)), 2)
        said += _marked(_SINGLES[part], set().union(*own), 1)
    said += _marked(_SEAM, _seams(found), 2)
    return " ".join(said)


def is_exact(query: str) -> bool:
    """Whether the index alone tells which texts hold a folded query."""
    return len(query) <= 2


def expressions(query: str) -> Iterator[tuple[Part, str]]:
    """For each part the expression that finds the texts which hold, or may hold, a folded query there.

    What begins in prose and ends in a table, or the other way, counts as standing in tables; such a query has
    a bar in it.
    """
    pairs = [_hex(pair) for pair in dict.fromkeys(map(add, query, query[1:]))][:_MOST]
    for part, mark in _PAIRS.items():
        if len(query) == 1:
            yield part, _SINGLES[part] + _hex(query)
        elif part is not Part.TABLES or "|" not in query:
            yield part, " AND ".join(mark + pair for pair in pairs)
        else:
            marks = (mark, _SEAM) if is_exact(query) else (mark, _SEAM, _PAIRS[Part.PROSE])
            yield part, " AND ".join(f"({' OR '.join(one + pair for one in marks)})" for pair in pairs)


def _seams(found: Sequence[tuple[Part, str]]) -> set[str]:
    """The pairs of characters across the places where the part changes."""
    return {one[-1] + other[0] for (_, one), (_, other) in pairwise(found)}


def _marked(mark: str, pieces: Set[str], length: int) -> list[str]:
    """The words of pieces of some characters each."""
    units, width = _hex("".join(pieces)), 4 * length
    if len(units) == width * len(pieces):
        return [mark + units[n : n + width] for n in range(0, len(units), width)]
    return [mark + _hex(piece) for piece in pieces]


def _hex(piece: str) -> str:
    """The UTF-16 code units of a text, four hexadecimal digits each."""
    return piece.encode("utf-16-be", "surrogatepass").hex()
