"""Menus as data: trees in scripts and in files, selects whose addresses stand in a script."""

import pytest

from govcrawl.discovery.front import hidden_content
from govcrawl.discovery.page import Page
from govcrawl.discovery.steps import Kind, Step, Target
from govcrawl.discovery.urls import absolute

URL = "http://www.qipi.gov.cn/nb/"
NODES = '[{"id":1,"pId":0,"name":"\\u8d22\\u653f\\u5c40","url":"\\/nb\\/czj\\/"},{"id":2,"pId":0,"name":"长滩镇","url":"../ct/"},{"id":3,"pId":0,"name":"组"}]'


def found(markup: str, url: str = URL) -> list[tuple[str, str]]:
    return [(link.name, link.url) for link in Page.parse(url, markup.encode()).links]


TREE = [("财政局", "http://www.qipi.gov.cn/nb/czj/"), ("长滩镇", "http://www.qipi.gov.cn/ct/")]


@pytest.mark.parametrize(
    "markup",
    [
        f"<html><body><ul id=t></ul><script>var zNodes = {NODES}; $.fn.zTree.init($('#t'), {{}}, zNodes);</script></body></html>",
        "<html><body><script>var zNodes=[{id:1,pId:0,name:'财政局',url:'/nb/czj/'},{id:2,pId:0,open:true,name:'长滩镇',url:'../ct/'}]</script></body></html>",
        NODES,
        '{"children":[{"text":"财政局","href":"/nb/czj/","children":[{"text":"长滩镇","href":"../ct/"}]}]}',
    ],
)
def test_trees(markup: str) -> None:
    assert found(markup) == TREE


def test_data_that_is_no_tree_gives_no_links() -> None:
    assert found('<html><body><script>var cfg = {"name": "x", "url": "/api/"};</script></body></html>') == []
    assert found('[{"title": "a", "url": "/1.html"}]') == []


def test_a_select_whose_addresses_stand_in_a_script() -> None:
    assert (
        found(
            "<html><body><script>var urls={\"1229055\": \"/nb/czj/\", '7': '/ct/'};function go(s){location.href=urls[s.value];}</script>"
            "<select onchange='go(this)'><option value=''>请选择</option><option value='1229055'>财政局</option><option value=7>长滩镇</option>"
            "</select></body></html>"
        )
        == TREE
    )


def test_the_file_that_a_page_draws_its_tree_from() -> None:
    page = Page.parse(
        URL, b"<html><body><script>$.getJSON('/tree/5.json', function(d){draw(d);});</script></body></html>"
    )
    steps = hidden_content(Step(Target(URL), Kind.COLUMN, 80.0, "", True), page)
    assert [(step.target.url, step.kind) for step in steps] == [
        ("http://www.qipi.gov.cn/tree/5.json", Kind.COLUMN)
    ]


@pytest.mark.parametrize(
    ("href", "path"),
    [
        ("list.php?catid=5&t=1700000123", "list.php?catid=5"),
        ("list.php?t=1700000123456", "list.php"),
        ("a.htm?r=0.8273645123&id=5", "a.htm?id=5"),
        ("a.htm?t=20210129&v=2", "a.htm?t=20210129&v=2"),
        ("show.php?id=1700000123", "show.php?id=1700000123"),
        ("n_list.html?/XXGK/ZFGG/", "n_list.html?/XXGK/ZFGG/"),
        ("x.jsp?a=&b=%B9%AB", "x.jsp?a=&b=%B9%AB"),
    ],
)
def test_clocks_in_addresses_make_no_difference(href: str, path: str) -> None:
    assert absolute(URL, href) == URL + path


def test_options_whose_value_a_function_takes() -> None:
    markup = (
        "<select onchange='chg(this.value)'><option value=''>全部单位</option><option value='102'>教育局</option></select>"
        "<script>function chg(v){ window.location.href = '/nb/list.aspx?dept=' + v; }</script>"
    )
    links = Page.parse("http://www.qipi.gov.cn/nb/", f"<html><body>{markup}</body></html>".encode()).links
    assert [(link.url, link.name) for link in links] == [
        ("http://www.qipi.gov.cn/nb/list.aspx?dept=102", "教育局")
    ]
