"""Shared platforms: what a portal's own page opens, and all the ways in which a page may try to lead astray."""

from __future__ import annotations

import pytest

from govcrawl.discovery.page import Page
from govcrawl.discovery.platforms import opened_by, reopened
from govcrawl.discovery.scope import Grant, Scope
from govcrawl.hosts import is_public_address
from govcrawl.model import Listing, Portal

HOME = "http://www.qipi.gov.cn/"
PORTAL = Portal("qipi", "栖陂县", HOME, "990123")
FOLDER = Grant("zfxxgk.chengzhou.gov.cn", folder="/11E000/")
PARAMETER = Grant("zwgk.chengzhou.gov.cn", key="depcode", code="007026393")


def opened(href: str, label: str = "政府信息公开年报", at: str = HOME, more: str = "") -> Grant | None:
    page = Page.parse(at, f"<html><body><a href='{href}'>{label}</a>{more}</body></html>".encode())
    return opened_by(page.links[0], page, Scope.of(PORTAL), PORTAL)


@pytest.mark.parametrize(
    ("href", "grant"),
    [
        ("http://zfxxgk.chengzhou.gov.cn/11E000/cyq_index.shtml", FOLDER),
        (
            "http://zfxxgk.chengzhou.gov.cn/ftq11G000/zfxxgknb/ft_list.shtml",
            Grant("zfxxgk.chengzhou.gov.cn", folder="/ftq11G000/"),
        ),
        ("http://zwgk.chengzhou.gov.cn/openInfo.action?depCode=007026393&menuCat=219", PARAMETER),
        (
            "http://zwgk.chengzhou.gov.cn/public/spage.xp?doAction=sindex&unitid=002&frame=nb",
            Grant("zwgk.chengzhou.gov.cn", key="unitid", code="002"),
        ),
        ("http://xxgk.chengzhou.gov.cn/qipi/nb/", Grant("xxgk.chengzhou.gov.cn", folder="/qipi/")),
        ("http://xxgk.chengzhou.gov.cn/990123/nb/", Grant("xxgk.chengzhou.gov.cn", folder="/990123/")),
    ],
)
def test_a_disclosure_label_opens_the_bodys_own_part(href: str, grant: Grant) -> None:
    assert opened(href) == grant
    assert opened(href, "政府信息公开专栏") == grant


def test_a_folder_that_the_places_own_pages_carry() -> None:
    href = "http://xxgk.chengzhou.gov.cn/qpxrmzf/nb/"
    assert opened(href) is None
    assert opened(href, more="<a href='/qpxrmzf/xw/'>新闻</a>") == Grant(
        "xxgk.chengzhou.gov.cn", folder="/qpxrmzf/"
    )


@pytest.mark.parametrize(
    ("href", "label"),
    [
        ("http://zfxxgk.chengzhou.gov.cn/", "政府信息公开专栏"),  # the platform at large
        ("http://zfxxgk.chengzhou.gov.cn/zfxxgknb/", "政府信息公开年报"),
        ("http://www.chengzhou.gov.cn/10954/", "政府信息公开"),  # a higher body's portal
        ("http://www.chengzhou.gov.cn/11E000/", "政府信息公开"),
        ("http://zfxxgk.nanling.gov.cn/11E000/", "省政府信息公开专栏"),
        ("http://zfxxgk.chengzhou.gov.cn/11E000/", "澄州市政府信息公开年报"),  # another body's label
        ("http://zfxxgk.chengzhou.gov.cn/11E000/", "澄州市要闻"),
        ("http://zfxxgk.chengzhou.gov.cn/11E000/", "政府信息公开指南"),
        ("http://zfxxgk.chengzhou.gov.cn.evil.com/11E000/", "政府信息公开年报"),
        ("http://zfxxgk.evil.com/11E000/", "政府信息公开年报"),
        ("http://zfxxgk-gov.cn/11E000/", "政府信息公开年报"),
        ("http://zfxxgk.chengzhou.gov.cn@evil.com/11E000/", "政府信息公开年报"),
        ("http://zfxxgk.chengzhou.gov.cn:2222/11E000/", "政府信息公开年报"),
        ("http://zfxxgk.xn--9krt00a.gov.cn.xn--p1ai/11E000/", "政府信息公开年报"),
        ("http://zfxxgk.chengzhou。gov。cn/11E000/", "政府信息公开年报"),
        ("http://222.81.80.35:8080/indexpub/DA001/index.jsp", "政府信息公开年报"),
        ("http://zwgk.chengzhou.gov.cn/x.action?depCode=1&depCode=2", "政府信息公开年报"),
        ("http://zwgk.chengzhou.gov.cn/x.action?depCode=../../etc", "政府信息公开年报"),
        ("http://zfxxgk.chengzhou.gov.cn/11E000/%2e%2e/11F000/", "政府信息公开年报"),
    ],
)
def test_nothing_else_opens_anything(href: str, label: str) -> None:
    assert opened(href, label) is None


