"""Which cell of a row of table 三 stands in which of its seven columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import is_

from govcrawl.model import Cell
from govcrawl.reports.application_behind import is_words, label_rest, opens_with_words, real
from govcrawl.reports.application_rows import ONLY_HEAD, Entry
from govcrawl.reports.application_windows import Window, all_stick_out, last_whole, sticks_out, windows_of
from govcrawl.reports.lines import Line, stacked
from govcrawl.reports.schema import load_schema
from govcrawl.reports.values import is_plain_value, read_value
from govcrawl.reports.values import plain_text as folded

UNKNOWN = "?"
_KEYS = (
    ("natural_person", "自然人"),
    ("org.business", "商业企业"),
    ("org.research", "科研机构"),
    ("org.public_welfare", "公益"),
    ("org.legal_service", "法律服务"),
)
_SPANNING = ("申请人情况", "法人或其他组织", "法人和其他组织", "法人或者其他组织")
_TOTAL = ("总计", "合计")
_OTHER = ("其他", "其它")
_NUMBERS_ROWS = ("行次", "行号", "序号", "栏次", "编号", "代码")
_FEWEST = 3
_KINDS = 5
_OTHER_YEAR = re.compile("上一?年|去年|同期|同比")
_THIS_YEAR = re.compile(r"(?:本|今|当|20\d\d)年度?")
_LONGEST_HEAD = 8
_SIZE = 7


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table.

    ``slots`` says which slot is whose, empty where the headers do not name all seven; ``order`` is the
    columns from left to right, None where the headers contradict the form; a column that the form does not
    have is UNKNOWN in both; ``end`` is the first slot without any header, ``numbered`` those that
    only number the rows. ``windows`` are the ways to find
    the seven that fit every row of the table, ``overhang`` says whether every row goes on where no header is.
    """

    slots: Mapping[int, str]
    order: tuple[str, ...] | None
    width: int
    end: int
    numbered: Collection[int]
    windows: Callable[[], Sequence[Window]]
    overhang: Callable[[], bool]


def columns_of(
    headers: Sequence[Line], entries: Sequence[Entry], table: int, before: Columns | None
) -> Columns:
    """Columns of a table by its own headers; a piece without any has those of the piece ``before``."""
    own = [line for line in headers if line.table == table]
    rows = [entry for entry in entries if entry.line.table == table]
    width = max((len(entry.line.slots) for entry in rows), default=0)
    numbered: Collection[int]
    if before is not None and not own:
        kept = before.width == width
        slots, end, numbered = (before.slots, before.end, before.numbered) if kept else ({}, 0, ())
        order = before.order
    else:
        absent = _absent(own or headers, rows)
        slots = _slots([line for line in own if line.aligned], _SIZE - len(absent))
        slots = {} if _misplaced(slots, rows) else slots
        order = tuple(dict.fromkeys(slots.values())) if slots else _order(own or headers)
        order = tuple(name for name in order if name not in absent) if order else order
        if _only_totals(own or headers, rows):
            slots, order = {}, ("total",)
        numbered = [n for n, text in enumerate(stacked(own)) if text in _NUMBERS_ROWS]
        end = max((n for line in own for n, cell in enumerate(line.slots, 1) if cell.colspan), default=0)
    # Asked for only where the headers do not decide.
    windows = cache(lambda: windows_of(rows, len(order or ())))
    overhang = cache(lambda: all_stick_out(rows, end, len(order or ())))
    return Columns(slots, order, width, end, numbered, windows, overhang)


def _absent(headers: Sequence[Line], rows: Sequence[Entry]) -> frozenset[str]:
    """Columns that the table leaves out: its headers name the others, its rows have as many cells."""
    # Every row: a dump that lost its blank cells has too few in some.
    sizes = {len(real(entry)) for entry in rows}
    if len(sizes) != 1 or not _FEWEST <= (size := sizes.pop()) < _SIZE:
        return frozenset()
    texts = [_own_words(text) for line in headers for text in line.plain]
    named = {name for name, key in _KEYS if any(key in text for text in texts)}
    named |= {"total"} if any(text.endswith(_TOTAL) for text in texts) else set()
    named |= {"org.other"} if any(text.startswith(_OTHER) for text in texts) else set()
    left = frozenset(column.id for column in load_schema().applicants) - named
    whole = left == {name for name in left if name.startswith("org.")} and len(left) == _KINDS
    merged = whole and any(text in _SPANNING for line in headers for text in line.plain)
    return left if size == _SIZE - len(left) + merged else frozenset()


