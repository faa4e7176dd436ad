"""Table 三, 收到和处理政府信息公开申请情况: rows by their labels, columns by theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govcrawl.model import Cell
from govcrawl.reports.application_rows import Entry, entries_of, fill_gaps
from govcrawl.reports.lines import Line, Reading, shared
from govcrawl.reports.schema import load_schema
from govcrawl.reports.values import plain_text as folded

_COLUMN_KEYS = (
    ("natural_person", "自然人"),
    ("org.business", "商业企业"),
    ("org.research", "科研机构"),
    ("org.public_welfare", "公益"),
    ("org.legal_service", "法律服务"),
)


def read_application(lines: Sequence[Line], out: Reading) -> str | None:
    """Read the rows of table 三 into ``out``; the template its rows show, None when they show none."""
    entries, headers = entries_of(lines, out)
    fill_gaps(entries, out)
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
