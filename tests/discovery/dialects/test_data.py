"""Lists that a page's script fills: the request told from the script, the answer's further pages."""

import pytest

from govcrawl.discovery.dialects.data import DIALECT
from govcrawl.discovery.page import Page

HOST = "http://www.qipi.gov.cn"
TITLE = "长滩镇人民政府2021年政府信息公开工作年度报告"
DRAWN = "function(d){ $('#u').append('<a href=\"'+d.url+'\">'+d.title+'</a>'); }"


def asked(script: str) -> list[tuple[str, str, str]]:
    page = Page.parse(
        f"{HOST}/nb/", f"<html><body><ul id=u></ul><script>{script}</script></body></html>".encode()
    )
    found = DIALECT.following(page, page.url)
    return [(target.method, target.url.removeprefix(HOST), target.body) for target in found]


def test_what_a_page_asks_for_when_it_is_opened() -> None:
    got = f"var page = 1, size = 20; function load(p){{ $.get('/api/list', {{cat: 77, page: p, size: size}}, {DRAWN}, 'json'); }}"
    assert asked(got + "$(function(){ load(1); });") == [("GET", "/api/list?cat=77&page=1&size=20", "")]
    xml = f'var i=1;function show(n){{$.ajax({{url:"/nb/list_"+n+".xml",type:"GET",success:{DRAWN}}})}} show(i);'
    assert asked(xml) == [("GET", "/nb/list_1.xml", "")]
    fetched = (
        "const state = {id: 'nb', pageNum: 1}; function query(n){ fetch('/info', {method:'POST',"
        f"body: JSON.stringify(state)}}).then({DRAWN}); }} query(1);"
    )
    assert asked(fetched) == [("POST", "/info", '{"id": "nb", "pageNum": 1}')]


@pytest.mark.parametrize(
    "script",
    [
        f"function load(p){{ $.post('/api/saveRow', {{page: p}}, {DRAWN}); }} load(1);",  # changes something
        f"function load(p){{ $.post('/api/do', {{id: p}}, {DRAWN}); }} load(1);",  # may change something
        "function hit(n){ $.get('/count/hits', {id: n}); } hit(7); var title = 1;",
        "function load(p){ $.get('/api/list', {page: p}); } load(1);",  # draws nothing
    ],
)
def test_what_is_left_alone(script: str) -> None:
    assert asked(script) == []


def later(url: str, answer: str, form: str | None = None) -> list[tuple[str, str]]:
    page = Page.parse(HOST + url, answer.encode())
    page.form = form
    return [(target.url.removeprefix(HOST), target.body) for target in DIALECT.following(page, f"{HOST}/nb/")]


ROW = f'{{"title":"{TITLE}","url":"/nb/1.html"}},{{"title":"{TITLE}","url":"/nb/2.html"}}'


def test_the_pages_behind_an_answer() -> None:
    answer = f'{{"total":5,"rows":[{ROW}]}}'
    assert later("/api?page=1&size=2", answer) == [("/api?page=2&size=2", ""), ("/api?page=3&size=2", "")]
    assert later("/api?page=3&size=2", answer) == []
    posted = later("/api", answer, '{"id": "nb", "pageNum": 1}')
    assert posted == [("/api", '{"id": "nb", "pageNum": 2}'), ("/api", '{"id": "nb", "pageNum": 3}')]
    item = f"<item><title>{TITLE}</title><link>/nb/1.html</link></item>"
    assert later("/nb/list_1.xml", f'<?xml version="1.0"?><root pagecount="2">{item}</root>') == [
        ("/nb/list_2.xml", "")
    ]
    assert later("/api", answer) == []
