"""What is printed around the place where a query stands: found after folding, shown as published."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from govcrawl.store.grams import Part, part_of
from govcrawl.text import folded

_AROUND = 28  # characters before and behind the query
_MORE = "…"


class Snippet(NamedTuple):
    """A piece of a text on one line; ``start`` and ``end`` are where the query stands in it."""

    text: str
    start: int
    end: int


def snippet(text: str, plain: str, part: Part) -> Snippet:
    """A place in a part of a text that holds a folded query, with what stands around it.

    One that is printed just so is shown rather than another, one within a paragraph or a row of a table
    rather than one that runs over several.
    """
    blocks = text.split("\n\n")
    for block in blocks:  # folding whole texts is what takes time, and few need it
        if plain in block and _is(block, part):
            piece = next((row for row in block.split("\n") if plain in row), block)
            start = piece.index(plain)
            return _around(piece, start, start + len(plain))
    for block in blocks:
        if _is(block, part):
            for piece in block.split("\n") if part is Part.TABLES else (block,):
                if plain in folded(piece):
                    return _around(piece, *_where(piece, plain))
    return _around(text, *_where(text, plain))


def _is(block: str, part: Part) -> bool:
    return part is Part.TITLE or part_of(folded(block)) is part


def _around(text: str, start: int, end: int) -> Snippet:
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before, own, behind = (
        " ".join(piece.split()) for piece in (text[first:start], text[start:end], text[end:last])
    )
    before = f"{_MORE if first else ''}{before}"
    gap = " " if text[start - 1 : start].isspace() and before else ""
    after = " " if text[end : end + 1].isspace() and behind else ""
    told = f"{before}{gap}{own}{after}{behind}{_MORE if last < len(text) else ''}"
    place = len(before) + len(gap)
    return Snippet(told, place, place + len(own))


def _where(text: str, plain: str) -> tuple[int, int]:
    """First and last character (exclusive) of a text that fold to a query which is known to stand in it."""
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and _belongs(text[end]):
            continue
        own = folded(text[start:end])
        letters.append(own)
        places += [(start, end)] * len(own)
        start = end
    whole = "".join(letters)
    at = whole.find(plain)
    if at < 0:
        return _bisected(text, plain)
    return places[at][0], places[at + len(plain) - 1][1]


def _belongs(character: str) -> bool:
    """Whether a character may be composed with those before it."""
    return character > "\u02ff" and (
        unicodedata.combining(character) > 0 or "\u1160" <= character <= "\u11ff"
    )


def _bisected(text: str, plain: str) -> tuple[int, int]:
    """The same for a text whose characters are composed in other ways: by its beginnings and ends."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if plain in folded(text[:middle]) else (middle + 1, high)
    end, first, last = low, 0, low
    while first < last:
        middle = (first + last + 1) // 2
        first, last = (middle, last) if plain in folded(text[middle:end]) else (first, middle - 1)
    return first, end
