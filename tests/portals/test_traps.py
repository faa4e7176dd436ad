"""Each trap does what its name says, and takes no report away that a visitor could reach."""

from __future__ import annotations

import re

import pytest

from tests.portals.client import links
from tests.portals.model import PortalSpec
from tests.portals.reach import fetch
from tests.portals.style import Page
from tests.portals.traps import Trap, traps_of
from tests.portals.world import Portal


def portal(*traps: str, style: str = "gongkai", shape: str = "flat") -> Portal:
    return Portal(
        PortalSpec(
            "www.xiuyan.gov.cn",
            "岫堰县",
            "990131",
            style,
            shape,
            5,
            departments=4,
            towns=3,
            others=40,
            traps=traps,
        )
    )


def column_of(site: Portal, page: int = 0) -> str:
    return site.style.url(site.style.column_path(site.site.column("reports"), page))


def own_links(site: Portal, url: str) -> dict[str, str]:
    return {u: label for u, label in links(url, fetch(site, url)).items() if "xiuyan.gov.cn" in u}


@pytest.mark.parametrize("trap", ["jsessionid", "noise", "noise=token"])
def test_addresses_differ_at_every_visit_and_lead_to_the_same_page(trap: str) -> None:
    site, plain = portal(trap), portal()
    once, twice = (own_links(site, column_of(site)) for _ in range(2))
    shown = own_links(plain, column_of(plain))
    assert len(once) == len(twice) >= len(shown)
    assert not once.keys() & twice.keys() - {site.spec.home}
    report = next(e for e in site.truth if e.urls[0] in shown)
    stem = report.urls[0]
    for found in (once, twice):
        address = next(u for u in found if u.startswith(stem))
        assert report.truth.title in fetch(site, address)


@pytest.mark.parametrize(
    ("trap", "label"),
    [("wap", "手机版"), ("print", "打印预览"), ("traditional", "繁體版"), ("accessible", "无障碍浏览")],
)
def test_a_twin_of_a_report_is_linked_and_served(trap: str, label: str) -> None:
    site = portal(trap, style="trs")
    url = site.truth[0].urls[0]
    twin = next(u for u, text in own_links(site, url).items() if text == label)
    assert twin != url
    assert len(fetch(site, twin)) > 0.9 * len(fetch(site, url))


def test_names_and_schemes_alternate() -> None:
    named = own_links(portal("names"), column_of(portal()))
    assert {u.split("/")[2] for u in named} == {"www.xiuyan.gov.cn", "xiuyan.gov.cn"}
    secured = own_links(portal("https"), column_of(portal()))
    assert {u.split(":")[0] for u in secured} == {"http", "https"}


def test_a_calendar_has_no_end() -> None:
    site = portal("calendar")
    url = column_of(site)
    for _ in range(30):
        url = next(u for u, label in own_links(site, url).items() if label == "上一月")
    assert "该日期暂无信息" in fetch(site, url)
    assert "2021年" in fetch(site, url)


def test_ready_made_searches_have_no_end() -> None:
    site = portal("hot_words")
    url = next(u for u in own_links(site, site.spec.home) if "hotsearch" in u)
    for _ in range(20):
        url = next(u for u, label in own_links(site, url).items() if label == "下一页")
    assert "站内搜索结果" in fetch(site, url)


@pytest.mark.parametrize("style", ["php_lists", "laravel_paths"])
def test_pagers_that_never_end_and_begin_at_zero(style: str) -> None:
    site = portal("endless", "page_zero", style=style)
    column = site.site.column("reports")
    last = site.style.pages(column) - 1
    beyond = own_links(site, column_of(site, last + 40))
    rows = {u for e in site.truth for u in e.urls}
    assert beyond.keys() & rows == own_links(site, column_of(site, last)).keys() & rows
    assert any("page=42" in u or f"page={last + 42}" in u for u in beyond)
    zero = next(u for u in own_links(site, column_of(site)) if re.search(r"[?&]page=0$", u))
    assert fetch(site, zero).count("<li") == fetch(site, column_of(site)).count("<li")
    assert fetch(portal(style=style), column_of(site, last + 40)).count("2021年政府") == 0


@pytest.mark.parametrize(
    ("value", "call"),
    [
        ("records", r'createPageHTML\(\d+, \d+, 0, "index", "html"\)'),
        ("createPage", r'createPage\(\d+, 0, "index", "html"\)'),
        ("countPage", r"var countPage = \d+"),
    ],
)
def test_the_page_call_has_other_signatures(value: str, call: str) -> None:
    site = portal(f"page_call={value}", style="trs")
    assert re.search(call, fetch(site, column_of(site)))


