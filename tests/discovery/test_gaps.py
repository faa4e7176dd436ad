"""What lies elsewhere is said in words: how much, where, and how to allow it."""

from __future__ import annotations

import json

import pytest

from govcrawl.discovery import Discovery, Page
from govcrawl.discovery.dialects.gongkai import DIALECT
from govcrawl.discovery.missing import open_questions
from govcrawl.model import Portal

HOME = "http://www.qipi.gov.cn/"
TITLE = "<title>栖陂县人民政府</title>"


def crawled(pages: dict[str, str]) -> Discovery:
    discovery = Discovery(Portal("qipi", "栖陂县", HOME))
    while (step := discovery.next()) is not None:
        path = step.target.url.removeprefix(HOME)
        if path in pages:
            markup = f"<html>{TITLE}<body>{pages[path]}</body></html>"
            discovery.received(step, Page.parse(step.target.url, markup.encode()))
        else:
            discovery.failed(step)
    return discovery


def test_rows_that_lead_to_another_host() -> None:
    rows = "".join(
        f"<li><a href='http://{host}/html/2022/0112/{n}.html'>{n}镇2021年政府信息公开工作年度报告</a></li>"
        for n, host in enumerate(("old.example.gov.cn", "old.example.gov.cn", "www.qipi.gov.cn"))
    )
    discovery = crawled({"": "<a href='/nb/'>政府信息公开年报</a>", "nb/": f"<ul>{rows}</ul>"})
    [note] = discovery.gaps.notes()
    assert note.startswith("2 report rows led to old.example.gov.cn, which is no host of this portal")
    assert "hosts" in note
    assert discovery.shortfalls() == []


def test_bodies_with_sites_of_their_own_elsewhere() -> None:
    bodies = (
        "<ul><li><a href='http://jyjqipi.gov.cn/'>教育局</a></li><li><a href='http://www.tongpi.gov.cn/'>桐陂县人民政府</a></li>"
        "<li><a href='http://czj.example.com/'>财政局</a></li></ul>"
    )
    discovery = crawled({"": "<a href='/bm/'>政府部门信息公开</a><a href='/gk/'>政务公开</a>", "bm/": bodies})
    [note] = discovery.gaps.notes()
    assert note.startswith("教育局 (jyjqipi.gov.cn) have sites on hosts that are none of this portal's")


def test_pages_of_one_list_under_both_spellings_of_a_host() -> None:
    url = "http://qipi.gov.cn/gongkai/site_a/channel_b/"
    links = "<a href='http://www.qipi.gov.cn/gongkai/site_a/channel_b/index_2.html'>下一页</a>"
    page = Page.parse(url, f"<html><body>{links}</body></html>".encode())
    assert [target.url[-12:] for target in DIALECT.following(page, url)] == ["index_2.html"]


@pytest.mark.parametrize(
    ("total", "said"), [(40, "speak of 40 rows, and no way led beyond the first 4"), (5, "")]
)
def test_data_that_speak_of_more_rows_than_they_have(total: int, said: str) -> None:
    names = ("教育局", "财政局", "民政局", "水利局")
    data = [
        {"title": f"{name}2023年政府信息公开工作年度报告", "url": f"/nb/2024/{number}.html"}
        for number, name in enumerate(names)
    ]
    script = (
        "$.get('/api/list',{cid:'81'},function(r){$('#box').append('<a href=\"'+r.data[0].url+'\">')},'json')"
    )
    column = f"<html>{TITLE}<body><ul id='box'></ul><script>{script}</script></body></html>"
    answers = {
        HOME: f"<html>{TITLE}<body><a href='/nb/'>政府信息公开年报</a></body></html>",
        f"{HOME}nb/": column,
        f"{HOME}api/list?cid=81": json.dumps({"total": total, "data": data}),
    }
    discovery = Discovery(Portal("qipi", "栖陂县", HOME))
    while (step := discovery.next()) is not None:
        if step.target.url in answers:
            discovery.received(step, Page.parse(step.target.url, answers[step.target.url].encode()))
        else:
            discovery.failed(step)
    assert len(discovery.finds.entries) == len(names)
    told = discovery.shortfalls()
    assert len(told) == bool(said)
    assert all(one.endswith(said) for one in told)


@pytest.mark.parametrize(
    "bad", ["<p>您访问的页面不存在或已被删除！</p>", "<p>系统维护中，请稍后访问</p>", None]
)
def test_a_page_in_the_midst_of_a_list_that_gives_no_rows(bad: str | None) -> None:
    script = "<script>createPageHTML(4, {}, 'index', 'html');</script>"
    pages = {"": "<a href='/nb/'>政府信息公开年报</a>"}
    for page in range(3):  # the fourth is one page too many
        rows = "".join(
            f"<li><a href='/nb/t{page}{n}.html'>{name}局202{page}年政府信息公开工作年度报告</a> 2023-01-1{n}</li>"
            for n, name in enumerate(("教育", "财政", "民政"))
        )
        pages[f"nb/index_{page}.html" if page else "nb/"] = f"<ul>{rows}</ul>{script.format(page)}"
    whole = crawled(pages)
    said = f"{HOME}nb/ says that it has 4 pages and shows rows on 3 of them"
    assert (len(whole.finds.entries), whole.shortfalls()) == (9, [said])
    assert open_questions(whole) == [(f"{HOME}nb/", said)]  # a second look is to confirm it
    if bad is None:
        del pages["nb/index_1.html"]
    else:
        pages["nb/index_1.html"] = bad
    broken = crawled(pages)
    assert len(broken.finds.entries) == 6
    [said] = broken.shortfalls()
    assert said.startswith(f"{HOME}nb/index_1.html showed no rows")
    assert open_questions(broken) == [(f"{HOME}nb/", said)]


def test_a_page_of_other_notices_in_the_midst_of_a_list_is_no_hole() -> None:
    """Rows that are not told from a menu, having no dates: the page has as many links as its neighbours."""
    script = "<script>createPageHTML(3, {}, 'index', 'html');</script>"
    pages = {"": "<a href='/nb/'>政府信息公开年报</a>"}
    for page, title in enumerate(
        ("政府信息公开工作年度报告", "防汛抗旱工作的通知", "政府信息公开工作年度报告")
    ):
        rows = "".join(
            f"<p><a href='/nb/t{page}{n}.html'>{name}局202{page}年{title}</a></p>"
            for n, name in enumerate(("教育", "财政", "民政"))
        )
        pages[f"nb/index_{page}.html" if page else "nb/"] = f"<div>{rows}</div>{script.format(page)}" + (
            "<a href='/zc/'>政策</a><a href='/hd/'>互动</a>"
        )
    listed = crawled(pages)
    assert len(listed.finds.entries) == 6
    assert (listed.shortfalls(), open_questions(listed)) == ([], [])
