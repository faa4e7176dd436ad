"""The order of what a search finds as the numbers of documents: the newest year first, then by code.

A number says the year, the first six digits of the code and which document of these it is, so the index gives
what it finds in this order, and a search stops when it has enough. What is of the same year and place, a
group, is read to its end and sorted. A document for which its group has no room stands behind all others, in
no order.
"""

from __future__ import annotations

from collections.abc import Sequence

_DIGITS = 6
_ROOM = 10  # bits of the documents of a group: few, for the index keeps the distance between two
_CODES = 20
_NOWHERE = (1 << _CODES) - 10**_DIGITS  # places before the first code: room for reports without one
_YEAR = _CODES + _ROOM
_LATEST, _UNKNOWN = 2150, 255

SPILLED = (_UNKNOWN + 1) << _YEAR
"""Documents from here on are in no order."""

Span = tuple[int, int]
"""The first and the last number of some documents."""

ORDERED: Span = (0, SPILLED - 1)
REST: Span = (SPILLED, (1 << 62) - 1)


def group(year: int | None, division: str | None) -> Span:
    """The numbers for the documents of a year and place."""
    first = year_key(year) << _YEAR
    if division is None:
        return first, first + (_NOWHERE << _ROOM) - 1
    first += (_NOWHERE + _code(division, "0")) << _ROOM
    return first, first + (1 << _ROOM) - 1


def group_of(document: int) -> int:
    """What the ordered documents of a group have in common, and no other has."""
    place = document >> _ROOM
    return place if place & (1 << _CODES) - 1 >= _NOWHERE else document >> _YEAR


def year_key(year: int | None) -> int:
    """The place of a year among all."""
    return _UNKNOWN if year is None else min(_UNKNOWN - 1, max(0, _LATEST - year))


def year_of(document: int) -> int:
    """The key of an ordered document's year."""
    return document >> _YEAR


def spans(years: Sequence[int], region: str | None) -> list[Span]:
    """Where the ordered documents of these years (keys) and of codes that begin so are, and some others."""
    low, high = 0, (1 << _YEAR) - 1
    if region:
        low = (_NOWHERE + _code(region, "0")) << _ROOM
        high = ((_NOWHERE + _code(region, "9") + 1) << _ROOM) - 1
    return [((key << _YEAR) + low, (key << _YEAR) + high) for key in sorted(set(years))]


def _code(division: str, rest: str) -> int:
    """The digits that a code begins with; never less for a code that is sorted behind another."""
    digits = ""
    for letter in division[:_DIGITS]:
        if not "0" <= letter <= "9":
            rest = "0" if letter < "0" else "9"
            break
        digits += letter
    return int(digits.ljust(_DIGITS, rest))
