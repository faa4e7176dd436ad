"""A list's further page that comes as another page: what is known to be missing, what a second look settles."""

from __future__ import annotations

import pytest

from govcrawl.discovery import Discovery, Page
from govcrawl.discovery.memory import Memory
from govcrawl.discovery.missing import open_questions
from govcrawl.discovery.overcounts import habits
from govcrawl.discovery.urls import page_key
from govcrawl.model import Portal

HOME = "http://www.qipi.gov.cn/"
LIST = f"{HOME}nb/"
NAVIGATION = "".join(f"<a href='/{n}/'>{name}</a>" for n, name in enumerate(("首页", "新闻", "政策", "互动")))
BODIES = ("教育局", "财政局", "民政局", "水利局")
Answer = str | None


def shown(inner: str, title: str = "政府信息公开年报") -> str:
    return f"<html><head><title>{title}_栖陂县</title></head><body>{NAVIGATION}{inner}</body></html>"


def listing(page: int, pager: str, size: int = 4) -> str:
    rows = "".join(
        f"<li><a href='/nb/t{page}{n}.html'>{name}202{page}年政府信息公开工作年度报告</a> 2023-01-1{n}</li>"
        for n, name in enumerate(BODIES[:size])
    )
    return shown(f"<ul class='list'>{rows}</ul>{pager}")


def number(page: int) -> str:
    return f"index_{page}.html"


PAGERS = {
    "script": lambda page: f"<script>createPageHTML(3, {page}, 'index', 'html');</script>",
    "numbers": lambda page: "".join(f"<a href='{number(n)}'>{n + 1}</a>" for n in (1, 2) if n != page),
    "next": lambda page: f"<a href='{number(page + 1)}'>下一页</a>" if page < 2 else "<b>下一页</b>",
    "count": lambda page: "共12条" + (f"<a href='{number(page + 1)}'>下一页</a>" if page < 2 else ""),
}
WORDS = shown("<p>您访问的页面不存在或已被删除！</p>", "提示")
LATER = shown("<p>网站正在升级维护中，请稍后访问</p>")
NOTICES = shown(
    "".join(f"<li><a href='/tz/{n}.html'>通知{n}</a> 2023-03-1{n}</li>" for n in range(4)), "通知"
)
LOST = shown("<p>页面跑丢了</p>", "提示")


def crawled(pages: dict[str, Answer], memory: Memory | None = None) -> Discovery:
    discovery = Discovery(Portal("qipi", "栖陂县", HOME), memory=memory or Memory())
    while (step := discovery.next()) is not None:
        body = pages.get(step.target.url)
        if body is None:
            discovery.failed(step)
        else:
            discovery.received(step, Page.parse(step.target.url, body.encode()))
    return discovery


def portal(pager: str, bad: dict[int, Answer], last: int = 4) -> dict[str, Answer]:
    pages: dict[str, Answer] = {HOME: shown("<a href='/nb/'>政府信息公开年报</a>", "首页")}
    for page, size in enumerate((4, 4, last)):
        url = f"{LIST}{number(page)}" if page else LIST
        pages[url] = bad[page] if page in bad else listing(page, PAGERS[pager](page), size)
    return pages


def next_crawl(before: Discovery, pages: dict[str, Answer]) -> Discovery:
    settled = frozenset(page_key(entry.url) for entry in before.finds.entries.values())
    missing, known = tuple(open_questions(before)), frozenset(habits(before))
    return crawled(pages, Memory(tuple(before.visited.values()), settled, missing=missing, habits=known))


@pytest.mark.parametrize("pager", PAGERS)
@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({}, set()),
        ({1: LATER}, set(PAGERS)),
        ({2: LATER}, set(PAGERS)),
        ({1: NOTICES}, set(PAGERS)),
        ({2: NOTICES}, set(PAGERS)),
        ({2: LOST}, set(PAGERS)),
        ({1: WORDS}, set(PAGERS)),
        ({1: None, 2: None}, set(PAGERS)),
        ({2: WORDS}, set(PAGERS)),
        ({2: None}, set(PAGERS)),
    ],
)
def test_another_page_in_the_place_of_a_lists_page(
    pager: str, bad: dict[int, Answer], told: set[str]
) -> None:
    first = crawled(portal(pager, bad))
    assert (len(first.finds.entries) == 12) == (not bad)
    assert bool(first.shortfalls()) == (pager in told)
    assert bool(open_questions(first)) == bool(bad)
    after = next_crawl(first, portal(pager, {}))
    assert len({*first.finds.entries, *after.finds.entries}) == 12
    assert (after.shortfalls(), open_questions(after)) == ([], [])


