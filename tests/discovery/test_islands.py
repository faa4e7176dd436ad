"""Rows that stand as data are links like any others."""

from dataclasses import replace

import pytest

from govcrawl.discovery.front import hidden_content
from govcrawl.discovery.islands import island_links
from govcrawl.discovery.page import Page
from govcrawl.discovery.steps import Kind, Step, Target

TITLE = "长滩镇人民政府2021年政府信息公开工作年度报告"
URL = "http://www.qipi.gov.cn/nb/"


def found(content: str) -> list[tuple[str, str, str | None]]:
    links = island_links(Page.parse(URL, content.encode()))
    return [(link.url.removeprefix("http://www.qipi.gov.cn"), link.name, link.date) for link in links]


@pytest.mark.parametrize(
    "content",
    [
        '<html><body><script id="__NEXT_DATA__" type="application/json">{"props":{"total":1,"list":[{"id":"7174",'
        f'"title":"{TITLE}","cover":"/a.jpg","path":"/nb/7.html","pubDate":"2022-01-29"}}]}}}}</script></body></html>',
        '<html><body><script>window.__INITIAL_STATE__={"rows":[{"infoTitle":"' + TITLE + '",'
        '"linkUrl":"\\/nb\\/7.html","day":"2022-01-29 10:00"}]};(function(){}());</script></body></html>',
        f'{{"code":0,"data":{{"rows":[{{"title":"{TITLE}","tags":[],"url":"/nb/7.html","time":"2022-01-29"}}]}}}}',
        f'var nbList=[[\'{TITLE}\',"/nb/7.html","2022-01-29"]];',
        f'<?xml version="1.0"?><root pagecount="4"><item><title><![CDATA[{TITLE}]]></title>'
        "<link>/nb/7.html</link><pubDate>2022-01-29</pubDate></item></root>",
    ],
)
def test_a_title_beside_an_address_is_a_row(content: str) -> None:
    assert found(content) == [("/nb/7.html", TITLE, "2022-01-29")]


@pytest.mark.parametrize(
    "content",
    [
        f'{{"rows":[{{"title":"{TITLE}","id":"7"}}]}}',  # no address
        f'{{"rows":[{{"title":"{TITLE}","image":"/nb/7.jpg"}}]}}',
        '{"rows":[{"title":"关于报送2021年政府信息公开年度报告的通知","url":"/nb/7.html"}]}',
        "var nbList=[[",
        f"<html><body><p>{TITLE}</p></body></html>",
    ],
)
def test_anything_else_is_none(content: str) -> None:
    assert found(content) == []


def test_a_script_file_in_the_columns_own_folder_may_hold_its_rows() -> None:
    scripts = "".join(
        f"<script src='{src}'></script>" for src in ("/js/jquery.js", "/nb/data/list.js", "common.js")
    )
    step = Step(Target(URL), Kind.COLUMN, 80.0, "test", True, ("政府信息公开年报",))
    page = Page.parse(URL, f"<html><body>{scripts}</body></html>".encode())
    asked = [more.target.url for more in hidden_content(step, page)]
    assert asked == [f"{URL}data/list.js", f"{URL}common.js"]
    assert hidden_content(replace(step, annual=False, kind=Kind.SECTION), page) == []
    at_root = Page.parse(
        "http://www.qipi.gov.cn/list.jsp?id=5", f"<html><body>{scripts}</body></html>".encode()
    )
    asked = [more.target.url for more in hidden_content(step, at_root)]
    assert asked == [f"{URL}data/list.js"]  # a file of data by its name; of the root's folder are all
