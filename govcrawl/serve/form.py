"""The statutory tables laid out as the official form, whatever the page that published them looked like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from govcrawl.reports.concerned import label_of
from govcrawl.reports.schema import Block, Row, Template, fact_id, load_schema

_TITLES = {
    "proactive": "主动公开政府信息情况",
    "application": "收到和处理政府信息公开申请情况",
    "challenge": "政府信息公开行政复议、行政诉讼情况",
    "stat2014": "政府信息公开情况统计表",
}
_DEPTH = 3  # label columns of table 三
_RELATION = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"

Fact = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Label:
    """A heading or label of the form, ``down`` rows high and ``across`` columns wide."""

    text: str
    down: int = 1
    across: int = 1


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of the form and what the report has there; ``fact`` None where it does not have this cell."""

    id: str
    label: str
    fact: Fact | None
    across: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the form: its labels, then its cells."""

    labels: Sequence[Label]
    slots: Sequence[Slot] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A table of the form: ``head`` are its heading rows, ``kind`` as in ``tables.kind``."""

    kind: str
    title: str
    template: str
    head: Sequence[Sequence[Label]]
    lines: Sequence[Line]

    def ids(self) -> Iterator[str]:
        """The facts that have a cell here."""
        return (slot.id for line in self.lines for slot in line.slots)


def forms(facts: Iterable[Fact], template: str) -> tuple[list[Form], list[Fact]]:
    """(the tables that a report has as the form has them, the facts that stand in no cell of theirs).

    Each table is drawn by the form that knows most of its facts, since some reports mix two; ``template``
    decides where both know as many.
    """
    by_id = {fact["fact"]: fact for fact in facts}
    drawn = []
    for kind, draw in _DRAWN.items():
        own = {name for name in by_id if name.startswith(f"{kind}.")}
        if not own:
            continue
        templates = load_schema().templates.values()
        best = max(
            templates, key=lambda one: (len(own & {fact.id for fact in one.facts}), one.name == template)
        )
        drawn.append(draw(best, by_id))
    shown = {name for form in drawn for name in form.ids()}
    return drawn, [fact for name, fact in by_id.items() if name not in shown]


def _slot(name: str, facts: Mapping[str, Fact], across: int = 1) -> Slot:
    return Slot(name, label_of(name), facts.get(name), across)


def _proactive(template: Template, facts: Mapping[str, Fact]) -> Form:
    width = max(len(block.columns) for block in template.blocks)
    lines = [line for block in template.blocks for line in _block(block, width, facts)]
    return Form("proactive", _TITLES["proactive"], template.name, (), lines)


def _block(block: Block, width: int, facts: Mapping[str, Fact]) -> Iterator[Line]:
    spans = [1] * (len(block.columns) - 1) + [width - len(block.columns) + 1]
    yield Line([Label(block.label, across=width + 1)])
    headings = (Label(column.label, across=span) for column, span in zip(block.columns, spans, strict=True))
    yield Line([Label("信息内容"), *headings])
    for row in block.rows:
        names = (fact_id(f"proactive.{block.id}.{row.id}", column.id) for column in block.columns)
        slots = [_slot(name, facts, span) for name, span in zip(names, spans, strict=True)]
        yield Line([Label(row.label)], slots)


def _application(template: Template, facts: Mapping[str, Fact]) -> Form:
    applicants = load_schema().applicants
    single = [column for column in applicants if len(column.path) == _DEPTH - 1]
    groups = [column for column in applicants if len(column.path) == _DEPTH]
    head = (
        (Label(_RELATION, _DEPTH, _DEPTH), Label(applicants[0].path[0], across=len(applicants))),
        (Label(single[0].label, 2), Label(groups[0].path[1], across=len(groups)), Label(single[-1].label, 2)),
        tuple(Label(column.label) for column in groups),
    )
    lines = []
    for number, row in enumerate(template.application):
        slots = [_slot(fact_id(f"application.{row.id}", column.id), facts) for column in applicants]
        lines.append(Line(list(_path(template.application, number)), slots))
    return Form("application", _TITLES["application"], template.name, head, lines)


def _path(rows: Sequence[Row], number: int) -> Iterator[Label]:
    """The labels that begin in a row: those that it shares with the row above stand there already."""
    path = rows[number].path
    above = rows[number - 1].path if number else ()
    for depth, text in enumerate(path):
        begun = path[: depth + 1]
        if above[: depth + 1] == begun:
            continue
        down = sum(1 for _ in _same(rows[number:], begun))
        yield Label(text, down, _DEPTH - depth if depth == len(path) - 1 else 1)


def _same(rows: Sequence[Row], begun: tuple[str, ...]) -> Iterator[Row]:
    for row in rows:
        if row.path[: len(begun)] != begun:
            return
        yield row


def _challenge(template: Template, facts: Mapping[str, Fact]) -> Form:
    groups, outcomes = template.groups, template.outcomes
    top, below = [], []
    for name, found in groupby(groups, key=lambda group: group.path[0]):
        members = list(found)
        alone = len(members) == 1 and len(members[0].path) == 1
        top.append(Label(name, 2 if alone else 1, len(members) * len(outcomes)))
        below += [] if alone else [Label(group.label, across=len(outcomes)) for group in members]
    names = [fact_id(f"challenge.{group.id}", column.id) for group in groups for column in outcomes]
    head = (top, below, [Label(column.label) for _ in groups for column in outcomes])
    lines = [Line([], [_slot(name, facts) for name in names])]
    return Form("challenge", _TITLES["challenge"], template.name, head, lines)


def _statistics(template: Template, facts: Mapping[str, Fact]) -> Form:
    lines = [Line([Label(row.label)], [_slot(f"stat2014.{row.id}", facts)]) for row in template.statistics]
    return Form("stat2014", _TITLES["stat2014"], "2014", ((Label("统计指标"), Label("统计数")),), lines)


_DRAWN = {
    "proactive": _proactive,
    "application": _application,
    "challenge": _challenge,
    "stat2014": _statistics,
}
