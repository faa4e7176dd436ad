"""The reports of a year as the official form, one below the other, with what is wrong marked at its cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from govcrawl.export.form import Form, Slot, forms_of
from govcrawl.export.rows import ReportRows
from govcrawl.export.sheets import fitting
from govcrawl.model import Status
from govcrawl.reports.across import RULES, cells_across
from govcrawl.reports.concerned import cells_of, label_of
from govcrawl.store.facts import FactRow
from govcrawl.store.queries import Row

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = (24, 18, 26)
_WIDTH = 11
_LINE = 15  # points
_A4 = 9
_SHADED = frozenset({Status.MISSING.value, Status.IMAGE.value, Status.AMBIGUOUS.value})


class Styles:
    """The formats of a form: labels, cells, cells that a finding concerns, cells that were not read."""

    def __init__(self, book: Workbook) -> None:
        frame = {"border": 1, "align": "center", "valign": "vcenter"}
        self.label: Format = book.add_format({**frame, "text_wrap": True, "bg_color": "#F2F2F2"})
        self.cell: Format = book.add_format(frame)
        self.wrong: Format = book.add_format({**frame, "bg_color": "#FFC7CE", "font_color": "#9C0006"})
        self.unread: Format = book.add_format({**frame, "bg_color": "#D9D9D9", "italic": True})
        self.title: Format = book.add_format({"bold": True, "font_size": 14})
        self.heading: Format = book.add_format({"bold": True})


class FormSheet:
    """A sheet of forms."""

    def __init__(self, book: Workbook, name: str, styles: Styles) -> None:
        self.name = name
        self._sheet: Worksheet = book.add_worksheet(name)
        self._styles = styles
        self._row = 0
        for column, width in enumerate(_WIDTHS):
            self._sheet.set_column(column, column, width)
        self._sheet.set_column(len(_WIDTHS), 14, _WIDTH)
        self._sheet.set_paper(_A4)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)  # a form is printed as wide as a page, on as many as it takes

    def add(self, report: ReportRows) -> str:
        """Draw a report's forms; the place of its title, for links to it."""
        place = f"'{self.name}'!A{self._row + 1}"
        facts = {row[0]: row for row in report.facts}
        notes = _notes(report)
        self._line(report.metadata["title"], self._styles.title)
        self._line(report.metadata["url"])
        drawn: set[str] = set()
        for form in forms_of(report.metadata["template"], facts):
            self._line(form.heading, self._styles.heading)
            self._form(form, facts, notes)
            drawn.update(slot.fact for slot in form.slots)
        self._others([row for row in report.facts if row[0] not in drawn])
        self._row += 1
        return place

    def _line(self, text: str, style: Format | None = None) -> None:
        self._sheet.write_string(self._row, 0, fitting(text), style)
        self._row += 1

    def _form(self, form: Form, facts: Mapping[str, FactRow], notes: Mapping[str, list[str]]) -> None:
        for row, lines in _lines(form).items():
            self._sheet.set_row(self._row + row, _LINE * lines)
        for slot in form.slots:
            self._slot(slot, facts.get(slot.fact), notes.get(slot.fact, ()))
        self._row += form.rows

    def _slot(self, slot: Slot, fact: FactRow | None, notes: Sequence[str]) -> None:
        row, styles = self._row + slot.row, self._styles
        status = fact[3] if fact else Status.MISSING.value
        style = styles.label if not slot.fact else styles.cell
        told = list(notes)
        if slot.fact and status in _SHADED:
            style = styles.unread
            told.append(f"{status}: {fact[6]}" if fact and fact[6] else status)
        if notes:
            style = styles.wrong
        if slot.height > 1 or slot.width > 1:
            last = (row + slot.height - 1, slot.col + slot.width - 1)
            self._sheet.merge_range(row, slot.col, *last, "", style)
        if fact is not None and fact[1] is not None:
            self._sheet.write_number(row, slot.col, fact[1], style)
        else:
            text = slot.text if not slot.fact else fact[2] if fact else ""
            if text:
                self._sheet.write_string(row, slot.col, fitting(text), style)
            else:
                self._sheet.write_blank(row, slot.col, None, style)
        if told:
            self._sheet.write_comment(row, slot.col, fitting("\n".join(told)))

    def _others(self, facts: Sequence[FactRow]) -> None:
        """Rows that the form does not know, by their ids."""
        for fact in facts:
            self._sheet.write_string(self._row, 0, fact[0])
            self._sheet.write_string(self._row, 1, fitting(fact[2]))
            self._row += 1


def concerned(rule: str, subject: str) -> tuple[str, ...]:
    """The cells of the report itself that a rule is about."""
    return cells_across(rule, subject)[1] if rule in RULES else cells_of(rule, subject)


def named(rule: str, subject: str) -> str:
    """The labels of the subject of a rule, as the form prints them."""
    return label_of(subject) if ":" in subject else "; ".join(map(label_of, concerned(rule, subject)[-1:]))


def _compared(check: Row) -> str:
    rule, expected, actual = check["rule"], check["expected"], check["actual"]
    if rule == "T1":
        return f"{rule}: {expected} in the table, {actual} in the text"
    return f"{rule}: expected {expected}, printed {actual}"


def _lines(form: Form) -> dict[int, int]:
    """Rows whose labels need more than one line; a Chinese character is two columns wide."""
    found: dict[int, int] = {}
    for slot in form.slots:
        room = sum((*_WIDTHS, *[_WIDTH] * 12)[slot.col : slot.col + slot.width])
        lines = -(-2 * len(slot.text) // room)
        if slot.height == 1 and lines > found.get(slot.row, 1):
            found[slot.row] = lines
    return found


def _notes(report: ReportRows) -> Mapping[str, list[str]]:
    """What failed, by the cells that it concerns."""
    found: dict[str, list[str]] = defaultdict(list)
    zeros = {row[0] for row in report.facts if row[1] == 0}
    for check in report.parts["checks"]:
        if check["outcome"] == "fail":
            told = _compared(check)
            *parts, last = concerned(check["rule"], check["subject"]) or ("",)
            if check["rule"] == "A2":  # its zeros are no part of the sum that is wrong
                parts = [fact for fact in parts if fact not in zeros]
            for fact in (*parts, last):
                found[fact].append(told)
    return found
