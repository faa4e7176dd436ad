"""What firewalls and cookie shells answer instead of a page: one imitation for each system seen on portals.

Status, header names, cookies and marks in the body are as observed; everything around them is made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.portals.style import Page, Request


@dataclass(frozen=True, slots=True)
class Refusing:
    """The answer of one system; ``{path}`` in body and headers stands for the path asked for."""

    system: str
    status: int
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def page(self, request: Request) -> Page:
        """The answer to a request."""
        headers = {name: text.replace("{path}", request.path) for name, text in self.headers.items()}
        return Page(
            self.body.replace("{path}", request.path).encode(), "text/html", self.status, headers=headers
        )


_BLOCKED = "<html><head><meta charset='utf-8'><title>{}</title></head><body>{}</body></html>"
_TS = (
    '<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    '<meta id="9DhefwqGPrzGxEp9hPaoag" content="qqr0lz3~.Xk" r=\'m\'><script type="text/javascript" r=\'m\'>'
    "$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=48113;$_ts.cd=\"qqrorrAlDG\";if($_ts.lcd)$_ts.lcd();</script>"
    '<script type="text/javascript" src="/4QbVtADbnLVIc/c.FxJzG50F.5f1a3b9.js" r=\'m\'></script></head><body></body></html>'
)
_SHELL = "<html><body><div>页面加载中，请开启JavaScript并刷新该页。</div><script>{}</script></body></html>"

_ALL = (
    Refusing("rivers", 412, _TS, {"Set-Cookie": "FSSBBIl1UgzbN7N80S=q3fQ; path=/; HttpOnly", "Server": "******"}),
    Refusing("rivers_202", 202, _TS.replace("r='m'", 'r="m"'), {"Set-Cookie": "neCYtZEjo8GmS=5aG; path=/"}),
    Refusing("rivers_200", 200, _TS, {"Set-Cookie": "enable_Fz5gO=true; path=/"}),
    Refusing(
        "jiasule", 521,
        "<script>document.cookie=('_')+('_')+('j')+('s')+('l')+'_clearance_s=1700';"
        "location.href=location.pathname+location.search</script>",
        {"Set-Cookie": "__jsluid_h=8c1f0f; max-age=31536000; path=/; HttpOnly", "X-Via-JSL": "9c0a1d2,-"},
    ),
    Refusing("jiasule_512", 512, "<script>document.cookie='__jsl_clearance=1';location.href=location.pathname"
             "+location.search</script>", {"Set-Cookie": "__jsluid_s=77aa; path=/", "Server": "jiasule-WAF"}),
    Refusing(
        "chuangyu", 403,
        _BLOCKED.format("403", "<a href='http://help.365cyd.com/cyd-error-help.html?code=403'>当前访问疑似黑客攻击，"
                        "已被网站管理员设置为拦截</a><img src='/ks-waf-error.png'>"),
    ),
    Refusing("wzws", 493, _BLOCKED.format("访问被拒绝", "<img src='/wzws-waf-cgi/logo.png'><a href='http://wangshan.360.cn'>"
             "网站卫士</a>"), {"WZWS-Ray": "1094-1700000000.512-w-waf01bjmdd", "X-Powered-By-360WZB": "wangzhan.360.cn"}),
    Refusing("qianxin", 403, _BLOCKED.format("403 Forbidden", "请求被拒绝"),
             {"Server": "qianxin-waf", "Set-Cookie": "wzws_sessionid=gDExMTE=; path=/"}),
    Refusing(
        "yunsuo", 200,
        '<html><head><script>function YunSuoAutoJump(){self.location="{path}?security_verify_data=313238302c373230";}'
        '</script></head><body onload="YunSuoAutoJump()"><div class="yunsuologo"></div></body></html>',
        {"Set-Cookie": "security_session_verify=6dd93f; path=/; HttpOnly"},
    ),
    Refusing("yunsuo_302", 302, "", {"Location": "{path}?security_verify_data=313336362c373638",
             "Set-Cookie": "yunsuo_session_verify=13e1; path=/; HttpOnly"}),
    Refusing("c3vk", 200, '<html><head><meta charset="utf-8"></head><body><script>document.cookie="C3VK=4a1f0c; path=/;'
             ' max-age=300";window.location.reload();</script></body></html>'),
    Refusing("ct6t", 302, "", {"Location": "{path}", "Server": "openresty", "Set-Cookie": "CT6T=ab12; CT6TS=9f; path=/"}),
    Refusing("safedog", 403, _BLOCKED.format("网站防火墙", "您的请求带有不合法的参数 <a href='http://404.safedog.cn'>"
             "safedogsite</a>"), {"Server": "Safedog/4.0.0", "Set-Cookie": "safedog-flow-item=3A; path=/"}),
    Refusing("aliyun", 405, _BLOCKED.format("405", "<img src='https://errors.aliyun.com/images/x.png'>Sorry, your request "
             "has been blocked as it may cause potential threats to the server's security."),
             {"Set-Cookie": "acw_tc=2f624a; path=/; HttpOnly", "Server": "Tengine"}),
    Refusing("aliyun_shell", 200, "<html><script>var arg1='4C0B1A2F9D5E';var _0x4818=['csk'];setCookie('acw_sc__v2',"
             "x);document.location.reload();</script></html>", {"Set-Cookie": "acw_tc=76b20f; path=/"}),
    Refusing("tencent", 403, _BLOCKED.format("403", "腾讯云Web应用防火墙 <a href='https://waf.tencent-cloud.com/403page.html'>"
             "很抱歉，您提交的请求可能对网站造成威胁</a>")),
    Refusing("tencent_501", 501, _BLOCKED.format("501", "<iframe src='https://waf.tencent-cloud.com/501page.html'></iframe>")),
    Refusing("huawei", 418, _BLOCKED.format("418", "<a href='https://www.hwclouds.com'>您的访问请求可能对网站造成安全威胁</a>"),
             {"Server": "HuaweiCloudWAF", "Set-Cookie": "HWWAFSESID=7a52; path=/"}),
    Refusing("baidu", 403, _BLOCKED.format("Attention Required", "<script src='/.well-known/yunjiasu-cgi/j.js'></script>"
             "yjs_use_ob"), {"Server": "yunjiasu"}),
    Refusing("safeline", 468, "<html><body>请求存在威胁，已被拦截<!-- event id: 8d2f1c --></body></html>",
             {"Set-Cookie": "sl-session=Xk2; path=/"}),
    Refusing("safeline_403", 403, _BLOCKED.format("403", "Access Forbidden <!-- event_id: 91ab TYPE: A --> safeline")),
    Refusing("bt", 403, _BLOCKED.format("宝塔网站防火墙", "您的请求带有不合法参数，已被网站管理员设置拦截！如何解决：检查提交内容")),
    Refusing("dbapp", 403, _BLOCKED.format("403", "<link href='https://admin.dbappwaf.cn/x.css'><div class='waf'>拦截提示</div>")),
    Refusing("nsfocus", 403, _BLOCKED.format("403", "拒绝访问"), {"Server": "NSFocus"}),
    Refusing("webray", 403, _BLOCKED.format("403", "拒绝访问"), {"Server": "WebRay-WAF"}),
    Refusing("bdwaf", 403, _BLOCKED.format("403", "拒绝访问"), {"Server": "BDWAF"}),
    Refusing("yxlink", 403, _BLOCKED.format("403", "拒绝访问"), {"Server": "Yxlink-WAF"}),
    Refusing("too_many", 429, _BLOCKED.format("提示", "访问过于频繁，请稍后再试"), {"Retry-After": "120"}),
    Refusing("captcha", 200, _BLOCKED.format("安全验证", "<p>请完成安全验证</p><p>请输入验证码</p><input name='captcha'>"
             "<div class='slider'>向右滑动完成拼图</div>")),
    Refusing("unavailable", 503, _BLOCKED.format("503", "服务暂不可用"), {"Retry-After": "300"}),
)  # fmt: skip

REFUSING = {entry.system: entry for entry in _ALL}

SHELLS = {
    "app": Refusing(
        "app", 200,
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>县人民政府</title><link href="/static/css/app.3f1.css">'
        '</head><body><noscript>请开启JavaScript</noscript><div id="app"></div>'
        '<script src="/static/js/chunk-vendors.77a1.js"></script><script src="/static/js/app.91d.js"></script></body></html>',
    ),
    "moved": Refusing(
        "moved", 200,
        _BLOCKED.format("公告", "<h2>网站迁移公告</h2><p>根据政府网站集约化工作要求，本网站已迁移至"
                        "<a href='http://www.chengzhoushi.gov.cn/yt/'>http://www.chengzhoushi.gov.cn/yt/</a>，原网站停止更新。</p>"),
    ),
    "closed": Refusing("closed", 200, _BLOCKED.format("公告", "<p>本网站已下线，停止运行，由此带来的不便敬请谅解。</p>")),
    "login": Refusing("login", 200, _BLOCKED.format("统一身份认证", "<form><h3>统一身份认证平台</h3><input name='username'>"
                      "<input type='password'><button>登录</button></form>")),
    "empty": Refusing("empty", 200, ""),
    "refresh": Refusing("refresh", 200, "<html><head><meta http-equiv='refresh' content='0;url={path}'></head></html>"),
}  # fmt: skip
