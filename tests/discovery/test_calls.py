"""Addresses that stand in scripts: read from the words of a function, never executed."""

import pytest

from govcrawl.discovery.calls import asked_by
from govcrawl.discovery.page import Page

URL = "http://www.qipi.gov.cn/xxgk/index.htm"
PANEL = """
var pageNo = 1; var root = "/xxgk/";
function getMainData(loc){ $.post("zfxxgk.htm?loc="+loc+"&pageNo="+pageNo, function(data){ fill(data[1]); }); }
function byForm(lb, p) { $.ajax({ type: 'POST', url: root + 'list.do', data: {lb: lb, page: p}, success: f }); }
function go(id){ window.location.href = root + "list_" + id + ".htm"; }
show = function(id) { window.open('/show.jsp?id=' + encodeURIComponent(id)); }
function old(lb) { var x = new XMLHttpRequest(); x.open("POST", "nb.do", true); x.send("lb=" + lb + "&pageNo=" + pageNo); }
var page = 1; function more(){ page++; $.get('/more?page=' + page, f); }
function on(){ $.get('/more?page=' + page, function(h){ page++; add(h); }); }
function turn(i){ if(i<1) return; var u = location.pathname; location.href = u + "?pageindex=" + i; }
function inner(i){ location.href = location.pathname + "/" + i; }
function odd(x){ location.href = table[x]; }
"""


@pytest.mark.parametrize(
    ("script", "asked"),
    [
        ("javascript:getMainData('ndbg')", ("zfxxgk.htm?loc=ndbg&pageNo=1", "")),
        ("byForm('nb', 1);return false", ("/xxgk/list.do", "lb=nb&page=1")),
        ("more()", ("/more?page=2", None)),
        ("on()", ("/more?page=1", None)),
        ("turn(3)", ("?pageindex=3", None)),
        ("javascript:void go(7)", ("/xxgk/list_7.htm", None)),
        ("return show('a1')", ("/show.jsp?id=a1", None)),
        ("window.location='/xxgk/zn.htm'", ("/xxgk/zn.htm", None)),
        ("old('nb')", ("nb.do", "lb=nb&pageNo=1")),
        ("openUrl('xxgk/nb.html')", ("xxgk/nb.html", None)),
        ("inner(3)", None),
        ("this.href='Search.aspx?columnName='+escape(name)", None),
        ("odd('x')", None),
        ("openwindow(7)", None),
        ("void(0)", None),
    ],
)
def test_what_a_click_asks_for(script: str, asked: tuple[str, str | None] | None) -> None:
    assert asked_by(script, PANEL) == asked


def test_a_function_that_never_ends_or_calls_itself_is_left_alone() -> None:
    assert asked_by("f(1)", "function f(a){ location.href = a + b; var b = b + c; c = b;") is None
    assert asked_by("f(1)", "function f(a){ location.href = b; var b = b + a; }") is None


def page(body: str) -> Page:
    return Page.parse(URL, f"<html><body>{body}<script>{PANEL}</script></body></html>".encode())


def test_a_panel_is_a_link_that_posts() -> None:
    [link] = page("<a href=\"javascript:getMainData('ndbg')\">政府信息公开年度报告</a>").links
    assert (link.url, link.form, link.name) == (
        "http://www.qipi.gov.cn/xxgk/zfxxgk.htm?loc=ndbg&pageNo=1",
        "",
        "政府信息公开年度报告",
    )


def test_buttons_with_an_address_in_their_data() -> None:
    [link] = page("<button data-url='/xxgk/list/2.html'>下一页</button><i data-url='x'></i>").links
    assert (link.url, link.label) == ("http://www.qipi.gov.cn/xxgk/list/2.html", "下一页")


def test_a_department_frame_shows_the_page_inside_it() -> None:
    [link] = page("<a href='/jaxrmzf/bm/list.shtml?code=A17&temp=xxgknb'>教育局</a>").links
    assert link.url == "http://www.qipi.gov.cn/jaxrmzf/A17/xxgknb.shtml"
    assert link.other == "http://www.qipi.gov.cn/jaxrmzf/bm/list.shtml?code=A17&temp=xxgknb"


def test_pictures_take_the_words_beside_them() -> None:
    links = page(
        "<ul><li><a href='a/'><img src='/i/1.jpg' alt=''></a><p>政务公开</p></li></ul>"
        "<a href='b/'><img src='/i/xxgk.png'></a> 信息公开 <div><a href='c/' style='display:block'></a></div>"
    ).links
    assert [link.name for link in links] == ["政务公开", "信息公开", ""]


def test_arguments_that_are_counted() -> None:
    functions = (
        "var cur=1, max=7; function toPage(p){ if(p>max) return; "
        'window.location.href="list.jsp?nodeid=a0c1&currentPage="+p; }'
    )
    asked = {
        call: asked_by(call, functions)
        for call in ("toPage(cur+1)", "toPage(max)", "toPage(max - 1)", "toPage(4)")
    }
    pages = [found[0].rpartition("=")[2] for found in asked.values() if found]
    assert pages == ["2", "7", "6", "4"]


def test_a_function_that_calls_another() -> None:
    functions = (
        "function show(lb){ location.hash = lb; goPage(1, lb); }"
        'function goPage(n, lb){ $.ajax({type:"POST", url:"/xxgk.htm?loc=" + lb + "&pageNo=" + n}); }'
    )
    assert asked_by("javascript:show('ndbg')", functions) == ("/xxgk.htm?loc=ndbg&pageNo=1", "")
