"""The form of a table: all of it but its numbers, so that the tables of many reports have one form.

Words, blanks, dashes and places make a form. Which number a cell holds is no part of it: what the rules of
reading say of one table then holds for every other one of the same form (plans.py says where that ends).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from govcrawl.model import Cell, Grid
from govcrawl.reports.challenge import SYNONYMS
from govcrawl.reports.values import is_plain_value
from govcrawl.text import folded

MOST_SLOTS = 2_000
DIGITS = 8
"""Length of the longest number that a form leaves out, and of those that stand in for all of them."""

# A bare year may name a row. Signs and dashes stay: beside a label some rules see them.
_NUMBER = re.compile(rf"(?!20[0-4]\d$)[0-9][0-9,.]{{0,{DIGITS - 1}}}")
_HELD = " "  # no folded text is this
STAND_IN = "9041"
"""What the numbers begin with that stand in for a form's."""
_PLACE = itemgetter(1, 2, 3, 4, 5, 6)
_SIZE = 6


class Form(NamedTuple):
    """Folded texts of a table's slots, their places and spans as in Cell, the lengths of its rows."""

    texts: tuple[str, ...]
    places: tuple[int, ...]
    rows: tuple[int, ...]


def form_of(grid: Grid) -> Form | None:
    """The form of a table; None where it is very large, or has lost its columns."""
    cells = list(chain.from_iterable(grid.rows))
    if not grid.aligned or len(cells) > MOST_SLOTS:
        return None
    return Form(
        tuple([_said(cell.text) for cell in cells]),
        tuple(chain.from_iterable(map(_PLACE, cells))),
        tuple(map(len, grid.rows)),
    )


@lru_cache(maxsize=1 << 13)
def _said(text: str) -> str:
    plain = folded(text)
    if plain in SYNONYMS:
        return text  # a finding quotes it
    return _HELD if _NUMBER.fullmatch(plain) and is_plain_value(text) else plain


def grid_of(form: Form) -> Grid | None:
    """A table of this form with a number of its own in each cell; None where one is no sure reading."""
    known: dict[tuple[str, tuple[int, ...]], Cell] = {}
    cells: list[Cell] = []
    for n, text in enumerate(form.texts):
        place = form.places[n * _SIZE : (n + 1) * _SIZE]
        if (text, place) not in known:
            row, column, height, width, header, uncertain = place
            if uncertain:
                return None
            shown = f"{STAND_IN}{n:04}" if text == _HELD else text
            known[text, place] = Cell(shown, row, column, height, width, bool(header))
        cells.append(known[text, place])
    slots = iter(cells)
    return Grid(tuple([tuple([next(slots) for _ in range(length)]) for length in form.rows]))
