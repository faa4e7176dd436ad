"""VSB: lists numbered downwards, and lists made on request."""

from dataclasses import replace

import pytest

from govcrawl.discovery.dialects import dialect_of, looks_like_article
from govcrawl.discovery.dialects.vsb import DIALECT
from govcrawl.discovery.page import Page
from tests.discovery.dialects.whole import check, spec_for

LIST = "http://www.yunbei.gov.cn/zwgk/zfxxgknb.htm"
JSP = "http://www.yunbei.gov.cn/xxgk/list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1018"
MARK = "<script src='/system/resource/js/gotopage.js'></script>"


def paths(url: str, base: str, body: str) -> list[str]:
    page = Page.parse(url, f"<html><body>{MARK}{body}</body></html>".encode())
    assert dialect_of(page).name == "vsb"
    return [t.url.removeprefix("http://www.yunbei.gov.cn/") for t in dialect_of(page).following(page, base)]


def test_static_pages_count_down() -> None:
    pager = "<span>1</span><a href='zfxxgknb/3.htm'>2</a><a href='zfxxgknb/3.htm'>下页</a><a href='zfxxgknb/1.htm'>尾页</a>"
    assert paths(LIST, LIST, pager) == [f"zwgk/zfxxgknb/{n}.htm" for n in (3, 2, 1)]
    deep = LIST.replace(".htm", "/2.htm")
    assert paths(deep, LIST, "<a href='../zfxxgknb.htm'>首页</a><a href='1.htm'>下页</a>") == [
        "zwgk/zfxxgknb/1.htm"
    ]
    assert paths(LIST.replace(".htm", "/1.htm"), LIST, "<span>下页</span>") == []
    assert paths(LIST.replace(".htm", "/1.htm"), LIST, "<a href='3.htm'>下页</a>") == []  # no way back up


def test_pagers_without_links() -> None:
    goto = "<a href='javascript:;' onclick='_simple_list_gotopage_fun(3,\"u9_goto\",2)'>跳转</a>"
    assert paths(LIST, LIST, goto) == ["zwgk/zfxxgknb/2.htm", "zwgk/zfxxgknb/1.htm"]
    assert paths(LIST, LIST, "<span class='p_t'>共2页</span>") == ["zwgk/zfxxgknb/1.htm"]
    assert paths(LIST.replace(".htm", "/1.htm"), LIST, goto) == []
    counted = Page.parse(LIST, b"<html><body>" + "<span>共31条</span>&nbsp;1/3".encode())
    assert DIALECT.promised(counted) == 31
    assert paths(JSP, JSP, goto) == []


def test_pages_made_on_request() -> None:
    after = "<a href='?totalpage=4&amp;PAGENUM={}&amp;urltype=tree.TreeTempUrl&amp;wbtreeid=1018'>下页</a>"
    query = "xxgk/list.jsp?totalpage=4&PAGENUM={}&urltype=tree.TreeTempUrl&wbtreeid=1018"
    assert paths(JSP, JSP, after.format(2)) == [query.format(2)]
    third = f"http://www.yunbei.gov.cn/{query.format(3)}"
    assert paths(third, JSP, after.format(4)) == [query.format(4)]
    assert paths(third, JSP, after.format(3)) == []  # the last page again
    assert paths(third, JSP, after.format(1)) == []
    short = "<a href='list.jsp?a189t=3&a189p=2&a189c=15&urltype=tree.TreeTempUrl&wbtreeid=1018'>下一页</a>"
    assert paths(JSP, JSP, short)[0].startswith("xxgk/list.jsp?a189t=3&a189p=2")


@pytest.mark.parametrize(
    ("path", "article"),
    [
        ("/info/1288/114546.htm", True),
        ("/info/egovinfo/1007/overt_centent/115323260151757350-/2022-0302002.htm", True),
        ("/xxgk/content.jsp?urltype=news.NewsContentUrl&wbtreeid=1018&wbnewsid=39834", True),
        ("/xxgk/xxgkcontent.jsp?urltype=egovinfo.EgovInfoContent&wbtreeid=1018&indexcode=115-1", True),
        ("/xxgk/list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1018", False),
        ("/xxgk/zwgk_lmy.jsp?urltype=tree.TreeTempUrl&wbtreeid=1171", False),
        ("/zwgk/zfxxgknb.htm", None),  # a page of any hand-made site
    ],
)
def test_addresses(path: str, article: bool | None) -> None:
    assert looks_like_article(f"http://www.yunbei.gov.cn{path}") is article


@pytest.mark.parametrize(("shape", "seed"), [("body_type", 5), ("body_type_year", 6)])
def test_every_report(shape: str, seed: int) -> None:
    check(replace(spec_for("vsb", shape, seed), departments=14, towns=10))