def _only_totals(headers: Sequence[Line], rows: Sequence[Entry]) -> bool:
    """Whether a table has one column of numbers, and its header says that they are all applications."""
    if any(len(real(entry)) != 1 for entry in rows):
        return False
    named = any(_column(text) not in (None, "total") for line in headers for text in line.plain)
    return not named and any(ONLY_HEAD.fullmatch(line.plain[-1]) for line in headers if line.plain)


def _misplaced(slots: Mapping[int, str], rows: Sequence[Entry]) -> bool:
    """Whether headers stand where most rows have their labels: their spans were lost."""
    first = min(slots, default=0)
    inside = [entry.leaf >= 0 and entry.line.cells[entry.leaf].column >= first for entry in rows]
    return bool(slots) and 2 * sum(inside) > len(rows)


def _slots(headers: Sequence[Line], size: int) -> dict[int, str]:
    slots: dict[int, str] = {}
    for slot, text in enumerate(stacked(headers)):
        name = _column(text)
        if name or (slots and text):
            slots[slot] = name or UNKNOWN
    return slots if len(set(slots.values()) - {UNKNOWN}) == size else {}


@lru_cache(maxsize=1024)
def _column(header: str) -> str | None:
    if "勾稽" in header or _OTHER_YEAR.search(header):
        return None
    for name, key in _KEYS:
        if key in header:
            return name
    header = _own_words(header)
    if header.endswith(_TOTAL):
        return "total"
    return "org.other" if header in _OTHER else None


def _own_words(header: str) -> str:
    """A header without the words of the spanning ones above it."""
    for word in _SPANNING:
        header = header.replace(word, "")
    return _THIS_YEAR.sub("", header)


def _order(headers: Sequence[Line]) -> tuple[str, ...] | None:
    """The form's order where the words stand in it, with a foreign column behind; None when they do not."""
    standard = tuple(column.id for column in load_schema().applicants)
    for line in headers:
        words = [n for text in line.plain for n, (_, key) in enumerate(_KEYS) if key in text]
        if words != sorted(words) and not _kinds(line):
            return None
        totals = [n for n, text in enumerate(line.plain) if text in _TOTAL]
        people = [n for n, text in enumerate(line.plain) if "自然人" in text]
        if totals and people and totals[0] < people[0]:
            return None
    kinds = next((names for line in headers if (names := _kinds(line))), standard[1:-1])
    order = (standard[0], *kinds, standard[-1])
    return (*order, UNKNOWN) if any(_foreign(line) for line in headers) else order


def _kinds(line: Line) -> tuple[str, ...]:
    """The five kinds of organisation in the order in which a header line names them."""
    found = [name for text in line.plain if (name := _column(text)) and name.startswith("org.")]
    return tuple(found) if len(set(found)) == len(found) == _KINDS else ()


def _foreign(line: Line) -> bool:
    """Whether a header line ends in a column that the form does not have, not in one that was misread."""
    last = next((n for n in reversed(range(len(line.plain))) if line.plain[n]), -1)
    if len(line.labels) < 2 or line.cells[last].uncertain:
        return False
    text = line.plain[last]
    return len(text) <= _LONGEST_HEAD and _column(text) is None and text not in _SPANNING


def pick(entry: Entry, columns: Columns) -> dict[str, Cell] | None:
    """Column id to cell, empty for a row without any cell, None where it cannot be told."""
    if columns.slots and entry.line.aligned:
        picked = _just_below(entry, columns.slots) or _by_header(entry, columns.slots, columns.numbered)
        if picked is not None and not _is_shifted(entry, columns, picked):
            return picked
    if not entry.values:
        return {}
    cells = real(entry)
    if len(cells) >= _SIZE and not any(folded(cell.text) for cell in cells):
        return _named(cells, [column.id for column in load_schema().applicants])
    if columns.order is None:
        return None
    if opens_with_words(entry, cells):
        return None
    if len(cells) == len(columns.order):
        return _named(cells, columns.order)
    if entry.line.is_doubtful:
        return None
    if len(columns.order) == _SIZE and _ends_in_a_remark(cells):
        return _named(cells, columns.order)
    if len(cells) < len(columns.order) or is_words(cells[0]) or (columns.slots and entry.line.aligned):
        return None
    if whole := last_whole(cells, len(columns.order)):
        return _named(whole, columns.order)
    found = [window for window in (w(entry) for w in columns.windows()) if window is not None]
    texts = {tuple(folded(cell.text) for cell in window) for window in found}
    return _named(found[0], columns.order) if len(texts) == 1 else None


