"""A file that ends inside a number gives no number."""

from __future__ import annotations

import pytest

from govcrawl.documents import read_document
from govcrawl.model import Table
from govcrawl.reports.values import read_value

PAGE = "<html><body><p>三、收到和处理政府信息公开申请情况</p><table><tr><td>总计</td><td>7</td><td>{}"
DUMPS = ("项目\t数量\t总计\n甲\t1\t{}", "| 项目 | 数量 | 总计 |\n|---|---|---|\n| 甲 | 1 | {}")


def last(content: str, name: str) -> str:
    tables = [
        block for block in read_document(content.encode(), name=name).blocks if isinstance(block, Table)
    ]
    return tables[-1].grid.rows[-1][-1].text


@pytest.mark.parametrize("source", [PAGE, *DUMPS, PAGE.replace("<td>{}", "<td class=n><p><span>{}")])
@pytest.mark.parametrize("digits", ["5", "512", "1,2", "-4", "3."])
def test_digits_at_the_end_of_a_file_are_no_number(source: str, digits: str) -> None:
    text = last(source.format(digits), "report.html" if source.startswith("<") else "report.txt")
    found = read_value(text, kind="signed_count")
    assert text.startswith(digits)
    assert (found.number, found.status, found.note) == (None, "ambiguous", "cut within its digits")


@pytest.mark.parametrize("end", ["</td></tr></table>", "</td>", "</span>", "\n", "<br>"])
def test_a_number_that_something_follows_is_whole(end: str) -> None:
    text = last(PAGE.format("512") + end, "report.html")
    assert read_value(text).number == 512


@pytest.mark.parametrize("source", DUMPS)
def test_a_row_that_ends_is_whole(source: str) -> None:
    assert read_value(last(source.format("512") + "\n", "report.txt")).number == 512


def test_prose_that_ends_in_digits_is_left_alone() -> None:
    page = read_document("<p>联系电话：0777-1234567".encode(), name="report.html")
    assert [getattr(block, "text", "") for block in page.blocks] == ["联系电话：0777-1234567"]
