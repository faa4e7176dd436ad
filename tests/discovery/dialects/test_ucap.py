"""UCAP: pages counted from 1, and rows by the site's search."""

import json
from dataclasses import replace

import pytest

from govcrawl.discovery.dialects import dialect_of, looks_like_article
from govcrawl.discovery.dialects.ucap import DIALECT
from govcrawl.discovery.page import Page
from tests.discovery.dialects.whole import check, spec_for

LIST = "http://www.yunbei.gov.cn/ybrmzf/c102717/zfxxgk_list.shtml"
CHANNEL = "157a95c3e64f41039bb3beb14dbc7638"
SEARCH = f"http://www.yunbei.gov.cn/common/search/{CHANNEL}"


def paths(body: str, url: str = LIST) -> list[str]:
    page = Page.parse(url, f"<html><body>{body}</body></html>".encode())
    assert dialect_of(page).name == "ucap"
    return [t.url.removeprefix("http://www.yunbei.gov.cn") for t in dialect_of(page).following(page, LIST)]


def test_pages_of_a_static_list() -> None:
    call = "<script>createPageHTML('page_div',{}, {},'zfxxgk_list','shtml',53);</script>"
    folder = "/ybrmzf/c102717/zfxxgk_list"
    assert paths(call.format(3, 1)) == [f"{folder}_2.shtml", f"{folder}_3.shtml"]
    assert paths(call.format(3, 3)) == []
    assert DIALECT.promised(Page.parse(LIST, call.format(3, 1).encode())) == 53
    assert paths(call.format(1, 1)) == []


def test_rows_by_search_are_asked_for_once() -> None:
    script = (
        f"<script>$.get('/common/search/{CHANNEL}?page='+p+'&_pageSize=20&_isAgg=true&_isJson=true')</script>"
    )
    assert paths(script) == [
        f"/common/search/{CHANNEL}?page=1&_pageSize=20&_isAgg=true&_isJson=true&_template=index"
    ]
    assert paths("<UCAPCONTENT>文</UCAPCONTENT>") == []


def test_the_page_behind_a_frame() -> None:
    frame = "http://www.yunbei.gov.cn/ybrmzf/bmxxgk/list.shtml?code=jyj&temp=gknb_list"
    assert paths("<iframe id='f'></iframe>", frame) == ["/ybrmzf/jyj/gknb_list.shtml"]
    behind = "http://www.yunbei.gov.cn/ybrmzf/jyj/gknb_list.shtml"
    call = "<script>createPageHTML('page_div',2, 1,'gknb_list','shtml',20);</script>"
    assert paths(call, behind) == ["/ybrmzf/jyj/gknb_list_2.shtml"]
    assert paths("<UCAPTITLE>", f"{LIST}?code=../x&temp=y") == []


def answer(page: int, shown: int, total: object = 38) -> Page:
    results = [
        {
            "title": f"甲镇<em>20{n}年</em>年报",
            "url": f"/a/c1/202101/c01_8687{n}.shtml",
            "publishedTimeStr": "2021-01-29 10:00",
        }
        for n in range(shown)
    ]
    data = {"total": total, "page": page, "rows": 15, "results": results}
    return Page.parse(f"{SEARCH}?page={page}&_pageSize=15&_isJson=true", json.dumps({"data": data}).encode())


def test_rows_of_an_answer() -> None:
    dialect = dialect_of(Page.parse(LIST, b"<UCAPTITLE>"))
    first = dialect.rows(answer(1, 2), LIST)[0]
    assert (first.url, first.label, first.date) == (
        "http://www.yunbei.gov.cn/a/c1/202101/c01_86870.shtml", "甲镇200年年报", "2021-01-29",
    )  # fmt: skip
    assert dialect.rows(Page.parse(SEARCH, b'{"code":500,"data":null}'), LIST) == []
    assert dialect.rows(Page.parse(SEARCH, b'{"data":{"results":["x",{"title":1}]'), LIST) == []


@pytest.mark.parametrize(
    ("page", "shown", "total", "number", "other"),
    [
        (1, 15, 38, 2, 3),
        (2, 15, 38, 3, None),
        (3, 8, 99, None, None),  # a page that is not full is the last, whatever the total says
        (3, 0, 99, None, None),
        (1, 15, "38", 2, 3),
        (1, 15, None, None, None),
    ],
)
def test_answers_lead_to_the_next(
    page: int, shown: int, total: object, number: int | None, other: int | None
) -> None:
    dialect = dialect_of(Page.parse(LIST, b"<UCAPTITLE>"))
    targets = dialect.following(answer(page, shown, total), LIST)
    assert [t.url.partition("&")[0] for t in targets] == ([f"{SEARCH}?page={number}"] if number else [])
    fallback = targets[0].fallback if targets else None
    assert (fallback.url if fallback else None) == (
        f"{SEARCH}?page={other}&_pageSize=15&_isJson=true" if other else None
    )


@pytest.mark.parametrize(
    ("path", "article"),
    [
        ("/xjwqx/c102717/202101/a9b23f6130ac46dba73ba9de1a2739cb.shtml", True),
        ("/cnsq/gknb/201503/0f235d56ca894d5d9a95a53676d05733.shtml", True),
        ("/a/c1/202301/c01_868731.shtml", True),
        ("/ybrmzf/c106256/c1653947/content.shtml", True),
        ("/xjwqx/c102717/list.shtml", False),
        ("/xjwqx/c102717/common_list_12.shtml", False),
        ("/hcxxxgk/hc1554/zfxxgk_zclist.shtml?2", False),
        ("/c107687/zwgk_cont.shtml", False),
    ],
)
def test_addresses(path: str, article: bool) -> None:
    assert looks_like_article(f"http://www.yunbei.gov.cn{path}") is article


@pytest.mark.parametrize(("shape", "seed"), [("flat", 5), ("body_type", 6), ("year", 6)])
def test_every_report(shape: str, seed: int) -> None:
    check(replace(spec_for("ucap", shape, seed), departments=14))
