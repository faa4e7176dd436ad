"""Colours of an RTF file: white letters beside others are seen by nobody, but on a ground."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from functools import partial

_WHITEST = 252  # of 255
_PARTS = (b"red", b"green", b"blue")


class Colours:
    """The table of colours, by number; 0 is the colour that a program takes by itself."""

    def __init__(self) -> None:
        self._table: list[tuple[int, ...]] = []
        self._parts: dict[bytes, int] = {}

    def words(self) -> dict[bytes, Callable[[int | None], None]]:
        """What the words of the table do."""
        return {name: partial(self._take, name) for name in _PARTS}

    def _take(self, name: bytes, number: int | None) -> None:
        self._parts[name] = number or 0

    def end(self, count: int) -> None:
        """The end of an entry, or of several."""
        for _ in range(min(count, 1_000)):
            self._table.append(tuple(self._parts.get(name, 0) for name in _PARTS) if self._parts else ())
            self._parts = {}

    def is_white(self, number: int | None) -> bool:
        """Whether letters of a colour are white."""
        return _is_white(self._colour(number))

    def is_ground(self, number: int | None) -> bool:
        """Whether an area of a colour is seen on paper."""
        colour = self._colour(number)
        return bool(colour) and not _is_white(colour)

    def _colour(self, number: int | None) -> tuple[int, ...]:
        return self._table[number] if number and 0 < number < len(self._table) else ()


def _is_white(colour: Sequence[int]) -> bool:
    return bool(colour) and min(colour) >= _WHITEST


def seen(pieces: Sequence[str], white: Set[int]) -> list[str]:
    """The pieces of a paragraph without its white ones; all of them where none is of another colour."""
    others = any(piece.strip() for place, piece in enumerate(pieces) if place not in white)
    return [piece for place, piece in enumerate(pieces) if not (others and place in white)]
