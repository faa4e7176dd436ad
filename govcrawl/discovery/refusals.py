"""Refusals and pages that only look like answers, recognised before any reader sees them.

Source: domain reference 2.9. A refusal is recorded and respected: nothing here or elsewhere tries to get
around one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

REFUSING_STATUS = frozenset({401, 403, 405, 412, 418, 429, 451, 468, 493, 512, 521})
"""Answers by which a server or the wall before it declines."""

GONE_STATUS = frozenset({404, 410})

_BY_WORDS = "firewall"
"""One known by its words alone, which a report may say of its year and a script to its visitors."""

_SYSTEMS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (name, re.compile(headers, re.IGNORECASE), re.compile(body, re.IGNORECASE))
    for name, headers, body in (
        ("瑞数", r"FSSBBIl1UgzbN7N80",
         r"\$_ts\s*=\s*window\['\$_ts'\]|\$_ts\.(?:nsd|cd|lcd)|<meta[^<>]+\br=['\"]m['\"]"),
        ("加速乐", r"__jsluid|jiasule|__jsl_clearance",
         r"notice-jiasule|365cyd\.com|ks-waf-error|document\.cookie\s*=.{0,400}location\.href\s*=\s*location\.pathname"),
        ("360/奇安信", r"WZWS-Ray|X-Powered-By-360WZB|qianxin-waf|wzws_", r"wzws-waf-cgi|wangshan\.360\.cn"),
        ("云锁", r"yunsuo_session_verify|security_session_(?:mid_)?verify|security_verify_data=",
         r"yunsuologo|security_verify_data="),
        ("cookie shell", r"\bCT6TS?=", r"C3VK="),
        ("安全狗", r"safedog", r"safedogsite|404\.safedog\.cn"),
        ("阿里云", r"acw_sc__v2|acw_tc|aliyungf_tc",
         r"errors\.aliyun\.com|blocked as it may cause potential threats|var\s+arg1\s*="),
        ("腾讯云", r"(?!)", r"腾讯云Web应用防火墙|waf\.tencent-cloud\.com"),
        ("华为云", r"HWWAFSES|HuaweiCloudWAF|CloudWAF", r"hwclouds\.com"),
        ("百度云加速", r"yunjiasu", r"yunjiasu-cgi|yjs_use_ob"),
        ("SafeLine", r"sl-session", r"safeline|<!-- event id:"),
        ("宝塔", r"(?!)", r"已被网站管理员设置拦截|btwaf"),
        ("安恒/绿盟/盛邦", r"NSFocus|WebRay-WAF|BDWAF|Yxlink-WAF", r"dbappwaf\.cn"),
        ("verification", r"(?!)", r"请完成(?:安全)?验证|请输入验证码|访问过于频繁|滑动(?:滑块|验证)"),
        (_BY_WORDS, r"(?!)",
         r"您(?:提交)?的(?:请求|访问)[^。<]{0,12}(?:疑似攻击|(?:含有?|存在)(?:非法|恶意|危险|威胁))"
         r"|被(?:网站|web|应用|安全){0,3}(?:防火墙|防护|策略)[^。<]{0,6}(?:拦截|阻断|阻止)"
         r"|<title>[^<]{0,20}访问(?:被)?拦截|The requested URL was rejected\."),
        ("login wall", r"(?!)", r"<title>[^<]*统一身份认证"),
    )
)  # fmt: skip
_SOFT_404 = re.compile(r"404|页面不存在|找不到|已(?:被)?删除|您访问的页面|该信息不存在|页面已失效")
_PASSWORD = re.compile(r"<input\b[^<>]{0,300}\btype\s*=\s*[\"']?password\b", re.IGNORECASE)
_LOG_IN = re.compile(r"请您?先?登[录陆]|<title>[^<]{0,100}登[录陆]", re.IGNORECASE)
_SHELL = 2_000
_UNWORDED = re.compile(r"<(script|style)\b.*?(?:</\1>|\Z)|<(?!title)[^<>]*>", re.DOTALL | re.IGNORECASE)
_NOTICE = 800  # characters; a firewall has no more to say
_REPORT = re.compile(r"20\d\d年?度?[^。]{0,12}信息公开")
_LOOKED_AT = 100_000  # characters; a wall says early what it is
_PROOF = re.compile(r"security_verify_data=|wzwscspd=|[?&]__jsl_clearance|acw_sc__v2=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A recognised refusal: which system, and what told it."""

    system: str
    evidence: str

    def __str__(self) -> str:
        return f"refused by {self.system} ({self.evidence})"


def recognise(
    status: int, headers: Mapping[str, str], text: str, *, wordless: bool = False
) -> Refusal | None:
    """The refusal that an answer is, or None.

    A challenge page is small or comes with a refusing status; the marks of a system on a full page (its
    cookie, its script) are no refusal. ``wordless`` says that the page, however long, has hardly any text.
    """
    text = text[:_LOOKED_AT]
    bare = wordless or (len(text) < 4_000 and text.count("<a ") < 5)
    if status < 400 and not bare:
        return None
    # A mere server error behind a wall carries the wall's cookie too.
    by_headers = status in REFUSING_STATUS or 300 <= status < 400 or (status < 300 and _no_content(text))
    told = _told(headers)
    for name, in_headers, in_body in _SYSTEMS:
        said = text if name != _BY_WORDS else _notice(text)
        found = in_body.search(said) or (in_headers.search(told) if by_headers else None)
        if found and (status in REFUSING_STATUS or status >= 500 or bare):
            return Refusal(name, f"status {status}, {' '.join(found[0].split())[:60]!r}")
    if bare and asks_to_log_in(text) and (asks := _LOG_IN.search(text)):
        return Refusal("login wall", f"status {status}, {asks[0]!r} over a password")
    if status in REFUSING_STATUS:
        return Refusal("unnamed", f"status {status}")
    if 300 <= status < 400 and "Set-Cookie" in headers:
        return Refusal("cookie shell", f"status {status}, sent back with a cookie")
    return None


def asks_to_log_in(text: str) -> bool:
    """Whether a page says that one must log in, and has a field for the password."""
    text = text[:_LOOKED_AT]
    return bool(_LOG_IN.search(text) and _PASSWORD.search(text))


def challenge(url: str, headers: Mapping[str, str]) -> Refusal | None:
    """The refusal that a redirect is: to the page itself with a cookie, or to an address with a proof in it.

    A wall's cookie on a redirect to somewhere else is none.
    """
    location = urljoin(url, headers.get("Location", ""))
    proof = _PROOF.search(location)
    if proof is None and (location != url or "Set-Cookie" not in headers):
        return None
    return recognise(302, headers, "")


def may_be_none(text: str) -> bool:
    """Whether the source of a page is so short that ``soft_404`` has to look at what it shows."""
    return len(text) < 3 * _SHELL


def soft_404(text: str, visible: str) -> bool:
    """Whether a page of status 200 says that there is none: short, and in so many words."""
    return may_be_none(text) and len(visible) < _SHELL // 4 and bool(_SOFT_404.search(visible))


def _told(headers: Mapping[str, str]) -> str:
    return " ".join(f"{name}: {value}" for name, value in headers.items())


def _notice(text: str) -> str:
    """What a page shows, and its title; empty where that is more than a notice, or a report's."""
    shown = " ".join(_UNWORDED.sub("", text).split())
    return shown if len(shown) <= _NOTICE and _REPORT.search(shown) is None else ""


def _no_content(text: str) -> bool:
    return len(re.sub(r"<script.*?(?:</script>|\Z)|<[^<>]+>|\s", "", text, flags=re.DOTALL)) < 40
