"""The official form: as wide and high as it says, every cell once; findings at the cell that they speak of."""

from __future__ import annotations

import pytest

from govcrawl.reports.schema import TEMPLATES, load_schema
from govcrawl.serve.form import Form, forms
from govcrawl.serve.marks import by_cell, marks
from govcrawl.serve.prose import parts
from tests.serve.world import facts


def rows(template: str) -> list[dict[str, object]]:
    return [fact._asdict() for fact in facts(template, 1)]


def widths(form: Form) -> set[int]:
    """The widths of all rows of a table, with what hangs down into them."""
    hanging: list[tuple[int, int]] = []  # (rows left, columns)
    found = set()
    lines = [(labels, ()) for labels in form.head] + [(line.labels, line.slots) for line in form.lines]
    for labels, slots in lines:
        spans = [*(across for _, across in hanging), *(one.across for one in (*labels, *slots))]
        found.add(sum(spans))
        hanging = [(left - 1, across) for left, across in hanging if left > 1]
        hanging += [(label.down - 1, label.across) for label in labels if label.down > 1]
    return found


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_cell_of_a_form_is_drawn_once(template: str) -> None:
    drawn, further = forms(rows(template), template)
    assert sorted(name for form in drawn for name in form.ids()) == sorted(
        fact.id for fact in load_schema().facts(template)
    )
    assert further == []
    assert {form.template for form in drawn} == {template}
    assert all(len(widths(form)) == 1 for form in drawn)


def test_cells_that_the_form_does_not_know_are_told_apart() -> None:
    extra = {"fact": "application.result.granted.sub1:total", "raw": "1", "status": "number"}
    drawn, further = forms([*rows("2021"), extra], "2021")
    assert further == [extra]
    assert {form.kind for form in drawn} == {"proactive", "application", "challenge"}


def test_two_forms_in_one_report_are_drawn_each_by_its_own() -> None:
    mixed = [fact for fact in rows("2019") if str(fact["fact"]).startswith("proactive.")]
    mixed += [fact for fact in rows("2021") if str(fact["fact"]).startswith("application.")]
    drawn, further = forms(mixed, "2021")
    assert [(form.kind, form.template) for form in drawn] == [("proactive", "2019"), ("application", "2021")]
    assert further == []


@pytest.mark.parametrize(
    ("rule", "subject", "cell"),
    [
        ("A1", "application.carried_out:total", "application.carried_out:total"),
        ("A3", "application.result.granted", "application.result.granted:total"),
        ("C1", "challenge.review", "challenge.review:total"),
        ("X1", "application.carried_in:total", "application.carried_in:total"),
        ("P1", "proactive.art20_1.rules", "proactive.art20_1.rules:in_force"),
        ("Y1", "report", None),
    ],
)
def test_a_finding_is_at_its_cell(rule: str, subject: str, cell: str | None) -> None:
    shown = {fact.id for fact in load_schema().facts("2021")}
    check = {"rule": rule, "subject": subject, "outcome": "fail", "expected": "1", "actual": "2"}
    passed = {**check, "outcome": "pass"}
    (mark,) = marks([check, passed], [], shown)
    assert mark.cell == cell
    assert by_cell([mark]) == ({cell: [1]} if cell else {})
    assert cell not in mark.operands


def test_the_gravest_come_first_and_failed_rules_are_not_told_twice() -> None:
    checks = [
        {"rule": rule, "subject": "report", "outcome": "fail", "expected": None, "actual": None}
        for rule in ("D1", "Y1", "A1")
    ]
    found = [{"kind": kind, "subject": "", "detail": ""} for kind in ("identity_fail:A1", "blank_cells")]
    assert [mark.rule for mark in marks(checks, found, ())] == ["A1", "Y1", "D1", "blank_cells"]


def test_tables_of_the_text_are_those_of_the_report_or_stay_lines() -> None:
    sections = [{"heading": "一、", "text": "甲\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n乙\n丙"}]
    tables = [{"grid": '[["a","b"],["1","2"]]', "kind": "application"}]
    (part,) = parts(sections, tables, "")
    assert [(passage.lines, passage.kind) for passage in part.passages] == [
        (["甲"], None), ((), "application"), (["乙", "丙"], None),
    ]  # fmt: skip
    (part,) = parts(sections, [], "")
    assert part.passages[1].lines[0] == "| a | b |"
