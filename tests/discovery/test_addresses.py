"""One spelling for each page, twins under one key, and the wall around a place."""

import pytest

from govcrawl.discovery.scope import Scope, place_domain
from govcrawl.discovery.urls import absolute, normalised, page_key
from govcrawl.hosts import literal_address
from govcrawl.model import Portal

BASE = "http://www.qipi.gov.cn/xxgk/nb/index.html"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("./202101/t20210129_88.html", "http://www.qipi.gov.cn/xxgk/nb/202101/t20210129_88.html"),
        ("../../../../a.html", "http://www.qipi.gov.cn/a.html"),
        (" /a.html \n", "http://www.qipi.gov.cn/a.html"),
        ("//www.qipi.gov.cn:80/a.html#top", "http://www.qipi.gov.cn/a.html"),
        ("/a.jsp;jsessionid=0AF3?id=4&jsessionid=9", "http://www.qipi.gov.cn/a.jsp?id=4"),
        ("/(S(lit3py55t21z5v55vlm25s55))/show.aspx?id=4", "http://www.qipi.gov.cn/show.aspx?id=4"),
        ("/(S(1))/show.aspx", "http://www.qipi.gov.cn/(S(1))/show.aspx"),
        ("/nb/t20240110_1000.html?sid=0F3A9C21B7D4", "http://www.qipi.gov.cn/nb/t20240110_1000.html"),
        ("/nb/art_2024.htm?rand=0.71&t=9A0B1C2D3E4F", "http://www.qipi.gov.cn/nb/art_2024.htm"),
        (
            "/nb/t20240110_1000.html?t=12&id=0F3A9C21B7D4",
            "http://www.qipi.gov.cn/nb/t20240110_1000.html?t=12&id=0F3A9C21B7D4",
        ),
        ("/show.jsp?sid=0F3A9C21B7D4", "http://www.qipi.gov.cn/show.jsp?sid=0F3A9C21B7D4"),
        ("n_list.html?/XXGK/ZFGG/", "http://www.qipi.gov.cn/xxgk/nb/n_list.html?/XXGK/ZFGG/"),
        ("/年报.html", "http://www.qipi.gov.cn/%E5%B9%B4%E6%8A%A5.html"),
        ("javascript:void(0)", None),
        ("#", None),
        ("mailto:a@b.c", None),
        ("http://[bad", None),
        ("ftp://www.qipi.gov.cn/a", None),
    ],
)
def test_a_link_has_one_spelling(href: str, url: str | None) -> None:
    assert absolute(BASE, href) == url


def test_twins_share_a_key() -> None:
    page = page_key("http://www.qipi.gov.cn/nb/t20210129_88.html")
    assert page_key("https://qipi.gov.cn/nb/t20210129_88_wap.html") == page
    assert page_key("http://www.qipi.gov.cn/nb/") == page_key("http://qipi.gov.cn/nb/index.html")
    assert page_key("http://www.qipi.gov.cn/nb/?id=1") != page_key("http://www.qipi.gov.cn/nb/?id=2")


def test_normalised_refuses_other_schemes() -> None:
    assert normalised("file:///etc/passwd") is None
    assert normalised("HTTP://WWW.Qipi.GOV.cn") == "http://www.qipi.gov.cn/"


@pytest.mark.parametrize(
    ("url", "inside"),
    [
        ("https://qipi.gov.cn/a", True),
        ("http://zfxxgk.qipi.gov.cn/a", True),
        ("http://www.qipi.gov.cn:8081/a", True),
        ("http://www.qipi.gov.cn:6379/a", False),
        ("http://www.qipi.gov.cn:22/a", False),
        ("http://www.qipi.gov.cn:port/a", False),
        ("http://www.qipi.gov.cn.evil.com/", False),
        ("http://xqipi.gov.cn/", False),
        ("http://www.gov.cn/", False),
        ("http://www.beijing.gov.cn/", False),
    ],
)
def test_scope_is_the_place_and_below(url: str, inside: bool) -> None:
    assert Scope.of(Portal("qipi", "栖陂县", "http://www.qipi.gov.cn/")).allows(url) is inside


def test_place_behind_a_disclosure_host() -> None:
    assert place_domain("zfxxgk.weihai.gov.cn") == "weihai.gov.cn"
    assert place_domain("nanhu.yueyang.gov.cn") == "nanhu.yueyang.gov.cn"
    assert place_domain("www.gov.cn") == "gov.cn"
    assert place_domain("xxgk.gov.cn") == "xxgk.gov.cn"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "::1", "10.0.0.1", "x.localhost"]
)
def test_addresses_are_no_portals(host: str) -> None:
    assert literal_address(host)
    assert not literal_address("www.qipi.gov.cn")
