from __future__ import annotations

import pytest

from govcrawl.documents.grid import read_grid, rows_of, spanned_rows
from govcrawl.documents.regular import regular_rows
from tests.documents.test_grid import table

_ROW = "<tr><td>件</td><td>12</td></tr>"


@pytest.mark.parametrize(
    "cell",
    [
        " 1 2 ", "", "<p>12</p>", " <p><span>1</span>2</p> ", "<p>1<b>2</b>3</p>", "a<b>b<i>c</i>d</b>e", "<p>1</p><p>2</p>",
        "1<br>2", "<p>1</p>2", "<div><p>1</p></div>", "1<!-- 9 -->2", "1<script>9</script>", "1<?x?>2",
    ],
)  # fmt: skip
def test_a_cell_reads_as_by_the_general_reader(cell: str) -> None:
    element = table(f"<tbody>{_ROW}<tr><td rowspan=2>x</td><td>{cell}</td></tr></tbody>{_ROW}")
    regular = regular_rows(element)
    assert regular is not None
    assert read_grid(spanned_rows(regular)) == read_grid(rows_of(element))


@pytest.mark.parametrize(
    "markup",
    [
        f"<caption>三</caption>{_ROW}",
        "<tr><td>1</td></tr>2<tr><td>3</td></tr>",
        "<tr><td><table><tr><td>1</td></tr></table></td></tr>",
        "<tr><td>1</td><td style='DISPLAY: none'>2</td></tr>",
        "<tr><td>1</td><td style='display:&#10;none'>2</td></tr>",
        "<tr><td>1</td><td><span hidden>2</span></td></tr>",
        "<tr style='visibility:hidden'><td>1</td></tr>",
    ],
)
def test_what_is_not_regular_is_left_to_the_general_reader(markup: str) -> None:
    assert regular_rows(table(markup)) is None
