"""A row that lost a cell, a table that lacks a column, a column too many: no number moves to another's place."""

from __future__ import annotations

import pytest

from govcrawl.documents import read_document
from govcrawl.model import Fact, Report, Status
from govcrawl.reports import read_report
from tests.reports import forms
from tests.reports.forms import Item

TITLE = "临水镇2021年政府信息公开工作年度报告"
TRUTH = forms.numbers("2021")


def value(fact: str) -> str:
    return str(TRUTH[fact])


def drawn() -> list[list[list[Item]]]:
    return [forms.proactive("2021", value), forms.application("2021", value), forms.challenge(value)]


def markup(rows: list[list[Item]]) -> str:
    """A table as markup, so that a row without a cell leaves its slot uncovered."""
    made = []
    for row in rows:
        cells = [(item, 1, 1) if isinstance(item, str) else item for item in row]
        made.append("".join(f"<td rowspan={high} colspan={wide}>{text}</td>" for text, high, wide in cells))
    return "<table border=1>" + "".join(f"<tr>{row}</tr>" for row in made) + "</table>"


def read(tables: list[list[list[Item]]]) -> Report:
    parts = [f"<h1>{TITLE}</h1>"]
    for n, heading in enumerate(forms.HEADINGS):
        parts += [f"<p>{heading}</p>", markup(tables[n - 1]) if n in (1, 2, 3) else "<p>工作平稳有序。</p>"]
    page = (
        f"<html><head><meta charset=utf-8><title>{TITLE}</title></head><body>{''.join(parts)}</body></html>"
    )
    return read_report(read_document(page.encode(), name="report.html"))


def unsure(report: Report) -> dict[str, Fact]:
    """Facts without a value; every other one is right."""
    assert not {f.fact: f.raw for f in report.facts if f.value is not None and f.value != TRUTH[f.fact]}
    return {fact.fact: fact for fact in report.facts if fact.value is None}


@pytest.mark.parametrize("place", range(1, 8))
def test_a_row_of_table_three_without_one_cell(place: int) -> None:
    tables = drawn()
    del tables[1][3][place]
    left = unsure(read(tables))
    assert {fact.status for fact in left.values()} == {Status.AMBIGUOUS}
    assert left.keys() == {f"application.received_new:{column}" for column in forms.COLUMNS}


@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_row_of_table_two_without_one_cell(place: int) -> None:
    tables = drawn()
    del tables[0][2][place]
    left = unsure(read(tables))
    assert left.keys() == {
        f"proactive.art20_1.rules:{column}" for column in ("issued", "repealed", "in_force")
    }
    assert {fact.status for fact in left.values()} == {Status.AMBIGUOUS}


@pytest.mark.parametrize("place", [0, 7, 14])
def test_the_row_of_table_four_without_one_cell(place: int) -> None:
    tables = drawn()
    del tables[2][-1][place]
    report = read(tables)
    left = unsure(report)
    assert {fact.status for fact in left.values()} == {Status.AMBIGUOUS}
    assert len(left) == 15
    assert "short_rows" in {finding.kind for finding in report.findings}


def never_wrong(tables: list[list[list[Item]]], blank: set[str]) -> set[str]:
    """Facts of the read tables that are not told; every other one is its number, or blank as it should be."""
    found = {fact.fact: fact for fact in read(tables).facts}
    told = {
        f: fact.value for f, fact in found.items() if fact.status not in (Status.AMBIGUOUS, Status.MISSING)
    }
    assert not {f: value for f, value in told.items() if value != (None if f in blank else TRUTH[f])}
    return found.keys() - told.keys()


@pytest.mark.parametrize("extra", ["", "件", "合计"])
@pytest.mark.parametrize("place", [0, 3, 14])
def test_a_cell_too_many_in_table_four_shifts_no_number(place: int, extra: str) -> None:
    blank = {"challenge.litigation_after_review:total"}
    tables = drawn()
    tables[2] = forms.challenge(lambda fact: "" if fact in blank else value(fact))
    assert never_wrong(tables, blank) == set()
    tables[2][-1].insert(place, extra)
    assert len(never_wrong(tables, blank)) == 15


@pytest.mark.parametrize("extra", ["", "件"])
@pytest.mark.parametrize("fact", ["art20_1.rules:in_force", "art20_1.rules:repealed"])
def test_a_cell_too_many_in_table_two_shifts_no_number(fact: str, extra: str) -> None:
    blank = {f"proactive.{fact}"}
    tables = drawn()
    tables[0] = forms.proactive("2021", lambda own: "" if own in blank else value(own))
    assert never_wrong(tables, blank) == set()
    tables[0][2].insert(1, extra)
    assert len(never_wrong(tables, blank)) == 3


