"""Links that say only 查看 are told by their row and column."""

import pytest

from govcrawl.discovery.page import Page


def labels(body: str) -> dict[str, str]:
    page = Page.parse("http://www.qipi.gov.cn/nb/", f"<html><body>{body}</body></html>".encode())
    return {link.url.removeprefix("http://www.qipi.gov.cn/"): link.name for link in page.links}


def test_a_table_of_bodies_and_years() -> None:
    head = "<tr><th>序号</th><th>单位</th><th>2019年</th><th>2020年</th></tr>"
    row = "<tr><td>1</td><td>长滩镇</td><td><a href='/1.html'>查看</a></td><td><a href='/2.html'>√</a></td></tr>"
    assert labels(f"<table>{head}{row}</table>") == {"1.html": "长滩镇 2019年", "2.html": "长滩镇 2020年"}


def test_cells_that_span_rows_and_columns() -> None:
    head = "<tr><th colspan=2>单位</th><th>2019年</th></tr>"
    rows = (
        "<tr><td rowspan=2>县直部门</td><td>教育局</td><td><a href='/1.html'>点击查看</a></td></tr>"
        "<tr><td>民政局</td><td><a href='/2.html'>点击查看</a></td></tr>"
    )
    assert labels(f"<table>{head}{rows}</table>") == {"1.html": "教育局 2019年", "2.html": "民政局 2019年"}


def test_a_row_of_body_year_and_click() -> None:
    row = (
        "<tr><td rowspan=2>教育局</td><td>2023</td><td><a href='/1.html'>查看</a> <a href='/1.html#c'>评论</a></td></tr>"
        "<tr><td>2022</td><td><a href='/2.html'>详情</a></td></tr>"
    )
    found = labels(f"<table><tr><th>单位</th><th>年度</th><th>操作</th></tr>{row}</table>")
    assert found["2.html"] == "教育局 2022"


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("教育局2021年政府信息公开年报 <a href='/a.pdf'>点击下载</a>", "教育局2021年政府信息公开年报"),
        ("教育局：<a href='/a.pdf'>2021年</a>", "教育局 2021年"),
        ("按年份：<a href='/a.pdf'>2021年</a>", "2021年"),
        ("<a href='/b.html'>教育局2021年政府信息公开年报</a> <a href='/a.pdf'>下载</a>", "下载"),
        ("2021-01-29 <a href='/a.pdf'>下载</a>", "下载"),
    ],
)
def test_a_row_that_tells(row: str, name: str) -> None:
    assert labels(f"<ul><li>{row}</li></ul>")["a.pdf"] == name
