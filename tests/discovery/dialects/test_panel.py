"""Answers of panels: JSON of several kinds, markup alone, and pagers that are only calls."""

import json

import pytest

from govcrawl.discovery.dialects import dialect_of
from govcrawl.discovery.page import Page

URL = "http://www.qipi.gov.cn/xxgk/zfxxgk.htm?loc=ndbg&pageNo=1"
ROWS = "<ul><li><a href='1.html'>栖陂县教育局2021年政府信息公开工作年度报告</a></li></ul><a href=\"javascript:gopage(3,'nb')\">尾页</a>"


@pytest.mark.parametrize(
    "answer",
    [
        json.dumps(["SUCCESS", ROWS]),
        json.dumps(["SUCCESS", ROWS], ensure_ascii=False),
        json.dumps({"code": 200, "data": {"html": ROWS}}, ensure_ascii=False),
        "['SUCCESS','" + ROWS.replace("'", "\\'") + "']",
        json.dumps({"html": ROWS}).replace("<", "\\u003c"),
    ],
)
def test_markup_in_an_answer(answer: str) -> None:
    page = Page.parse(URL, answer.encode())
    page.form = ""
    dialect = dialect_of(page)
    assert dialect.name == "panel"
    links = dialect.rows(page, "http://www.qipi.gov.cn/xxgk/")
    assert [link.url for link in links][:1] == ["http://www.qipi.gov.cn/xxgk/1.html"]
    following = dialect.following(page, "http://www.qipi.gov.cn/xxgk/")
    assert [(target.url[-1], target.method) for target in following] == [("2", "POST"), ("3", "POST")]


def test_the_number_of_the_page_in_what_is_posted() -> None:
    page = Page.parse("http://www.qipi.gov.cn/list.do", ROWS.encode())
    page.form = "lb=nb&page=1"
    following = dialect_of(page).following(page, page.url)
    assert [target.body for target in following] == ["lb=nb&page=2", "lb=nb&page=3"]


@pytest.mark.parametrize(
    "answer", ['{"list": [{"title": "a", "url": "/1.html"}]}', "[1, 2]", "{", '["<p>x</p>"]']
)
def test_other_data_is_not_a_panel(answer: str) -> None:
    assert dialect_of(Page.parse(URL, answer.encode())).name != "panel"
