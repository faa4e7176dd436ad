"""The Stata dataset: one row per report, facts and derived columns, missing values that say why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from govcrawl.export import relations
from govcrawl.export.doubles import double, inexact
from govcrawl.export.dta import DOUBLE, LONG, LONGEST_LABEL, LONGEST_TEXT, DtaFile, Variable, missing
from govcrawl.export.fields import WIDE_KEY, Field, Relation
from govcrawl.export.files import CsvFile, Row
from govcrawl.export.harmonised import derived
from govcrawl.export.names import short
from govcrawl.export.output import Job, Written
from govcrawl.export.rows import ReportRows
from govcrawl.reports.schema import FactDef, load_schema

NAME = "govcrawl.dta"
LETTERS = {
    "blank": "a", "dash": "b", "none_word": "c", "text": "d", "missing": "e", "image": "f", "ambiguous": "g",
}  # fmt: skip
"""Status of a cell that holds no number, and the letter of its missing value; ``.``: not in this form."""

_MISSING = {status: missing(letter) for status, letter in LETTERS.items()}
_NONE = missing()
_SET = "status"  # attached to no variable: readers elsewhere would turn its numbers into categories
_LABELS = {
    "a": "blank", "b": "dash", "c": "none_word 无", "d": "text", "e": "missing cell", "f": "image",
    "g": "ambiguous",
}  # fmt: skip
_HEADINGS = frozenset({"申请人情况", "法人或其他组织", "三、本年度办理结果"})
_EPOCH = date(1960, 1, 1)


class StataOutput:
    """A dataset for Stata: the wide table as .dta, coverage as csv beside it."""

    parts = frozenset[str]()

    def __init__(self, job: Job) -> None:
        self._folder = job.folder
        self._facts = load_schema().all_facts()
        self._ids = [fact.id for fact in self._facts]
        widths = _widths(job)
        variables = [_of_key(field, widths.get(field.name, 16)) for field in WIDE_KEY]
        variables += [Variable(short(fact), label(fact), DOUBLE, "%10.0g") for fact in self._facts]
        variables += [Variable(item.name, f"推算 {item.chinese}", DOUBLE, "%10.0g") for item in derived()]
        told = "政府信息公开工作年度报告 govcrawl"
        self._file = DtaFile(job.folder / NAME, variables, len(job.keys), told, {_SET: _LABELS})
        self._relation = relations.wide()
        self._beside: list[Written] = []
        self._cut = self._rounded = 0

    def report(self, report: ReportRows) -> None:
        """Write a report's row."""
        cells = {row[0]: _MISSING.get(row[3], _NONE) if row[1] is None else row[1] for row in report.facts}
        values = {row[0]: row[1] for row in report.facts}
        template = report.metadata["template"]
        row: list[Any] = [self._cell(field, report.metadata[field.name]) for field in WIDE_KEY]
        row += [cells.get(fact, _NONE) for fact in self._ids]
        for item in derived():
            number = item.of(template, values)
            row.append(_NONE if number is None else number)
        if large := [place for place, cell in enumerate(row) if inexact(cell)]:
            self._rounded += len(large)
            for place in large:
                number = double(row[place])
                row[place] = _NONE if number is None else number
        self._file.add(row)

    def table(self, relation: Relation, rows: Iterable[Row]) -> None:
        """Write a table of the whole database as csv."""
        file = CsvFile(self._folder / f"{relation.name}.csv", relation)
        file.add(rows)
        file.close()
        self._beside.append(Written(relation, (f"{relation.name}.csv",), file.rows))

    def close(self) -> Sequence[Written]:
        """Finish the file; what stands in it."""
        self._file.close()
        own = Written(self._relation, (NAME,), self._file.rows, cut=self._cut, rounded=self._rounded)
        return [own, *self._beside]

    def _cell(self, field: Field, value: Any) -> Any:
        if field.kind == "whole":
            return value
        if field.kind == "date":
            return None if value is None else (date.fromisoformat(value) - _EPOCH).days
        text = (value or "").encode()
        if len(text) <= LONGEST_TEXT:
            return text
        self._cut += 1
        return text[:LONGEST_TEXT].decode(errors="ignore").encode()  # never inside a character


def label(fact: FactDef) -> str:
    """A fact's own labels in at most 80 characters, as the form prints them."""
    told = "/".join(part for part in fact.label[1:] if part not in _HEADINGS)
    return told if len(told) <= LONGEST_LABEL else f"{told[: LONGEST_LABEL - 1]}…"


def _of_key(field: Field, width: int) -> Variable:
    if field.kind == "whole":
        return Variable(field.name, field.chinese, LONG, "%8.0g")
    if field.kind == "date":
        return Variable(field.name, field.chinese, LONG, "%td")
    return Variable(field.name, field.chinese, width, f"%-{min(width, 60)}s")


def _widths(job: Job) -> dict[str, int]:
    """The longest text of each column in bytes, which the format has to know beforehand."""
    names = [field.name for field in WIDE_KEY if field.kind == "text" and field.name != "id"]
    where, parameters = job.selection.where()
    longest = ", ".join(f"max(length(CAST(r.{name} AS BLOB)))" for name in names)
    found = job.store.db.conn.execute(
        f"SELECT {longest} FROM reports r WHERE {where}",  # noqa: S608 - names of this module
        parameters,
    ).fetchone()
    return {name: min(max(width or 1, 1), LONGEST_TEXT) for name, width in zip(names, found, strict=True)}
