"""Every firewall of the imitation world is known by its answer, and no page of a site is taken for one."""

from __future__ import annotations

import pytest

from govcrawl.discovery.refusals import recognise
from tests.portals.model import PortalSpec
from tests.portals.refusing import REFUSING, Refusing
from tests.portals.style import Request
from tests.portals.world import Portal

_NAMES = {
    "rivers": "瑞数", "jiasule": "加速乐", "chuangyu": "加速乐", "wzws": "360/奇安信", "qianxin": "360/奇安信",
    "yunsuo": "云锁", "c3vk": "cookie shell", "ct6t": "cookie shell", "safedog": "安全狗", "aliyun": "阿里云",
    "tencent": "腾讯云", "huawei": "华为云", "baidu": "百度云加速", "safeline": "SafeLine", "bt": "宝塔",
    "dbapp": "安恒/绿盟/盛邦", "nsfocus": "安恒/绿盟/盛邦", "webray": "安恒/绿盟/盛邦", "bdwaf": "安恒/绿盟/盛邦",
    "yxlink": "安恒/绿盟/盛邦", "too": "verification", "captcha": "verification",
}  # fmt: skip


@pytest.mark.parametrize(
    "entry", [e for e in REFUSING.values() if e.system != "unavailable"], ids=lambda entry: entry.system
)
def test_each_is_recognised(entry: Refusing) -> None:
    page = entry.page(Request("GET", "/zwgk/", "", ""))
    found = recognise(page.status, dict(page.headers), page.body.decode())
    assert found is not None
    assert found.system == _NAMES[entry.system.partition("_")[0]]


def test_a_server_that_is_overloaded_is_no_firewall() -> None:
    page = REFUSING["unavailable"].page(Request("GET", "/zwgk/", "", ""))
    assert recognise(page.status, dict(page.headers), page.body.decode()) is None


@pytest.mark.parametrize("style", ["trs", "asp_frames", "snowflake", "hashed"])
def test_pages_of_sites_are_none(style: str) -> None:
    spec = PortalSpec(
        "www.xiuyan.gov.cn", "岫堰县", "990131", style, "body", 5, departments=3, towns=2, others=20
    )
    portal = Portal(spec)
    for path in portal.paths:
        address, _, query = path.partition("?")
        page = portal.answer("GET", address, query)
        assert recognise(page.status, {}, page.body.decode(portal.style.charset)) is None


@pytest.mark.parametrize(
    "text",
    [
        "<title>访问拦截</title><h1>您的请求疑似攻击行为，已被网站防火墙拦截！</h1>",
        "<html><body>您提交的请求含有恶意参数，已被拦截</body></html>",
        "<html>The requested URL was rejected. Please consult with your administrator.</html>",
    ],
)
def test_a_wall_of_no_name_is_known_by_its_words(text: str) -> None:
    found = recognise(200, {}, text)
    assert found is not None
    assert found.system == "firewall"


def test_a_wall_whose_source_is_indented_at_length_is_known_by_its_words() -> None:
    text = f"<html>{(chr(10) + ' ' * 400) * 3}<p>您的访问请求存在威胁，已被拦截</p></html>"
    assert recognise(200, {}, text) is not None


def test_a_report_that_speaks_of_firewalls_is_none() -> None:
    prose = "<p>全年升级网站防火墙2次，拦截恶意访问31次，对存在安全威胁的请求及时处置。</p>"
    assert recognise(200, {}, f"<html><body>{prose}</body></html>") is None


@pytest.mark.parametrize(
    "text",
    [
        "<title>石坞县2023年政府信息公开工作年度报告</title><p>网站遭受的攻击均被安全防护系统拦截。</p>",
        "<script>alert('您的请求含有非法字符')</script><p>附件：<a href='/1.pdf'>年度报告</a></p>",
    ],
)
def test_a_short_page_that_has_such_words_for_something_else_is_none(text: str) -> None:
    assert recognise(200, {}, f"<html><body>{text}</body></html>") is None
    assert recognise(200, {}, f"<html><body>{text}</body></html>", wordless=True) is None


def test_a_wall_within_the_frame_of_a_site_is_known_by_its_words() -> None:
    menu = "".join(f"<a href='/{n}'>政府信息公开</a>" for n in range(9))
    found = recognise(200, {}, f"<html>{menu}<p>您的访问请求存在威胁，已被拦截</p></html>", wordless=True)
    assert found is not None
