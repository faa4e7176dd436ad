from __future__ import annotations

import pytest
from lxml import etree

from govcrawl.documents.grid import read_grid, rows_of, spanned_rows
from govcrawl.documents.layout import is_layout_table
from govcrawl.documents.regular import regular_rows
from govcrawl.model import Grid


def table(markup: str) -> etree._Element:
    root = etree.fromstring(f"<table>{markup}</table>", etree.HTMLParser())
    found = root.find(".//table")
    assert found is not None
    return found


def grid(markup: str) -> Grid:
    element = table(markup)
    found = read_grid(rows_of(element))
    assert found is not None
    regular = regular_rows(element)
    assert regular is None or read_grid(spanned_rows(regular)) == found
    return found


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        ("<tr><td>a<td>b<tr><td>c<td>d", [["a", "b"], ["c", "d"]]),
        ("<tr><td colspan=2>a</td></tr><tr><td>b</td><td>c</td></tr>", [["a", "a"], ["b", "c"]]),
        ("<tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr>", [["a", "b"], ["a", "c"]]),
        ("<tr><td rowspan=0>a</td><td>b</td></tr><tr><td>c</td></tr>", [["a", "b"], ["a", "c"]]),
        ("<tr><td colspan='2px'>a</td></tr><tr><td>b</td><td>c</td></tr>", [["a", "a"], ["b", "c"]]),
        ("<tr><td colspan=''>a</td><td rowspan='x'>b</td></tr>", [["a", "b"]]),
        ("<tr><td colspan=0>a</td><td colspan=-3>b</td></tr>", [["a", "b"]]),
        ("<tr><td rowspan=9>a</td><td>b</td></tr><tr><td>c</td></tr>", [["a", "b"], ["a", "c"]]),
        (
            "<thead><tr><th rowspan=3>a</th><th>b</th></tr></thead><tbody><tr><td>c</td><td>d</td></tr></tbody>",
            [["a", "b"], ["c", "d"]],
        ),
        ("<tr><td>a</td></tr><tr><td>b</td><td>c</td></tr>", [["a", ""], ["b", "c"]]),
        ("<tr style='display: none'><td>x</td></tr><tr><td>a</td></tr>", [["a"]]),
        ("<tr><td>a</td><td style='DISPLAY:NONE'>x</td><td>b</td></tr>", [["a", "b"]]),
        ("<tr><td>a<span style='display:none'>x</span>b</td></tr>", [["ab"]]),
        ("<tr hidden><td>x</td></tr><tr><td>a</td></tr>", [["a"]]),
        ("<tr></tr><tr><td>a</td></tr>", [["a"]]),
        ("<td>a</td><td>b</td>", [["a", "b"]]),
        ("<caption>名</caption><tr><td>a</td></tr>", [["a"]]),
    ],
)
def test_spans_and_hidden_parts(markup: str, texts: list[list[str]]) -> None:
    assert grid(markup).texts() == texts


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("\u00a0 0 \u3000", "0"),
        ("本年新<br>制作数量", "本年新\n制作数量"),
        ("<p>行政</p>\n<p>许可</p>", "行政\n许可"),
        ("<p><span>1</span><span>2</span><b>3</b></p>", "123"),
        ("<p>自\n  然 人</p>", "自 然 人"),
        ("文<p>字</p>尾", "文\n字\n尾"),
        ("<!-- c --><script>s()</script><style>p{}</style>0", "0"),
        ("<p>3<o:p></o:p></p>", "3"),
        ("", ""),
        ("\u200b5\ufeff", "5"),
        ("e\u0301", "é"),
    ],
)
def test_cell_text_is_exact(cell: str, text: str) -> None:
    assert grid(f"<tr><td>{cell}</td><td>z</td></tr>").texts() == [[text, "z"]]


def test_every_slot_of_a_spanning_cell_holds_the_same_cell() -> None:
    found = grid("<tr><th rowspan=2 colspan=2>a</th><td>b</td></tr><tr><td>c</td></tr>")
    first = found.rows[0][0]
    assert all(found.rows[row][column] is first for row in (0, 1) for column in (0, 1))
    assert (first.row, first.column, first.rowspan, first.colspan, first.header) == (0, 0, 2, 2, True)
    assert not found.rows[1][2].header


def test_a_slot_without_any_cell_is_marked_as_a_hole() -> None:
    hole = grid("<tr><td>a</td></tr><tr><td>b</td><td>c</td></tr>").rows[0][1]
    assert (hole.text, hole.rowspan, hole.colspan) == ("", 0, 0)


def test_a_nested_table_is_no_part_of_its_outer_table() -> None:
    numbers = "".join(f"<td>{n}</td>" for n in range(7))
    markup = f"<tr><td>行</td>{numbers}<td><table><tr><td>x</td><td>1</td></tr><tr><td>y</td><td>2</td></tr></table></td></tr>"
    found = grid(markup)
    assert len(found.rows) == 1
    assert found.texts()[0] == ["行", *map(str, range(7)), ""]


@pytest.mark.parametrize("spans", ["colspan=100000", "rowspan=99999 colspan=99999", "colspan=1000"])
def test_hostile_spans_stay_small(spans: str) -> None:
    rows = "".join(f"<tr><td {spans}>{n}</td><td>b</td></tr>" for n in range(300))
    found = grid(rows)
    assert sum(map(len, found.rows)) <= 400_000
    assert found.rows[0][0].text == "0"


def test_a_column_that_no_cell_starts_in_is_dropped_from_wide_grids() -> None:
    assert grid("<tr><td colspan=1000>a</td></tr><tr><td>b</td><td>c</td></tr>").texts() == [
        ["a", "a"],
        ["b", "c"],
    ]


@pytest.mark.parametrize(
    ("markup", "layout"),
    [
        ("<tr><td><p>一</p></td></tr>", True),
        ("<tr><td>a</td></tr><tr><td>b</td></tr>", True),
        ("<tr><td>来源：某镇</td><td>日期：2021-01-02</td></tr>", True),
        ("<tr><td>导航</td><td><table><tr><td>1</td><td>2</td></tr></table></td></tr>", True),
        ("<tr><td>首页 公开 年报</td><td>" + "一句话。" * 200 + "</td></tr>", True),
        ("<tr><td>规章</td><td>0</td></tr><tr><td>规范性文件</td><td>0</td></tr>", False),
        ("<tr><td>0</td><td>0</td><td>0</td><td>0</td></tr>", False),
        ("<tr><td>单位</td><td>统计数</td></tr><tr><td>" + "长标签" * 40 + "</td><td>3</td></tr>" * 4, False),
    ],
)
def test_layout_tables_are_told_from_data(markup: str, layout: bool) -> None:
    assert is_layout_table(table(markup)) is layout