@pytest.mark.parametrize("pager", ["script", "numbers", "next"])
def test_a_page_that_is_missing_at_the_second_look_too_is_settled(pager: str) -> None:
    pages = portal(pager, {2: None})
    first = crawled(pages)
    said = f"{LIST} says that it has 3 pages and shows rows on 2 of them"
    assert (first.shortfalls(), open_questions(first)) == ([said], [(LIST, said)])
    after = next_crawl(first, pages)
    assert (after.shortfalls(), open_questions(after)) == ([], [])
    known = Memory(habits=frozenset(habits(after)))
    assert (whole := crawled(pages, known)).shortfalls() == open_questions(whole) == []
    worse = crawled(portal(pager, {1: None, 2: None}), known)
    assert [told.endswith("shows rows on 1 of them") for told in worse.shortfalls()] == [True]
    assert habits(crawled(portal(pager, {}), known)) == []  # it has mended its count, or the page is back


def test_a_last_page_that_is_not_there_is_not_missed_where_all_rows_have_come() -> None:
    pages = portal("script", {2: None})
    pages[LIST] = (pages[LIST] or "").replace("</body>", "共8条</body>")
    assert crawled(pages).shortfalls() == []


def test_a_list_whose_last_rows_fill_no_page_has_ended() -> None:
    pages = portal("script", {}, last=2)
    pages = {url: body and body.replace("(3, ", "(4, ") for url, body in pages.items()}
    assert (crawled(pages).shortfalls(), open_questions(crawled(pages))) == ([], [])


def test_a_page_of_other_notices_with_the_pager_of_its_list_is_part_of_it() -> None:
    pages = portal("script", {1: NOTICES.replace("</body>", f"{PAGERS['script'](1)}</body>")})
    listed = crawled(pages)
    assert (len(listed.finds.entries), listed.shortfalls(), open_questions(listed)) == (8, [], [])


def test_a_report_in_the_place_of_a_lists_page_is_no_report_of_that_address() -> None:
    words = "一、总体情况 二、主动公开政府信息情况 三、收到和处理政府信息公开申请情况 五、存在的主要问题"
    first = crawled(portal("script", {1: shown(f"<h1>教育局</h1><p>{words}</p>", "教育局年度报告")}))
    assert f"{LIST}{number(1)}" not in {entry.url for entry in first.finds.entries.values()}
    assert first.shortfalls()


@pytest.mark.parametrize("pager", PAGERS)
def test_a_form_to_log_in_to_which_the_server_sends_on_is_no_page_of_the_list(pager: str) -> None:
    form = f"<form>用户名<input name='u'>密码<input type='password'></form>{PAGERS[pager](1)}"
    pages = portal(pager, {1: shown(form, "用户登录")})
    discovery = Discovery(Portal("qipi", "栖陂县", HOME))
    while (step := discovery.next()) is not None:
        url = step.target.url
        if (body := pages.get(url)) is None:
            discovery.failed(step)
            continue
        answered = f"{HOME}login.jsp?to={url}" if "password" in body else url
        discovery.received(step, Page.parse(answered, body.encode()))
    assert discovery.shortfalls()
    after = next_crawl(discovery, portal(pager, {}))
    assert len({*discovery.finds.entries, *after.finds.entries}) == 12
    assert (after.shortfalls(), open_questions(after)) == ([], [])


@pytest.mark.parametrize("pager", ["script", "numbers"])
def test_a_page_in_the_midst_with_few_rows_and_no_pager_is_looked_at_once_more(pager: str) -> None:
    closed = listing(1, "<div>主办单位：栖陂县人民政府办公室</div>", 2)
    pages = portal(pager, {1: closed})
    first = crawled(pages)
    assert (len(first.finds.entries), open_questions(first)) == (10, [(LIST, "")])
    after = next_crawl(first, portal(pager, {}))
    assert len({*first.finds.entries, *after.finds.entries}) == 12
    assert (after.shortfalls(), open_questions(after)) == ([], [])
    assert open_questions(next_crawl(first, pages)) == []  # it is published so


@pytest.mark.parametrize("last", [2, 4])
@pytest.mark.parametrize("pager", ["script", "numbers", "next"])
def test_few_rows_on_the_last_page_or_beside_a_pager_are_in_no_doubt(pager: str, last: int) -> None:
    few = listing(1, PAGERS[pager](1), 2)
    assert open_questions(crawled(portal(pager, {1: few}, last))) == []
    assert open_questions(crawled(portal(pager, {2: listing(2, "", 2)}, last))) == []
