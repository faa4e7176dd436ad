"""Addresses and rows as pages write them: in any charset, in attributes, in texts that a script writes out."""

from __future__ import annotations

import pytest

from govcrawl.discovery import Page
from govcrawl.discovery.urls import absolute, normalised, page_key, winds
from tests.discovery.small import DEPARTMENTS, HOST, TOWNS, column, crawl, page, rows

BODIES = ("人民政府", *DEPARTMENTS, *TOWNS)
OWN = [(f"/nb/{year}{place}.html", body, year) for year in (2023, 2022) for place, body in enumerate(BODIES)]
PATHS = {path for path, _, _ in OWN}


def test_chinese_in_a_query_is_sent_in_the_charset_of_the_page() -> None:
    markup = "<html><body><a href='/list.asp?type=年报&n=2'>公开年报</a><a href='/年报/'>公开年报</a></body></html>"
    links = Page.parse(f"{HOST}/", f"{markup}{'要闻' * 40}".encode("gb18030")).links
    assert [link.url for link in links] == [
        f"{HOST}/list.asp?type=%C4%EA%B1%A8&n=2",
        f"{HOST}/%E5%B9%B4%E6%8A%A5/",  # in a path a browser sends UTF-8 all the same
    ]
    plain = Page.parse(f"{HOST}/", markup.encode()).links
    assert plain[0].url == f"{HOST}/list.asp?type=%E5%B9%B4%E6%8A%A5&n=2"


def test_escapes_of_another_charset_outlive_a_session() -> None:
    assert normalised(f"{HOST}/list.asp?type=%C4%EA%B1%A8&token=9") == f"{HOST}/list.asp?type=%C4%EA%B1%A8"


@pytest.mark.parametrize("href", ["\\nb\\1.html", "/nb\\1.html", "http:\\\\www.qipi.gov.cn\\nb\\1.html"])
def test_backslashes_are_slashes(href: str) -> None:
    assert absolute(f"{HOST}/", href) == f"{HOST}/nb/1.html"


def test_names_that_iis_serves_are_one_in_any_case() -> None:
    assert page_key(f"{HOST}/Zwgk/Show.aspx?ID=7a") == page_key(f"{HOST}/zwgk/show.aspx?id=7a")
    assert page_key(f"{HOST}/zwgk/show.aspx?id=7a") != page_key(f"{HOST}/zwgk/show.aspx?id=7A")
    assert page_key(f"{HOST}/Zwgk/show.jsp?id=7") != page_key(f"{HOST}/zwgk/show.jsp?id=7")


def test_a_mobile_host_s_page_is_the_same() -> None:
    assert page_key("http://m.qipi.gov.cn/nb/1.html") == page_key(f"{HOST}/nb/1.html")
    assert page_key("http://bm.qipi.gov.cn/nb/1.html") != page_key(f"{HOST}/nb/1.html")
    assert page_key("http://m.gov.cn/nb/1.html") != page_key("http://gov.cn/nb/1.html")


def test_filters_that_pile_up_end() -> None:
    assert winds(f"{HOST}/nb?f=year:2023&f=dept:3")
    assert not winds(f"{HOST}/nb?year=2023&dept=3")


def test_pages_that_only_a_select_leads_to() -> None:
    own = [(f"/nb/1{place}.html", body, 2023) for place, body in enumerate(BODIES)]
    pick = "location.href=this.options[this.selectedIndex].value;"
    options = "".join(f"<option value='list_71_{number}.html'>{number}</option>" for number in (1, 2, 3))
    pager = f"<select onchange='{pick}'>{options}</select>"
    pages = column("")
    pages["/zfxxgk.html"] = page('<a href="/zn.html">政府信息公开指南</a><a href="/nb/">政府信息公开年报</a>')
    pages |= {"/nb/": page(rows(*own[:3]) + pager), "/nb/list_71_2.html": page(rows(*own[3:6]) + pager)}
    pages["/nb/list_71_3.html"] = page(rows(*own[6:]) + pager)
    assert crawl(pages)[0] == {path for path, _, _ in own}
    still = Page.parse(f"{HOST}/nb/", pager.replace(pick, "show(this.value)").encode())
    assert still.links == ()


def test_a_page_that_its_body_sends_on() -> None:
    pages = column("", {"/list.html": page(rows(*OWN))})
    pages["/nb.html"] = "<html><body onload=\"window.location='/list.html'\"></body></html>"
    assert crawl(pages)[0] == PATHS


def test_a_small_front_page_with_a_map_is_no_splash() -> None:
    pages = column(rows(*OWN))
    map_of_site = pages["/"]
    pages |= {
        "/": page('<a href="/about.html">走进栖陂</a><a href="/map.html">网站地图</a>'),
        "/map.html": map_of_site,
    }
    found, asked, _ = crawl(pages)
    assert found == PATHS
    assert asked[:2] == ["/", "/map.html"]
