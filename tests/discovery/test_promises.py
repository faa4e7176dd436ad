"""A list that says to have more than it shows is not complete; one that shows all is."""

import pytest

from govcrawl.discovery.page import Page
from govcrawl.discovery.promises import beyond

URL = "http://www.qipi.gov.cn/nb/"
ROWS = (
    "<ul>" + "".join(f"<li><a href='/nb/{n}.html'>甲镇{n}</a> 2021-01-29</li>" for n in range(15)) + "</ul>"
)


def said(body: str) -> str | None:
    page = Page.parse(URL, f"<html><body>{ROWS}<div>{body}</div></body></html>".encode())
    return beyond(page, page.links, [f"{URL}{n}.html" for n in range(10)])


@pytest.mark.parametrize(
    ("pager", "words"),
    [
        ("<ul class='el-pager'><li class='number'>1</li><li>2</li><li>3</li></ul>", "3 pages"),
        ("<span onclick='toPage(2)'>下一页</span>", "2 pages"),
        ("<a href='javascript:goPage(2)'>下一页</a> <a href='javascript:goPage(7)'>尾页</a>", "7 pages"),
        ('<script>var state = {"total": 78, "rows": []}</script>', "78 rows"),
    ],
)
def test_more_than_is_shown(pager: str, words: str) -> None:
    assert words in str(said(pager))


@pytest.mark.parametrize(
    "pager",
    [
        "",
        "第1页 共1页 共15条",
        "共1页 共18条",
        "共5页 共15条",  # all rows are on the page, and a script shows them by threes
        "首页 <a href='#'>上一页</a> <a href='javascript:;'>下一页</a> 尾页",
        "<a href='javascript:goPage(1)'>首页</a> <a href='javascript:goPage(1)'>尾页</a>",
        "<table class='calendar'><tr><td>1</td><td>2</td></tr></table>",
        "<script>var total = 3;</script>",
    ],
)
def test_all_that_there_is(pager: str) -> None:
    assert said(pager) is None
