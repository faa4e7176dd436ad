"""Rows at a page break of a PDF: one that is cut becomes one again, two whole ones stay two."""

from __future__ import annotations

import pytest

from govcrawl.documents.printed.joining import joined_tables
from govcrawl.documents.printed.page import Glyph
from govcrawl.documents.printed.ruled import RuledTable
from govcrawl.documents.printed.slots import Slot

Row = list[str]


def table(rows: list[Row], full: frozenset[str] = frozenset()) -> RuledTable:
    slots = [
        Slot(row, column, 1, 1, text, False, [Glyph(text, 0, 0, 10, 10)], 20.0 if text in full else 60.0)
        for row, line in enumerate(rows)
        for column, text in enumerate(line)
    ]
    return RuledTable(
        [60.0 * n for n in range(len(rows[0]) + 1)], [20.0 * n for n in range(len(rows) + 1)], slots
    )


def over_the_break(above: Row, below: Row, *full: str) -> tuple[list[Row], list[str]]:
    """The rows of a table cut after its second one, and the texts that are doubtful."""
    head = ["信息内容", "本年制发", "本年废止", "现行有效"]
    joined = joined_tables(table([head, above], frozenset(full)), table([head, below]))
    rows = [[slot.text for slot in joined.slots if slot.row == row] for row in range(1, joined.rows)]
    return [row for row in rows if row], [slot.text for slot in joined.slots if slot.uncertain]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["行政许可", "101", "", ""], ["其他对外管理服务事项", "", "", "101"]),
        (["行政许可", "", "0", "-"], ["其他对外管理服务事项", "", "", "23"]),
        (["2.逾期未缴费", "无", "——", "23"], ["3.其他", "-", "2", ""]),
        (["1.信访举报投诉类申请", "", "", "5"], ["2.重复申请", "", "", ""]),
        (["规章", "101", "5", "7"], ["行政规范性文件", "12", "", ""]),
    ],
)
def test_two_sparse_rows_stay_two(above: Row, below: Row) -> None:
    assert over_the_break(above, below, "101") == ([above, below], [])


@pytest.mark.parametrize("below", [["法案卷", "", "", ""], ["", "", "", ""], ["法案卷", "", "4", ""]])
def test_a_cut_row_is_one_with_its_digits_joined(below: Row) -> None:
    above = ["7.属于行政执", "8", "1023", "-"]
    rows, doubtful = over_the_break(above, below, *above)
    assert (rows, doubtful) == ([[one + other for one, other in zip(above, below, strict=True)]], [])


def test_digits_below_a_number_that_had_room_are_doubtful() -> None:
    rows, doubtful = over_the_break(["（七）总计", "8", "1023", ""], ["", "", "4", ""])
    assert (rows, doubtful) == ([["（七）总计", "8", "10234", ""]], ["10234"])


def test_a_header_cut_short_on_the_next_page_is_still_repeated() -> None:
    above = table(
        [["第一项加第二项等于第三项", "自然人", "总计"], ["7.属于行政执", "8", "1023"]],
        frozenset(("7.属于行政执", "1023")),
    )
    below = table([["第一项加第", "自然人", "总计"], ["法案卷", "", "4"], ["8.属于行政查询事项", "1", "2"]])
    rows = joined_tables(above, below)
    assert [slot.text for slot in rows.slots if slot.row == 1] == ["7.属于行政执法案卷", "8", "10234"]
    assert rows.rows == 3
