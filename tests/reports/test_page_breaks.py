"""Rows that the end of a page, or a dump's blank cells, cut in two."""

from __future__ import annotations

import pytest

from tests.reports.forms import COLUMNS, grid, loose
from tests.reports.test_tables import check, read, whole


@pytest.mark.parametrize("remark", ["", "见说明"])
@pytest.mark.parametrize(("label", "at"), [("3.其他", 3), ("2.重复申请", 4), ("（七）总计", 4)])
def test_the_rest_of_a_label_below_headers_printed_again(label: str, at: int, remark: str) -> None:
    truth, tables = whole("2021")
    plain = [[item if isinstance(item, str) else item[0] for item in row] for row in tables[1]]
    title = "收到和处理政府信息公开申请情况"
    heads = [[title], [*plain[0], "备注"], *plain[1:3]]
    rows = [[*row, remark] for row in plain[3:]]
    place = next(n for n, row in enumerate(rows) if label in row)
    rest = ["三、本年度办理结果", "（六）其他处理", label[at:], *[""] * 7]
    rows[place][rows[place].index(label)] = label[:at]
    rows[place + 1 : place + 1] = [*heads, rest]
    check(read(grid(tables[0]), loose([*heads, *rows]), grid(tables[2])), truth)


def test_a_row_of_pipes_cut_at_its_blanks_lends_its_numbers_to_no_other_row() -> None:
    truth, tables = whole("2019")
    plain = [[item if isinstance(item, str) else item[0] for item in row] for row in tables[1]]
    first, second = plain[3], plain[4]
    cut = [first[:1], first[1:5], first[6:], second[:1], second[1:], plain[5][:2], plain[5][2:]]
    report = read(grid(tables[0]), loose([*plain[:3], *cut, *plain[6:]]), grid(tables[2]))
    lost = frozenset(fact for fact in truth if fact.startswith("application.received_new:"))
    check(report, truth, lost)
    assert {fact.value for fact in report.facts if fact.fact in lost} == {None}


def test_headers_printed_again_do_not_part_a_row_from_its_group() -> None:
    truth, tables = whole("2021")
    plain = [[item if isinstance(item, str) else item[0] for item in row] for row in tables[1]]
    place = next(n for n, row in enumerate(plain) if "3.其他" in row)
    again = [["申请人情况"], ["自然人", "法人或其他组织"], ["总计"], plain[2]]
    row = ["三、本年度办理结果", "（六）其他处理", *plain[place][plain[place].index("3.其他") :]]
    cut = [*plain[:place], *again, row, *plain[place + 1 :]]
    check(read(grid(tables[0]), loose(cut), grid(tables[2])), truth)


def test_rows_beside_labels_that_run_over_into_the_next_row_are_ambiguous() -> None:
    truth, tables = whole("2021")
    plain = [[item if isinstance(item, str) else item[0] for item in row] for row in tables[1]]
    rows = [list(row) for row in plain]
    for label, (own, over) in {
        "6.属于四类过程性信息": ("6.属于四类", "过程性信息"),
        "7.属于行政执法案卷": ("7.属于行政", "执法案卷"),
    }.items():
        place = next(n for n, row in enumerate(rows) if any(text.endswith(label) for text in row))
        at = next(n for n, text in enumerate(rows[place]) if text.endswith(label))
        rows[place][at] = rows[place][at].removesuffix(label) + own
        below = next(n for n, text in enumerate(rows[place + 1]) if text[:1].isdigit())
        rows[place + 1][below] = over + rows[place + 1][below]
    rows = [row for row in rows if "2.重复申请" not in row]  # else they are told by their order
    report = read(grid(tables[0]), loose(rows), grid(tables[2]))
    facts = {fact.fact: fact for fact in report.facts}
    wrong = [name for name, value in truth.items() if facts[name].value not in (value, None)]
    assert wrong == []
    moved = [facts[f"application.result.not_open.process_information:{column}"] for column in COLUMNS]
    assert {fact.status for fact in moved} == {"ambiguous"}
    assert facts["application.result.not_open.third_party_rights:total"].value is not None
