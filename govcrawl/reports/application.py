"""Table 三, 收到和处理政府信息公开申请情况: rows by their labels, columns by theirs."""

from __future__ import annotations

from collections.abc import Sequence

from govcrawl.reports.application_behind import real
from govcrawl.reports.application_columns import Columns, columns_of, pick
from govcrawl.reports.application_overrun import OVERRUN, is_whole, place_by_order, tables_overrun
from govcrawl.reports.application_rows import Entry, entries_of, fill_gaps
from govcrawl.reports.lines import Line, Reading, shared
from govcrawl.reports.schema import load_schema
from govcrawl.reports.values import plain_text as folded


def read_application(lines: Sequence[Line], out: Reading) -> str | None:
    """Read the rows of table 三 into ``out``; the template its rows show, None when they show none."""
    entries, headers = entries_of(lines, out)
    fill_gaps(entries, out)
    tables: dict[int, Columns] = {}
    before: Columns | None = None
    for table in dict.fromkeys(line.table for line in lines):
        before = tables[table] = columns_of(headers, entries, table, before)
    overrun = tables_overrun(entries)
    if overrun and place_by_order(entries):
        overrun = frozenset()
    seen: dict[str, Entry] = {}
    for entry in entries:
        if entry.row is None:
            out.note("unknown_row", "application", entry.label)
            continue
        if entry.row.id in seen and not _replaces(entry, seen[entry.row.id], out):
            continue
        seen[entry.row.id] = entry
        if entry.line.table in overrun and not is_whole(entry):
            row = f"application.{entry.row.id}"
            out.ambiguous(row, load_schema().applicants, entry.values, entry.line, OVERRUN)
        else:
            _read_row(entry, tables[entry.line.table], out)
    return _template(seen)


def _template(seen: dict[str, Entry]) -> str | None:
    if any(name.startswith("result.other.") for name in seen):
        return "2021"
    return "2019" if "result.other" in seen else None


def _replaces(entry: Entry, first: Entry, out: Reading) -> bool:
    """Whether a repeated row is to be read too: one with other numbers, or for one that was left blank."""
    if not any(folded(cell.text) for cell in entry.values):
        return False
    same = [folded(c.text) for c in entry.values] == [folded(c.text) for c in first.values]
    kind = "duplicate_table" if entry.line.table != first.line.table else "duplicate_row"
    row = entry.row.id if entry.row else ""
    subject = "application" if same and kind == "duplicate_table" else f"application.{row}"
    if entry.row and not any(folded(cell.text) for cell in first.values):
        out.forget(f"application.{row}")
        out.note(kind, subject, "blank before, the filled one is read")
    else:
        out.note(kind, subject, "same numbers again, ignored" if same else "other numbers than before")
    return not same


def _read_row(entry: Entry, columns: Columns, out: Reading) -> None:
    row = f"application.{entry.row.id}" if entry.row else ""
    applicants = load_schema().applicants
    picked = pick(entry, columns)
    if picked is None:
        out.ambiguous(row, applicants, entry.values, entry.line, f"{len(real(entry))} cells for 7 columns")
        return
    taken = list(map(id, picked.values()))
    once = len(set(taken)) == len(taken)
    for column in applicants:
        cell = picked.get(column.id)
        alone = cell is None or ((once or taken.count(id(cell)) == 1) and not shared(cell, entry.line))
        if cell is not None and not alone and folded(cell.text):
            out.ambiguous(row, (column,), (cell,), entry.line, "one cell stands for several rows or columns")
        else:
            out.cell(row, column, cell, entry.line, label=entry.label)
