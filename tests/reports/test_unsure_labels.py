"""Rows of table 三 whose labels were hardly recognised on an image: named where only one of the form fits."""

from __future__ import annotations

import pytest

from govcrawl.model import Cell, Grid, Report
from govcrawl.reports import read_report
from tests.reports import forms

LABEL = "6.属于四类过程性信息"
ROW = "application.result.not_open.process_information"
TRUTH = forms.numbers("2021")


def value(fact: str) -> str:
    return str(TRUTH[fact])


def read(label: str, *, uncertain: bool) -> Report:
    """A report whose label of one row was read as another text."""

    def as_read(cell: Cell) -> Cell:
        return cell._replace(text=label, uncertain=uncertain) if cell.text == LABEL else cell

    whole = forms.grid(forms.application("2021", value))
    assert any(cell.text == LABEL for row in whole.rows for cell in row)
    table = Grid(tuple(tuple(as_read(cell) for cell in row) for row in whole.rows))
    tables = (forms.grid(forms.proactive("2021", value)), table, forms.grid(forms.challenge(value)))
    return read_report(forms.document(*tables))


def numbers(report: Report) -> list[float | None]:
    return [fact.value for fact in report.facts if fact.fact.startswith(f"{ROW}:")]


@pytest.mark.parametrize("label", ["6r", "6.属干", "6、〓"])
def test_a_label_that_was_hardly_read_is_told_by_its_number_and_its_place(label: str) -> None:
    report = read(label, uncertain=True)
    assert numbers(report) == [TRUTH[f"{ROW}:{column}"] for column in forms.COLUMNS]
    assert ("label_respelled", ROW) in {(finding.kind, finding.subject) for finding in report.findings}


@pytest.mark.parametrize(
    ("label", "uncertain"), [("6r", False), ("5r", True), ("r", True), ("其中：x", True)]
)
def test_a_label_that_may_be_another_is_no_row(label: str, uncertain: bool) -> None:
    report = read(label, uncertain=uncertain)
    assert not any(numbers(report))
    assert "unknown_row" in {finding.kind for finding in report.findings}
