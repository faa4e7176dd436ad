"""Columns and rows that the form does not have, lacks, or has in another place."""

from __future__ import annotations

import pytest

from govcrawl.model import Report, Status
from tests.reports import forms
from tests.reports.forms import Item
from tests.reports.test_variations import T2, T3, T4, assert_true, cells, markup, page, read, tables, truth

HEADS: list[Item] = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
NAMES = ("行政复议", "未经复议直接起诉", "复议后起诉")
YEARS = [("2021年", "2020年"), ("本年", "上年"), ("2021年度", "2020年度"), ("今年", "去年")]
Rows = list[list[Item]]


def of_three(rows: Rows) -> Report:
    made = tables()
    made[T3] = rows
    return read(page(*made))


def of_four(rows: Rows) -> Report:
    made = tables()
    made[T4] = rows
    return read(page(*made))


def outcome(group: str, name: str) -> str:
    return str(truth()[f"challenge.{group}:{name}"])


@pytest.mark.parametrize("left", range(7))
def test_a_column_left_out_is_missing_and_the_others_keep_their_numbers(left: int) -> None:
    rows = tables()[T3]
    people: list[Item] = [("自然人", 2, 1), ("法人或其他组织", 1, 5 - (0 < left < 6)), ("总计", 2, 1)]
    people = [item for n, item in enumerate(people) if (left, n) not in ((0, 0), (6, 2))]
    kinds = [item for n, item in enumerate(rows[2], 1) if n != left]
    data = [[*row[:-7], *(item for n, item in enumerate(row[-7:]) if n != left)] for row in rows[3:]]
    report = of_three([[("", 3, 3), ("申请人情况", 1, 6)], people, kinds, *data])
    name = forms.COLUMNS[left]
    assert_true(report, {fact: value for fact, value in truth().items() if not fact.endswith(f":{name}")})
    found = cells(report)
    assert {found[f"application.{row}:{name}"] for row in forms.rows_of("2021")} == {(None, "missing")}


@pytest.mark.parametrize("head", ["行次", "序号"])
def test_a_column_that_numbers_the_rows_is_no_column_of_the_form(head: str) -> None:
    rows = tables()[T3]
    rows[0].insert(1, (head, 3, 1))
    for number, row in enumerate(rows[3:], 1):
        row.insert(len(row) - 7, str(number))
    assert_true(of_three(rows), truth())


def test_organisations_in_one_column_leave_their_kinds_missing() -> None:
    rows = tables()[T3]
    data = [[*row[:-7], row[-7], "5", row[-1]] for row in rows[3:]]
    report = of_three([[("", 2, 3), ("申请人情况", 1, 3)], ["自然人", "法人或其他组织", "总计"], *data])
    kinds = tuple(f":{name}" for name in forms.COLUMNS[1:6])
    assert_true(report, {fact: value for fact, value in truth().items() if not fact.endswith(kinds)})
    assert all(f.status is Status.MISSING for f in report.facts if f.fact.endswith(kinds))


@pytest.mark.parametrize("own_first", [True, False])
@pytest.mark.parametrize("years", YEARS)
def test_columns_of_the_year_before_are_no_columns_of_the_form(
    years: tuple[str, str], own_first: bool
) -> None:
    rows = tables()[T3]
    tops: Rows = [[rows[0][0], *((year, 1, 7) for year in (years if own_first else years[::-1]))]]
    heads = [[*rows[1], *rows[1]], [*rows[2], *rows[2]]]
    other: list[Item] = ["55"] * 7
    data = [
        [*row[:-7], *(row[-7:] if own_first else other), *(other if own_first else row[-7:])]
        for row in rows[3:]
    ]
    assert_true(of_three([*tops, *heads, *data]), truth())


@pytest.mark.parametrize("head", ["2020年总计", "上年总计", "2020年度总计"])
def test_an_eighth_column_with_last_years_totals(head: str) -> None:
    rows = tables()[T3]
    rows[0].append((head, 3, 1))
    assert_true(of_three([*rows[:3], *([*row, "999"] for row in rows[3:])]), truth())


def test_a_row_for_the_same_time_last_year_is_not_the_forms_row() -> None:
    rows = tables()[T3]
    rows.insert(4, [("上年同期新收政府信息公开申请数量", 1, 3), *["8"] * 7])
    assert_true(of_three(rows), truth())