def _ends_in_a_remark(cells: Sequence[Cell]) -> bool:
    """Whether the only cell that a row has too many are words behind its seven values, none of them blank."""
    values, last = cells[:_SIZE], cells[_SIZE:]
    whole = all(folded(cell.text) and is_plain_value(cell.text) for cell in values)
    return len(last) == 1 and whole and not is_plain_value(last[0].text)


def _named(cells: Sequence[Cell], order: Sequence[str]) -> dict[str, Cell]:
    return {name: cell for name, cell in zip(order, cells, strict=False) if name != UNKNOWN}


def _just_below(entry: Entry, slots: Mapping[int, str]) -> dict[str, Cell] | None:
    """Cells under their headers, None unless each has one of its own and the row has no other."""
    row = entry.line.slots
    named = {name: row[slot] for slot, name in slots.items() if slot < len(row) and row[slot].colspan}
    whole = len(named) == len(slots) == len(entry.values) and UNKNOWN not in named
    whole = whole and all(map(is_, named.values(), entry.values))
    return named if whole and not label_rest(entry) else None


def _by_header(entry: Entry, slots: Mapping[int, str], numbered: Collection[int]) -> dict[str, Cell] | None:
    """Cells under their headers, None unless they are just the cells behind the label."""
    values = {id(cell) for cell in entry.values}
    row = entry.line.slots
    whole = all(slot < len(row) and id(row[slot]) in values and row[slot].colspan for slot in slots)
    columns: dict[str, list[Cell]] = {}
    for slot, name in slots.items():
        if slot < len(entry.line.slots):
            columns.setdefault(name, []).append(entry.line.slots[slot])
    picked: dict[str, Cell] = {}
    for name, cells in columns.items():
        own = list({id(cell): cell for cell in cells}.values())
        own = [cell for cell in own if folded(cell.text)] or own[:1]
        if name == UNKNOWN:
            values -= {id(cell) for cell in own}
            continue
        if whole and _is_span_written_out(own):
            values -= {id(cell) for cell in own[1:]}
            own = own[:1]
        if len(own) > 1 or id(own[0]) not in values:
            return None
        picked[name] = own[0]
    chosen = {id(cell) for cell in picked.values()}
    if not chosen.isdisjoint(map(id, label_rest(entry))):
        return None
    left = {id(cell) for slot, cell in enumerate(row[: min(slots)]) if is_words(cell) or slot in numbered}
    rest = [cell for cell in entry.values if id(cell) in values - chosen - left]
    # A slot without a cell: which of the row's cells the source lost cannot be told, all may be shifted.
    absent = any(not cell.colspan for cell in picked.values())
    spare = any(cell.colspan for cell in rest)
    told = any(folded(cell.text) for cell in picked.values()) or spare
    # So may a row be that has a cell too many on the left and none under a foreign column.
    moved = spare and any(not cell.colspan for cells in columns.values() for cell in cells)
    shifted = (absent and told) or moved
    return None if shifted or any(folded(cell.text) for cell in rest) else picked


def _is_shifted(entry: Entry, columns: Columns, picked: Mapping[str, Cell]) -> bool:
    """Whether a row may stand a slot too far on the right: it goes on where no header is.

    Its numbers are where they belong if they sum up to its total.
    """
    if not columns.end or not sticks_out(entry, columns.end) or columns.overhang():
        return False
    values = {name: read_value(cell.text).number for name, cell in picked.items()}
    total = values.pop("total", None)
    return total is None or None in values.values() or sum(filter(None, values.values())) != total


def _is_span_written_out(cells: Sequence[Cell]) -> bool:
    """Whether several cells under one header are one: a dump repeats the text of a span in every slot."""
    return len({folded(cell.text) for cell in cells}) == 1 < len(cells) and all(c.colspan == 1 for c in cells)
