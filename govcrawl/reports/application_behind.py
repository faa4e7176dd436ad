"""What stands behind the label of a row of table 三: the rest of the label, what is counted, the values."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from govcrawl.model import Cell
from govcrawl.reports.application_rows import Entry, bare
from govcrawl.reports.values import is_plain_value
from govcrawl.reports.values import plain_text as folded

_CLOSING = frozenset('”"』」》)]。、')
_UNITS = ("件", "个", "宗", "项", "次")


def real(entry: Entry) -> tuple[Cell, ...]:
    """Cells behind the label that the source has."""
    cells = _real(entry)
    return cells[len(label_rest(entry)) :] if cells and is_words(cells[0]) else cells


def label_rest(entry: Entry) -> tuple[Cell, ...]:
    """The cells behind a label that still belong to it: its rest, cut off, and what is counted."""
    form = _form(entry).replace(bare(entry.label), "", 1)
    cells = _real(entry)
    return tuple(takewhile(lambda cell: is_words(cell) and _continues(folded(cell.text), form), cells))


def _real(entry: Entry) -> tuple[Cell, ...]:
    return tuple([cell for cell in entry.values if cell.colspan])


def _form(entry: Entry) -> str:
    """A row's label as the form has it, with what it says in brackets."""
    return bare(folded(entry.row.path[-1])) if entry.row else ""


def _continues(text: str, form: str) -> bool:
    """Whether words are some of those that a label lacks, its last sign, or only say what is counted."""
    rest = bare(text)
    return text in _UNITS or (rest in form if rest else set(text) <= _CLOSING)


def is_words(cell: Cell) -> bool:
    """Whether a cell holds what can be no value."""
    return bool(folded(cell.text)) and not is_plain_value(cell.text)


def opens_with_words(entry: Entry, cells: Sequence[Cell]) -> bool:
    """Whether words stand where the first value does, behind a label that lacks some: perhaps its rest."""
    return bool(cells) and is_words(cells[0]) and bare(entry.label) != _form(entry)
