"""Rows of table 三 with more cells than columns: which seven are meant, where other rows tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from govcrawl.model import Cell
from govcrawl.reports.application_behind import real
from govcrawl.reports.application_rows import Entry
from govcrawl.reports.values import plain_text as folded

Window = Callable[[Entry], Sequence[Cell] | None]
_TELLING = 2


def windows_of(entries: Sequence[Entry], size: int) -> list[Window]:
    """Right behind the label, the last ones, or the same slots in every row: those that every row allows.

    A row with more cells than columns has blank ones where a span was; where they stand, only the other rows
    can tell: those without a blank value. Without such rows there is no window.
    """
    if not _is_even(entries) or sum(_is_told(entry, size) for entry in entries) < _TELLING:
        return []
    candidates = [_behind(size), _last(size)]
    if all(entry.line.aligned for entry in entries):
        width = max((len(entry.line.slots) for entry in entries), default=0)
        fixed = [_fixed(start, size) for start in range(1, width - size + 1)]
        placed = _has_spans(entries) and any(len(real(entry)) == size for entry in entries)
        candidates = fixed if placed else candidates + fixed
    return [window for window in candidates if all(_allows(entry, window, size) for entry in entries)]


def _is_even(entries: Sequence[Entry]) -> bool:
    """Whether all rows of a dump are equally long, as one that fills them up with blanks leaves them."""
    return len({len(e.line.slots) for e in entries if not e.line.aligned and e.line.numbers}) <= 1


def _has_spans(entries: Sequence[Entry]) -> bool:
    """Whether any cell covers several slots, so that a slot is of the same column in every row."""
    return any(cell.rowspan > 1 or cell.colspan > 1 for entry in entries for cell in entry.line.cells)


def _is_told(entry: Entry, size: int) -> bool:
    """Whether a row with too many cells has only one place for its values."""
    filled = [n for n, cell in enumerate(real(entry)) if folded(cell.text)]
    return len(real(entry)) > size == len(filled) == filled[-1] - filled[0] + 1


def _allows(entry: Entry, window: Window, size: int) -> bool:
    cells = real(entry)
    if len(cells) < size:
        return True
    found = window(entry)
    if found is None:
        return False
    inside = {id(cell) for cell in found}
    return all(id(cell) in inside for cell in cells if folded(cell.text) or len(cells) == size)


def last_whole(cells: Sequence[Cell], size: int) -> Sequence[Cell] | None:
    """The last cells of a row that has nothing but blanks before them, where none of them is blank."""
    own = cells[-size:]
    blank = not any(folded(cell.text) for cell in cells[:-size])
    return own if blank and all(folded(cell.text) for cell in own) else None


def sticks_out(entry: Entry, end: int) -> bool:
    """Whether a row has a blank cell of its own where no header is."""
    own = {id(cell) for cell in entry.values}
    return any(id(cell) in own and cell.colspan and not folded(cell.text) for cell in entry.line.slots[end:])


def all_stick_out(entries: Sequence[Entry], end: int, size: int) -> bool:
    """Whether every row does, and some without a blank value, so that it is a column without a header."""
    own = [entry for entry in entries if entry.line.numbers]
    told = [entry for entry in own if _is_told(entry, size) and folded(entry.line.slots[end - 1].text)]
    return len(told) >= _TELLING and all(sticks_out(entry, end) for entry in own)


def _behind(size: int) -> Window:
    return lambda entry: real(entry)[:size] if len(real(entry)) >= size else None


def _last(size: int) -> Window:
    return lambda entry: real(entry)[-size:] if len(real(entry)) >= size else None


def _fixed(start: int, size: int) -> Window:
    def window(entry: Entry) -> Sequence[Cell] | None:
        cells = entry.line.slots[start : start + size]
        behind = {id(cell) for cell in entry.values}
        whole = all(id(cell) in behind and cell.colspan for cell in cells)
        return cells if len(cells) == size and whole else None

    return window
