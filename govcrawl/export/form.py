"""The official form as a grid: where each label and each cell of the statutory tables stands. Pure layout."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from govcrawl.reports.schema import Block, Row, Template, load_schema

_SUM = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


@dataclass(frozen=True, slots=True)
class Slot:
    """A rectangle of the form: a label, or the cell of a fact; row and column count from 0."""

    row: int
    col: int
    height: int
    width: int
    text: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A statutory table as ``template`` has it: its heading, and its slots, which cover ``rows`` rows."""

    table: str
    template: str
    heading: str
    slots: tuple[Slot, ...]

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return max(slot.row + slot.height for slot in self.slots)


def forms_of(template: str, facts: Collection[str]) -> tuple[Form, ...]:
    """The tables that the form ``template`` has, and those of others of which a report has facts.

    Each is laid out as the form has it that knows most of those facts, since some reports mix two.
    """
    wanted = _TABLES.get(template, ())
    return tuple(
        max(
            (_form(table, name) for name in sorted(known, key=lambda name: name != template)),
            key=lambda form: sum(slot.fact in facts for slot in form.slots),
        )
        for table, known in _KNOWN.items()
        if table in wanted or any(fact.startswith(f"{table}.") for fact in facts)
    )


@cache
def _form(table: str, template: str) -> Form:
    known = load_schema().templates[template]
    heading = next(fact.label[0] for fact in known.facts if fact.table == table)
    return Form(table, template, heading, tuple(_DRAWN[table](known)))


def _statistics(template: Template) -> Iterator[Slot]:
    yield from (Slot(0, 0, 1, 3, "统计指标"), Slot(0, 3, 1, 1, "单位"), Slot(0, 4, 1, 1, "统计数"))
    for place, fact in enumerate(template.facts, start=1):
        yield Slot(place, 0, 1, 3, fact.label[-1])
        yield Slot(place, 3, 1, 1, fact.unit)
        yield Slot(place, 4, 1, 1, fact=fact.id)


def _proactive(template: Template) -> Iterator[Slot]:
    row = 0
    for block in template.blocks:
        yield from _block(block, row)
        row += 2 + len(block.rows)


def _block(block: Block, top: int) -> Iterator[Slot]:
    """Banner, headings and rows of a block; its last column is as wide as the table has room."""
    yield Slot(top, 0, 1, 4, block.label)
    yield Slot(top + 1, 0, 1, 1, "信息内容")
    last = len(block.columns) - 1
    for place, column in enumerate(block.columns):
        width = 3 - place if place == last else 1
        yield Slot(top + 1, 1 + place, 1, width, column.label)
        for down, row in enumerate(block.rows):
            fact = f"proactive.{block.id}.{row.id}:{column.id}"
            yield Slot(top + 2 + down, 1 + place, 1, width, fact=fact)
    for down, row in enumerate(block.rows):
        yield Slot(top + 2 + down, 0, 1, 1, row.label)


def _application(template: Template) -> Iterator[Slot]:
    applicants = load_schema().applicants
    yield Slot(0, 0, 3, 3, _SUM)
    yield Slot(0, 3, 1, len(applicants), "申请人情况")
    yield Slot(1, 4, 1, len(applicants) - 2, "法人或其他组织")
    for place, column in enumerate(applicants):
        alone = len(column.path) < 3
        yield Slot(1 if alone else 2, 3 + place, 2 if alone else 1, 1, column.label)
    for down, row in enumerate(template.application, start=3):
        for place, column in enumerate(applicants):
            yield Slot(down, 3 + place, 1, 1, fact=f"application.{row.id}:{column.id}")
    yield from _labels(template.application, top=3, depth=0)


def _labels(rows: Sequence[Row], top: int, depth: int) -> Iterator[Slot]:
    """The labels left of the cells: what rows share is one rectangle, the last label takes the rest."""
    for label, members in groupby(rows, key=lambda row: row.path[depth]):
        group = list(members)
        below = len(group[0].path) > depth + 1
        yield Slot(top, depth, len(group), 1 if below else 3 - depth, label)
        if below:
            yield from _labels(group, top, depth + 1)
        top += len(group)


def _challenge(template: Template) -> Iterator[Slot]:
    width = len(template.outcomes)
    yield Slot(0, 0, 1, width, template.groups[0].label)
    yield Slot(0, width, 1, 2 * width, "行政诉讼")
    for place, group in enumerate(template.groups):
        if place:
            yield Slot(1, place * width, 1, width, group.label)
        for right, column in enumerate(template.outcomes):
            col = place * width + right
            yield Slot(2 if place else 1, col, 1 if place else 2, 1, column.label)
            yield Slot(3, col, 1, 1, fact=f"challenge.{group.id}:{column.id}")


_DRAWN = {
    "proactive": _proactive,
    "application": _application,
    "challenge": _challenge,
    "stat2014": _statistics,
}
_KNOWN = {**dict.fromkeys(("proactive", "application", "challenge"), ("2019", "2021")), "stat2014": ("2014",)}
_TABLES = {
    name: tuple(table for table, known in _KNOWN.items() if name in known)
    for name in ("2014", "2019", "2021")
}