def test_totals_may_be_wrong_and_the_last_page_may_come_again() -> None:
    more, again = portal("page_call=more", style="trs"), portal("page_call=more", "last_again", style="trs")
    last = more.style.pages(more.site.column("reports")) - 1
    assert f"createPageHTML({last + 6}, 0" in fetch(more, column_of(more))
    beyond = column_of(more, last + 4)
    assert fetch(more, beyond) == ""
    assert fetch(again, beyond) == fetch(again, column_of(again, last))


def test_stubs_take_reports_out_of_the_truth() -> None:
    site, plain = portal("stubs", style="trs"), portal(style="trs")
    assert 200 < len(fetch(site, column_of(site, 2))) < 400
    assert fetch(site, column_of(site, 1)) == fetch(plain, column_of(plain, 1))
    assert 0 < len(site.truth) < len(plain.truth)
    assert len(site.truth) + len(site.tolerated) == len(plain.truth)
    assert fetch(site, site.tolerated[0].urls[0])


def test_a_broken_page_takes_reports_out_of_the_truth() -> None:
    site, plain = portal("broken", style="php_lists"), portal(style="php_lists")
    path, _, query = column_of(site, 1).removeprefix("http://www.xiuyan.gov.cn").partition("?")
    assert site.answer("GET", path, query).status == 500
    assert fetch(site, column_of(site, 2)) == fetch(plain, column_of(plain, 2))
    assert 0 < len(site.tolerated) <= site.style.per_page
    assert len(site.truth) + len(site.tolerated) == len(plain.truth)


def test_pages_beyond_the_last_may_show_news() -> None:
    site = portal("endless=news", style="php_lists")
    reports = {u for e in site.truth for u in e.urls}
    last = site.style.pages(site.site.column("reports")) - 1
    pages = [own_links(site, column_of(site, last + n)).keys() for n in (1, 2, 3)]
    news = [{u for u in page if "a=show" in u} for page in pages]
    assert all(news)
    assert not set().union(*news) & reports
    assert news[0] != news[1] != news[2]
    assert all(fetch(site, url) for url in news[2])


def test_clutter() -> None:
    site = portal("decoys", "news_rows=30", "foreign_rows")
    reports = site.site.column("reports")
    beside = {c.name for c in reports.parent.children} if reports.parent else set()
    assert {"政府网站工作年度报表", "政府工作报告", "法治政府建设年度报告", "就业质量年度报告"} <= beside
    bodies = {e.truth.body.name for e in site.tolerated}
    assert bodies == {"澄州市人民政府", "澄州市人民政府办公室", "南岭省人民政府"}
    assert len(reports.articles) > len(site.truth) + 30 + len(site.tolerated)
    assert len(site.truth) == len(portal().truth)


def test_nameless_titles() -> None:
    titles = [e.truth.title for e in portal("nameless").truth if e.truth.year >= 2019]
    assert sum(title.startswith("20") for title in titles) > 0.8 * len(titles)


def test_absent_pages_that_are_none() -> None:
    words, home = portal("soft404"), portal("soft404=home")
    assert words.answer("GET", "/gone.html").status == 200
    assert "不存在" in words.answer("GET", "/gone.html").body.decode()
    moved = home.answer("GET", "/gone.html")
    assert (moved.status, moved.headers["Location"]) == (302, home.spec.home)


def test_slow_pages_are_some_and_say_so() -> None:
    site = portal("slow")
    delays = [site.answer("GET", path).delay for path in site.paths]
    assert set(delays) == {0.0, 8.0}
    assert 0.05 < delays.count(8.0) / len(delays) < 0.25
    assert {portal().answer("GET", path).delay for path in site.paths[:20]} == {0.0}


def test_a_firewall_wakes_up_after_some_pages() -> None:
    site = portal("refuses=rivers:3")
    answers: list[Page] = [site.answer("GET", "/") for _ in range(5)]
    assert [page.status for page in answers] == [200, 200, 200, 412, 412]
    assert site.answer("GET", column_of(site).removeprefix("http://www.xiuyan.gov.cn")).status == 412


def test_every_trap_can_be_named() -> None:
    assert len(traps_of(portal("jsessionid", "calendar", "decoys").spec)) == 2
    assert {
        "jsessionid",
        "noise",
        "wap",
        "print",
        "traditional",
        "accessible",
        "names",
        "https",
        "calendar",
    } <= (Trap.known.keys())
