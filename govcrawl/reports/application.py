"""Table 三, 收到和处理政府信息公开申请情况: rows by their labels, columns by theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from govcrawl.model import Cell
from govcrawl.reports.lines import Line, Reading, shared
from govcrawl.reports.schema import Row, load_schema
from govcrawl.text import folded

HEADER_WORDS = (
    "申请人情况",
    "自然人",
    "法人或其他组织",
    "商业企业",
    "科研机构",
    "公益组织",
    "法律服务",
    "勾稽关系",
)
_GROUPS = ("本年度办理结果", "不予公开", "无法提供", "不予处理")
_ENUM = re.compile(r"^(?:\(?[一二三四五六七八九十0-9]+[.、)]+|[0-9]+)+")
_TOTAL = re.compile(r"^(?:\(?七[)、.]*|7[.、])?(?:总计|合计)(?:数)?$")
_OTHER = re.compile(r"^(?:\(?3\)?[.、)]*)?其他$")
_COLUMN_KEYS = (
    ("natural_person", "自然人"),
    ("org.business", "商业企业"),
    ("org.research", "科研机构"),
    ("org.public_welfare", "公益"),
    ("org.legal_service", "法律服务"),
)
_LIKENESS = 0.8
LONGEST_LABEL = 70


@dataclass
class Entry:
    """A row of the table with values: what it is (None while unknown) and where its label ends."""

    row: Row | None
    line: Line
    leaf: int
    label: str

    @property
    def values(self) -> tuple[Cell, ...]:
        """Cells behind the label."""
        return self.line.cells[self.leaf + 1 :]


@cache
def all_rows() -> tuple[Row, ...]:
    """Rows of both templates in the form's order, 其他处理 of 2019 before the three of 2021."""
    schema = load_schema()
    old = {row.id: row for row in schema.templates["2019"].application}
    rows = list(schema.templates["2021"].application)
    place = next(n for n, row in enumerate(rows) if row.id == "result.other.overdue_correction")
    return (*rows[:place], old["result.other"], *rows[place:])


@cache
def _by_id() -> dict[str, Row]:
    return {row.id: row for row in all_rows()}


def match_label(plain: str, after: str | None = None) -> Row | None:
    """The row whose label this folded text is; bare 其他 and 总计 need the row that stands before them."""
    rows = _by_id()
    if len(plain) > LONGEST_LABEL:
        return None
    if _TOTAL.match(plain):
        placed = after is not None and after.startswith("result.")
        return rows["result.total"] if "七" in plain or placed else None
    if _OTHER.match(plain):
        return rows["result.other.misc"] if after == "result.other.unpaid_fee" else None
    named = ("result.total", "result.other.misc", "result.other")
    for row in all_rows():
        if row.id not in named and row.matches(plain):
            return row
    return rows["result.other"] if rows["result.other"].matches(plain) else None


def _alike(plain: str) -> Row | None:
    bare = _ENUM.sub("", plain)
    if len(bare) < 5 or any(bare.endswith(group) for group in _GROUPS):
        return None
    scored = [
        (SequenceMatcher(None, bare, _ENUM.sub("", folded(row.label))).ratio(), row) for row in all_rows()
    ]
    ratio, row = max(scored, key=lambda pair: pair[0])
    return row if ratio >= _LIKENESS else None


def entries_of(lines: Sequence[Line], out: Reading) -> tuple[list[Entry], list[Line]]:
    """Rows with their labels put together again, and the header lines."""
    entries: list[Entry] = []
    headers: list[Line] = []
    pending = ""
    for line in lines:
        last = entries[-1].row.id if entries and entries[-1].row else None
        leaf, row = _leaf(line, last)
        if row is not None:
            entries.append(Entry(row, line, leaf, line.plain[leaf]))
            pending = ""
        elif any(word in line.text for word in HEADER_WORDS):
            headers.append(line)
        elif line.numbers:
            _take_values(entries, line, pending, last, out)
            pending = ""
        elif line.labels:
            pending = _take_fragment(entries, line, pending, last, out)
    return entries, headers