def test_one_hop_only() -> None:
    assert opened("http://zfxxgk.chengzhou.gov.cn/11E000/", at="http://zwgk.chengzhou.gov.cn/x") is None


@pytest.mark.parametrize(
    ("url", "inside"),
    [
        ("http://zfxxgk.chengzhou.gov.cn/11E000/zfxxgknb/list.shtml", True),
        ("https://zfxxgk.chengzhou.gov.cn/11E000/zfxxgknb/2021/1.shtml?a=1", True),
        ("http://zfxxgk.chengzhou.gov.cn/11E000", True),
        ("http://zfxxgk.chengzhou.gov.cn/11E0001/zfxxgknb/", False),
        ("http://zfxxgk.chengzhou.gov.cn/x/11E000/", False),
        ("http://zfxxgk.chengzhou.gov.cn/11F000/?u=/11E000/", False),
        ("http://zfxxgk.chengzhou.gov.cn/11E000/../11F000/", False),
        ("http://zfxxgk.chengzhou.gov.cn/11E000/%2E%2e/11F000/", False),
        ("http://zfxxgk.chengzhou.gov.cn/11E000/..%2f11F000/", False),
        ("http://zfxxgk.chengzhou.gov.cn/11E000/%252e%252e/11F000/", False),
        ("http://zfxxgk.chengzhou.gov.cn:8443/11E000/", False),
        ("http://www.zfxxgk.chengzhou.gov.cn/11E000/", False),
        ("http://zfxxgk.tongpi.gov.cn/11E000/", False),
        ("http://zwgk.chengzhou.gov.cn/openInfo.action?depCode=007026393&page=2", True),
        ("http://zwgk.chengzhou.gov.cn/viewInfo.action?DEPCODE=007026393&id=5", True),
        ("http://zwgk.chengzhou.gov.cn/openInfo.action?depCode=007026394", False),
        ("http://zwgk.chengzhou.gov.cn/openInfo.action?depCode=007026393&depCode=1", False),
        ("http://zwgk.chengzhou.gov.cn/openInfo.action;depCode=007026393", False),
        ("http://zwgk.chengzhou.gov.cn/viewInfo.action?id=5", False),
        ("http://www.qipi.gov.cn@evil.com/", False),
        ("http://evil.com/www.qipi.gov.cn/", False),
        ("http://[::1]/", False),
        ("http://[bad", False),
    ],
)
def test_only_addresses_with_that_code_are_inside(url: str, inside: bool) -> None:
    scope = Scope.of(PORTAL)
    scope.grants += [FOLDER, PARAMETER]
    assert scope.allows(url) is inside


def test_addresses_of_numbers_only_where_the_registry_names_them() -> None:
    named = Portal(
        "x", "x", HOME, hosts=("222.81.80.35:8080", "10.0.0.8", "169.254.169.254", "qipijy.gov.cn")
    )
    scope = Scope.of(named)
    assert scope.allows("http://222.81.80.35:8080/indexpub/")
    assert scope.allows("http://jyj.qipijy.gov.cn/")
    for url in (
        "http://222.81.80.35/", "http://222.81.80.36:8080/", "http://10.0.0.8/", "http://169.254.169.254/latest/",
        "http://3729871907:8080/", "http://0xde.0x51.0x50.0x23:8080/",
    ):  # fmt: skip
        assert not scope.allows(url)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1",
        "::ffff:10.0.0.1", "::ffff:8.8.8.8", "fe80::1", "fd00::1", "2002:a00:1::", "www.qipi.gov.cn",
    ],
)  # fmt: skip
def test_no_way_into_a_private_network(host: str) -> None:
    assert not is_public_address(host)


def test_a_remembered_list_of_a_platform_is_inside_again() -> None:
    section = "http://zwgk.chengzhou.gov.cn/openInfo.action?depCode=007026393"
    within = Listing(f"{section}&menuCat=219", ("政府信息公开", "年报"), section, 15)
    astray = Listing("http://news.chengzhou.gov.cn/list.action?depCode=007026393", ("年报",), section, 15)
    assert reopened([within], Scope.of(PORTAL), PORTAL) == [PARAMETER]
    assert reopened([astray], Scope.of(PORTAL), PORTAL) == []