def test_headers_of_a_dump_in_ragged_lines_turn_no_number_of_table_four() -> None:
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    head = ["行政诉讼", *outcomes, "未经复议直接起诉", "复议后起诉", *outcomes, *outcomes[:-1]]
    own = [value(f"challenge.{group}:{outcome}") for group in forms.GROUPS for outcome in forms.OUTCOMES]
    report = read_report(forms.document((), (), forms.loose([["行政复议"], head, ["总计"], own])))
    found = {fact.fact: fact.value for fact in report.facts if fact.fact.startswith("challenge.")}
    assert found == {fact: number for fact, number in TRUTH.items() if fact.startswith("challenge.")}


def test_sums_tell_that_a_stray_cell_behind_table_four_does_no_harm() -> None:
    tables = drawn()
    tables[2] = forms.challenge(lambda fact: "2" if fact.endswith((":upheld", ":total")) else "0")
    tables[2][-1].append("")
    facts = {fact.fact: fact.value for fact in read(tables).facts if fact.fact.startswith("challenge.")}
    assert facts["challenge.litigation_after_review:total"] == 2
    assert set(facts.values()) == {0, 2}


def test_a_number_that_does_not_span_its_header_is_no_short_row() -> None:
    tables = drawn()
    tables[0] = [[i[0] if not isinstance(i, str) and i[0].isdigit() else i for i in row] for row in tables[0]]
    assert not unsure(read(tables))


def without_total(rows: list[list[Item]]) -> list[list[Item]]:
    cut: list[list[Item]] = [[rows[0][0], ("申请人情况", 1, 6)], rows[1][:-1], rows[2]]
    return cut + [row[:-1] for row in rows[3:]]


def test_a_table_without_the_column_of_totals() -> None:
    tables = drawn()
    tables[1] = without_total(tables[1])
    report = read(tables)
    left = unsure(report)
    assert left.keys() == {f"application.{row}:total" for row in forms.rows_of("2021")}
    assert {fact.status for fact in left.values()} == {Status.MISSING}
    assert "missing_total_column" in {finding.kind for finding in report.findings}


def test_six_numbers_below_a_header_of_seven_stay_ambiguous() -> None:
    tables = drawn()
    tables[1] = tables[1][:3] + [row[:-1] for row in tables[1][3:]]
    left = unsure(read(tables))
    assert {fact.status for fact in left.values()} == {Status.AMBIGUOUS}
    assert len(left) == 175


@pytest.mark.parametrize("head", ["备注", "上年总计", "2020年同期", "上一年数"])
def test_a_further_column_of_numbers_behind_table_three(head: str) -> None:
    tables = drawn()
    rows = tables[1]
    tables[1] = [
        [*row, (head, 3, 1)] if n == 0 else row if n < 3 else [*row, str(90000 + n)]
        for n, row in enumerate(rows)
    ]
    assert not unsure(read(tables))


@pytest.mark.parametrize("head", ["备注", "上年数"])
def test_a_further_column_of_numbers_behind_table_two(head: str) -> None:
    tables = drawn()
    made: list[list[Item]] = []
    for n, row in enumerate(tables[0]):
        first = row[0] if isinstance(row[0], str) else row[0][0]
        banner = first.startswith("第二十条")
        made.append([*row, "" if banner else head if first == "信息内容" else str(90000 + n)])
    tables[0] = made
    assert not unsure(read(tables))


def padded(rows: list[list[Item]], width: int) -> str:
    """A table as Markdown that fills every row up with blank cells on the right."""
    plain = [[item if isinstance(item, str) else item[0] for item in row] for row in rows]
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in plain]
    return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])


@pytest.mark.parametrize("surplus", [0, 1, 2])
@pytest.mark.parametrize("kept", [(4, 5, 6), (6,), (0, 6), (2, 3), (0, 1, 2, 3, 4, 5, 6)])
def test_blank_cells_of_a_padded_dump_shift_no_number(kept: tuple[int, ...], surplus: int) -> None:
    def some(fact: str) -> str:
        row, _, column = fact.partition(":")
        blank = row.startswith("application.result.not_open") and forms.COLUMNS.index(column) not in kept
        return "" if blank else value(fact)

    tables = drawn()
    tables[1] = forms.application("2021", some)
    parts = [TITLE]
    for n, heading in enumerate(forms.HEADINGS):
        parts += [
            heading,
            padded(tables[n - 1], (4, 9, 15)[n - 1] + surplus) if n in (1, 2, 3) else "工作平稳有序。",
        ]
    left = unsure(read_report(read_document("\n".join(parts).encode(), name="report.txt")))
    assert {name for name in left if ".not_open." not in name} == set()


def test_rows_whose_labels_run_over_are_told_by_their_order() -> None:
    """As many rows as the form has, and the whole labels at their places: then there is one way to read them."""
    tables = drawn()
    tables[1][11][0], tables[1][12][0] = "5.属于三类", "内部事务信息6.属于四类过程性"
    assert unsure(read(tables)) == {}
    del tables[1][16]  # one row fewer: any of them may be the one
    assert "application.result.not_open.internal_affairs:total" in unsure(read(tables))