def test_a_unit_between_label_and_numbers() -> None:
    rows = tables()[T3]
    heads: Rows = [[rows[0][0], ("单位", 3, 1), rows[0][1]], *rows[1:3]]
    assert_true(of_three([*heads, *([*row[:-7], "件", *row[-7:]] for row in rows[3:])]), truth())


def test_headers_that_lost_their_spans_do_not_pull_numbers_under_them() -> None:
    """As pasted from a spreadsheet: the slots that a span covered are cells of their own, blank."""
    grid = forms.grid(tables()[T3][3:])
    rows: Rows = [
        ["（本列数据的勾稽关系为…）", "", "", "申请人情况", *[""] * 6],
        ["", "自然人", "", "法人或其他组织", "", "", "", "", "总计", ""],
        ["", "", "", "商业企业", "", "科研机构", "社会公益组织", "法律服务机构", "", "其他"],
    ]
    for n, row in enumerate(grid.rows):
        rows.append([cell.text if (cell.row, cell.column) == (n, c) else "" for c, cell in enumerate(row)])
    assert_true(of_three(rows), truth())


@pytest.mark.parametrize(
    ("head", "text"),
    [("项目", "数量（件）"), ("年度", "2021"), ("单位", "临水县青山镇"), ("序号", "1"), ("指标", "2021年")],
)
def test_table_four_with_a_column_before_the_numbers(head: str, text: str) -> None:
    rows = tables()[T4]
    rows[0].insert(0, (head, 3, 1))
    rows[3].insert(0, text)
    assert_true(of_four(rows), truth())


@pytest.mark.parametrize(
    ("head", "text"), [("备注", "无"), ("备注", "见说明"), ("合计", "999"), ("单位", "件")]
)
def test_table_four_with_a_column_behind_the_numbers(head: str, text: str) -> None:
    rows = tables()[T4]
    rows[0].append((head, 3, 1))
    rows[3].append(text)
    assert_true(of_four(rows), truth())


@pytest.mark.parametrize("own_first", [True, False])
@pytest.mark.parametrize("years", YEARS)
def test_table_four_with_a_row_for_the_year_before(years: tuple[str, str], own_first: bool) -> None:
    rows = tables()[T4]
    rows[0].insert(0, ("年度", 3, 1))
    data: Rows = [[years[0], *rows[3]], [years[1], *["66"] * 15]]
    assert_true(of_four([*rows[:3], *(data if own_first else data[::-1])]), truth())


def test_table_four_without_one_outcome() -> None:
    shown = [head for head in HEADS if head != "尚未审结"]
    rows: Rows = [
        [("行政复议", 1, 4), ("行政诉讼", 1, 8)],
        [*((str(head), 2, 1) for head in shown), ("未经复议直接起诉", 1, 4), ("复议后起诉", 1, 4)],
        [*shown, *shown],
        [outcome(group, name) for group in forms.GROUPS for name in forms.OUTCOMES if name != "pending"],
    ]
    report = of_four(rows)
    assert_true(report, {fact: value for fact, value in truth().items() if not fact.endswith(":pending")})
    assert {f.status for f in report.facts if f.fact.endswith(":pending")} == {Status.MISSING}


def test_table_four_as_a_row_for_each_outcome() -> None:
    rows: Rows = [["", *NAMES]]
    for head, name in zip(HEADS, forms.OUTCOMES, strict=True):
        rows.append([head, *(outcome(group, name) for group in forms.GROUPS)])
    assert_true(of_four(rows), truth())


def test_table_four_as_a_row_for_each_number() -> None:
    rows: Rows = [["类别", "结果", "件数"]]
    for label, group in zip(NAMES, forms.GROUPS, strict=True):
        for n, (head, name) in enumerate(zip(HEADS, forms.OUTCOMES, strict=True)):
            rows.append([*([(label, 5, 1)] if n == 0 else []), head, outcome(group, name)])
    assert_true(of_four(rows), truth())


def test_table_four_as_one_of_reviews_and_one_of_litigation() -> None:
    reviews: Rows = [[("行政复议", 1, 5)], HEADS, [outcome("review", name) for name in forms.OUTCOMES]]
    suits: Rows = [
        [("行政诉讼", 1, 10)],
        [("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        [*HEADS, *HEADS],
        [outcome(group, name) for group in forms.GROUPS[1:] for name in forms.OUTCOMES],
    ]
    made = tables()
    assert_true(read(page(made[T2], made[T3], markup(reviews) + markup(suits))), truth())