def _leaf(line: Line, last: str | None) -> tuple[int, Row | None]:
    for n in reversed(line.labels):
        row = match_label(line.plain[n], last)
        if row is not None:
            return n, row
    return -1, None


def _take_values(entries: list[Entry], line: Line, pending: str, last: str | None, out: Reading) -> None:
    """A row of numbers whose own label says nothing: rest of a split row, a misspelt label, or unknown."""
    leaf = line.labels[-1] if line.labels else -1
    own = line.plain[leaf] if line.labels else ""
    previous = entries[-1] if entries else None
    joined = match_label(pending + own, last) if pending else None
    if joined is None and previous and previous.row and not any(folded(c.text) for c in previous.values):
        whole = match_label(previous.label + own, None)
        if whole is previous.row and not _ENUM.match(own):
            joined = whole
            entries.pop()
    if joined is not None:
        out.note("split_label_repaired", f"application.{joined.id}", pending + own)
    entries.append(Entry(joined or _alike(own), line, leaf, pending + own))
    if joined is None and entries[-1].row is not None:
        out.note("label_respelled", f"application.{entries[-1].row.id}", own)


def _take_fragment(entries: list[Entry], line: Line, pending: str, last: str | None, out: Reading) -> str:
    """A row without numbers whose label is no row's: the rest of a label cut by a page break."""
    text = "".join(line.plain[n] for n in line.labels)
    if not entries:
        return pending + text
    previous = entries[-1]
    if previous.row is None:
        previous.label += text
        previous.row = match_label(previous.label, last)
    if previous.row is not None:
        out.note("split_label_repaired", f"application.{previous.row.id}", text)
        return text
    return pending + text


def read_application(lines: Sequence[Line], out: Reading) -> str | None:
    """Read the rows of table 三 into ``out``; the template its rows show, None when they show none."""
    entries, headers = entries_of(lines, out)
    _fill_gaps(entries, out)
    maps = {table: _columns(headers, table) for table in {line.table for line in lines}}
    seen: dict[str, Entry] = {}
    before: tuple[dict[int, str], int] = ({}, 0)
    for entry in entries:
        if entry.row is None:
            out.note("unknown_row", "application", entry.label)
            continue
        if entry.row.id in seen:
            _repeated(entry, seen[entry.row.id], out)
            continue
        seen[entry.row.id] = entry
        slots = maps[entry.line.table]
        if not slots and before[1] == len(entry.line.slots):
            slots = before[0]
        if slots:
            before = (slots, len(entry.line.slots))
        _read_row(entry, slots, _order(headers), _widths(entries, entry.line.table), out)
    return _template(seen)


def _template(seen: dict[str, Entry]) -> str | None:
    if any(name.startswith("result.other.") for name in seen):
        return "2021"
    return "2019" if "result.other" in seen else None


def _repeated(entry: Entry, first: Entry, out: Reading) -> None:
    if not any(folded(cell.text) for cell in entry.values):
        return
    same = [folded(c.text) for c in entry.values] == [folded(c.text) for c in first.values]
    kind = "duplicate_table" if entry.line.table != first.line.table else "duplicate_row"
    row = entry.row.id if entry.row else ""
    subject = "application" if same and kind == "duplicate_table" else f"application.{row}"
    out.note(kind, subject, "same numbers again, ignored" if same else "other numbers than before, ignored")


def _fill_gaps(entries: list[Entry], out: Reading) -> None:
    """Name unreadable labels by their order, where exactly as many rows are missing as stand there."""
    order = [row.id for row in all_rows() if row.id != "result.other"]
    for n, entry in enumerate(entries):
        if entry.row is not None or not 0 < n < len(entries) - 1:
            continue
        above, below = entries[n - 1].row, entries[n + 1].row
        if above is None or below is None or above.id not in order or below.id not in order:
            continue
        first, last = order.index(above.id), order.index(below.id)
        if (
            last - first == 2
            and SequenceMatcher(None, entry.label, folded(_by_id()[order[first + 1]].label)).ratio() > 0.4
        ):
            entry.row = _by_id()[order[first + 1]]
            out.note("label_respelled", f"application.{entry.row.id}", entry.label)


