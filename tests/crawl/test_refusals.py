"""Refusals are recognised before any reader sees them; full pages with a wall's marks are no refusals."""

import pytest

from govcrawl.discovery.refusals import recognise, soft_404

PAGE = "<html><body>" + "<a href='/a.html'>政务公开</a><p>正文</p>" * 200 + "</body></html>"


@pytest.mark.parametrize(
    ("status", "headers", "body", "system"),
    [
        (
            412,
            {},
            "<meta id='x' content='y' r='m'><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script>",
            "瑞数",
        ),
        (521, {"Set-Cookie": "__jsluid_h=1; path=/"}, "<script>document.cookie='a';</script>", "加速乐"),
        (200, {}, "<script>document.cookie='C3VK=x; max-age=300';location.reload()</script>", "cookie shell"),
        (403, {"Server": "qianxin-waf"}, "", "360/奇安信"),
        (405, {}, "<script>var arg1='A1B2';</script>", "阿里云"),
        (468, {}, "", "unnamed"),
        (429, {"Retry-After": "60"}, "访问过于频繁", "verification"),
        (200, {}, "<title>统一身份认证平台</title>", "login wall"),
        (200, {}, "<title>登录</title><form><input type=password name=p></form>", "login wall"),
        (200, {}, "<form>请先登录 <input name=p type='password'></form>", "login wall"),
    ],
)
def test_recorded_imitations(status: int, headers: dict[str, str], body: str, system: str) -> None:
    refusal = recognise(status, headers, body)
    assert refusal is not None
    assert refusal.system == system
    assert str(status) in refusal.evidence


def test_pages_are_no_refusals() -> None:
    assert recognise(200, {"Set-Cookie": "__jsluid_h=1"}, PAGE) is None
    assert recognise(200, {}, PAGE + "请输入验证码") is None
    assert recognise(404, {}, "<h1>404</h1>") is None
    assert recognise(200, {}, PAGE + "<form>登录<input type=password></form>") is None
    assert recognise(200, {}, "") is None


def test_soft_404() -> None:
    assert soft_404("<p>您访问的页面不存在</p>", "您访问的页面不存在")
    assert not soft_404("x", "本报告共404件" + "正文" * 400)