def _columns(headers: Sequence[Line], table: int) -> dict[int, str]:
    """Slot to column id by the header texts standing above it, empty where they do not name all seven."""
    own = [line for line in headers if line.table == table and line.aligned]
    slots: dict[int, str] = {}
    for slot in range(max((len(line.slots) for line in own), default=0)):
        cells: list[Cell] = []
        for line in own:
            if slot < len(line.slots) and line.slots[slot] not in cells:
                cells.append(line.slots[slot])
        name = _column("".join(folded(cell.text) for cell in cells))
        if name:
            slots[slot] = name
    return slots if len(set(slots.values())) == len(load_schema().applicants) else {}


def _column(header: str) -> str | None:
    if "勾稽" in header:
        return None
    for name, key in _COLUMN_KEYS:
        if key in header:
            return name
    bare = header.replace("申请人情况", "").replace("法人或其他组织", "").replace("法人和其他组织", "")
    if bare in ("总计", "合计"):
        return "total"
    return "org.other" if bare in ("其他", "其它") else None


def _order(headers: Sequence[Line]) -> tuple[str, ...] | None:
    """Column ids in the order of the header words, the form's order without words, None when they differ."""
    standard = tuple(column.id for column in load_schema().applicants)
    text = "".join(line.text for line in headers)
    places = [text.find(key) for _, key in _COLUMN_KEYS]
    found = [place for place in places if place >= 0]
    return standard if found == sorted(found) else None


def _widths(entries: Sequence[Entry], table: int) -> set[int]:
    return {len(e.line.cells) for e in entries if e.line.table == table and len(e.values) == 7}


def _read_row(
    entry: Entry, slots: dict[int, str], order: tuple[str, ...] | None, widths: set[int], out: Reading
) -> None:
    row = f"application.{entry.row.id}" if entry.row else ""
    columns = load_schema().applicants
    picked = _by_header(entry, slots) or _by_count(entry, order, widths)
    if picked is None and not entry.values:
        picked = {}
    if picked is None:
        out.ambiguous(row, columns, entry.values, entry.line, f"{len(entry.values)} cells for 7 columns")
        return
    for column in columns:
        cell = picked.get(column.id)
        if cell is not None and folded(cell.text) and _spans_two(cell, entry, picked):
            out.ambiguous(row, (column,), (cell,), entry.line, "one cell stands for several rows or columns")
        else:
            out.cell(row, column, cell, entry.line, label=entry.label)


def _spans_two(cell: Cell, entry: Entry, picked: dict[str, Cell]) -> bool:
    return shared(cell, entry.line) or sum(other == cell for other in picked.values()) > 1


def _by_header(entry: Entry, slots: dict[int, str]) -> dict[str, Cell] | None:
    """Cells under their headers, None unless they are just the cells behind the label."""
    if not slots:
        return None
    picked: dict[str, Cell] = {}
    for column in set(slots.values()):
        cells = entry.line.at([slot for slot, name in slots.items() if name == column])
        cells = [cell for cell in cells if folded(cell.text)] or cells[:1]
        if len(cells) > 1 or any(not _in(cell, entry.values) for cell in cells):
            return None
        if cells:
            picked[column] = cells[0]
    rest = [cell for cell in entry.values if not _in(cell, picked.values())]
    return None if any(folded(cell.text) for cell in rest) else picked


def _by_count(entry: Entry, order: tuple[str, ...] | None, widths: set[int]) -> dict[str, Cell] | None:
    cells = entry.values
    if order is None:
        return None
    if len(cells) > 7:
        surplus = len(cells) - 7
        leading = not any(folded(cell.text) for cell in cells[:surplus])
        trailing = not any(folded(cell.text) for cell in cells[7:])
        if leading and (len(entry.line.cells) in widths or all(folded(c.text) for c in cells[surplus:])):
            cells = cells[surplus:]
        elif trailing and all(folded(cell.text) for cell in cells[:7]):
            cells = cells[:7]
    if len(cells) != 7:
        return None
    return dict(zip(order, cells, strict=True))


def _in(cell: Cell, cells: Iterable[Cell]) -> bool:
    return any(cell == other for other in cells)
