"""What stands on a government's name and is no portal that can be read: news, notices, shells, archives."""

from __future__ import annotations

from tests.portals.fronts.front import Fronted, Host, footer, front, links, news, rows, spec, urls
from tests.portals.world import Portal

_NOTHING: frozenset[str] = frozenset()
_HOME = "http://www.qipi.gov.cn/"


@front
def news_site() -> Fronted:
    """A county's news site on a gov.cn name: 24 towns' sub-sites, no disclosure."""
    host = Host("www.qipi.gov.cn", "gb18030")
    site = host.mount(Portal(spec(host.host, "plain", "flat", 15)))
    towns = links(
        [
            (f"{name}镇", f"http://xiangzhen.qipi.gov.cn/xiangzhen/{n}/Index.html")
            for n, name in enumerate("甲乙丙丁戊")
        ]
    )
    text = "".join(
        rows([(f"我县第{n}届旅游节开幕，县委县政府领导出席", f"ShowArticle.asp?ID={n}", "2018-03-01")])
        for n in range(900)
    )
    host.put(
        "/",
        f"<html><head><meta http-equiv='Content-Type' content='text/html; charset=gb2312'><title>栖陂网</title></head><body>"
        f"{links([('要闻', 'ShowClass.asp?ClassID=1'), ('视频', 'ShowClass.asp?ClassID=2')])}<ul>{text}</ul>{towns}"
        f"<div>中共栖陂县委宣传部主管 栖陂县新闻中心主办 {'版权所有 ' * 9}</div></body></html>",
    )  # fmt: skip
    del site
    return Fronted(_HOME, [host], _NOTHING, (_HOME,), extra=2, outcome="not a government portal: «栖陂网»")


@front
def moved_within() -> Fronted:
    """A closing notice that names another host of the same place."""
    host, new = Host("www.qipi.gov.cn"), Host("portal.qipi.gov.cn")
    site = new.mount(Portal(spec(new.host, "trs", "flat", 17)))
    host.put(
        "/",
        "<meta charset='utf-8'><title>公告</title><body><p>尊敬的网友：本网站已迁移至 portal.qipi.gov.cn，请访问新网址。</p></body>",
    )
    return Fronted(_HOME, [host, new], urls(site), (_HOME, "http://portal.qipi.gov.cn/"))


@front
def moved_away() -> Fronted:
    """A closing notice that names a host which nobody has allowed."""
    host = Host("www.qipi.gov.cn")
    host.put(
        "/",
        "<meta charset='utf-8'><title>公告</title><body><p>栖陂县人民政府门户网站已迁移至："
        "<a href='http://www.chengzhou.gov.cn/qipi/'>http://www.chengzhou.gov.cn/qipi/</a></p></body>",
    )
    return Fronted(
        _HOME, [host], _NOTHING, (_HOME,), extra=1, outcome="has moved to http://www.chengzhou.gov.cn/qipi/"
    )


@front
def closed() -> Fronted:
    """A closing notice without a new address."""
    host = Host("www.qipi.gov.cn")
    host.put(
        "/",
        "<meta charset='utf-8'><title>栖陂县人民政府</title><body><p>本网站已于2020年6月30日关停，感谢支持。</p></body>",
    )
    return Fronted(
        _HOME, [host], _NOTHING, (_HOME,), extra=1, outcome="the site is closed: «本网站已于2020年6月30日关停"
    )


@front
def empty_shell() -> Fronted:
    """A page that is empty until scripts have run."""
    host = Host("www.qipi.gov.cn")
    host.put(
        "/",
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>栖陂县人民政府</title><script src='/static/js/chunk.1f.js' "
        "defer></script></head><body><noscript>请启用JavaScript</noscript><div id='app'></div></body></html>",
    )
    return Fronted(_HOME, [host], _NOTHING, (_HOME,), extra=2, outcome="needs a browser")


@front
def shell_of_a_list() -> Fronted:
    """The home page is plain; the 年报 column is an application."""
    host = Host("www.qipi.gov.cn")
    site = host.mount(Portal(spec(host.host, "plain", "flat", 18)))
    host.put(
        "/gkpt/",
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>公开平台</title></head><body><div id='app'></div><script src='/a.js'></script></body></html>",
    )
    host.put(
        "/",
        f"<html><head><meta charset='utf-8'><title>栖陂县人民政府</title></head><body>{links([('政府信息公开年报', '/gkpt/')])}{news(site, 40_000)}{footer(site.portal.spec)}</body></html>",
    )
    return Fronted(
        _HOME, [host], _NOTHING, (_HOME,), extra=8, outcome="http://www.qipi.gov.cn/gkpt/ needs a browser"
    )


@front
def archived() -> Fronted:
    """An archived copy of a site whose links still work."""
    host = Host("www.qipi.gov.cn")
    site = host.mount(Portal(spec(host.host, "trs", "flat", 19)))
    host.put(
        "/",
        f"<html><head><meta charset='utf-8'><title>栖陂县人民政府</title></head><body><div>归档时间：2019-08-01</div>{links([('政府信息公开', site.column('disclosure'))])}{news(site, 40_000)}</body></html>",
    )
    return Fronted(_HOME, [host], urls(site), (_HOME,), outcome="an archived copy of a site («归档时间»)")


@front
def numbered_platform() -> Fronted:
    """The 年报 column stands on a machine's number that nobody has named: a declared gap."""
    host = Host("www.qipi.gov.cn")
    site = host.mount(Portal(spec(host.host, "plain", "flat", 20)))
    entries = links(
        [("政府信息公开指南", "/zn.htm"), ("政府信息公开年报", "http://222.222.245.73:99/zfxxgknb/")]
    )
    host.put(
        "/",
        f"<html><head><meta charset='utf-8'><title>栖陂县人民政府</title></head><body>{entries}{news(site, 40_000)}{footer(site.portal.spec)}</body></html>",
    )
    return Fronted(_HOME, [host], _NOTHING, (_HOME,), outcome="«政府信息公开年报» leads to 222.222.245.73:99")


@front
def named_number() -> Fronted:
    """The same where the registry row names the number."""
    host, machine = Host("www.qipi.gov.cn"), Host("222.222.245.73:99")
    site = machine.mount(Portal(spec(machine.host, "snowflake", "flat", 21)))
    entries = links([("政府信息公开指南", "/zn.htm"), ("政府信息公开年报", site.column())])
    host.put(
        "/",
        f"<html><head><meta charset='utf-8'><title>栖陂县人民政府</title></head><body>{entries}{news(site, 40_000)}{footer(site.portal.spec)}</body></html>",
    )
    return Fronted(
        _HOME,
        [host, machine],
        urls(site),
        (_HOME, "http://222.222.245.73:99/"),
        further=("222.222.245.73:99",),
    )


@front
def hostile() -> Fronted:
    """Every trick by which a page may try to send a crawler elsewhere, around the real column."""
    host = Host("www.qipi.gov.cn")
    site = host.mount(Portal(spec(host.host, "trs", "flat", 22)))
    label, title = "政府信息公开年报", "栖陂县教育局2021年政府信息公开工作年度报告"
    targets = (
        "http://www.qipi.gov.cn.evil.com/zfxxgknb/", "http://www.qipi.gov.cn@evil.com/zfxxgknb/", "//evil.com/zfxxgknb/",
        "http://evil.com\\@www.qipi.gov.cn.evil.com/zfxxgknb/", "http://zfxxgk.evil.gov.cn/zfxxgknb/", "http://zfxxgk.evil.com/11E000/zfxxgknb/",
        "http://xn--qipi-9z7k.gov.cn/zfxxgknb/", "http://qipi。gov。cn.evil.com/zfxxgknb/", "http://127.0.0.1/zfxxgknb/",
        "http://169.254.169.254/latest/zfxxgknb/", "http://2130706433/zfxxgknb/", "http://[::ffff:10.0.0.1]/zfxxgknb/", "http://localhost/zfxxgknb/",
        "javascript:location='http://evil.com/zfxxgknb/'", "javascript:fetchAll('nb')", "file:///etc/passwd", "http://www.nanlingsheng.gov.cn/11E000/",
    )  # fmt: skip
    traps = links([(label, target) for target in targets]) + links([(title, target) for target in targets])
    script = "<script>function fetchAll(x){ $.post('http://evil.com/'+x, {}, f); }</script>"
    form = "<form action='http://evil.com/search'><input name='searchword'></form><iframe src='http://evil.com/top.html'></iframe>"
    host.put(
        "/",
        f"<html><head><meta charset='utf-8'><title>栖陂县人民政府</title></head><body>{traps}{form}{script}{links([('政府信息公开', site.column('disclosure'))])}{news(site, 40_000)}{footer(site.portal.spec)}</body></html>",
    )
    return Fronted(_HOME, [host], urls(site), (_HOME,), outcome="")


@front
def leading_astray() -> Fronted:
    """Addresses of the place's own, and of its part of a platform, that redirect elsewhere."""
    host, city = Host("www.qipi.gov.cn"), Host("zfxxgk.chengzhou.gov.cn")
    site = host.mount(Portal(spec(host.host, "trs", "flat", 23)))
    city.lead("/11E000/index.shtml", "http://zfxxgk.chengzhou.gov.cn/11F000/index.shtml")
    city.put("/11F000/index.shtml", "<meta charset='utf-8'><title>桐陂区</title>")
    host.lead("/robots.txt", "http://evil.com/robots.txt")
    host.lead("/a/zfxxgknb/", "http://evil.com/zfxxgknb/")
    host.lead("/b/zfxxgknb/", "http://169.254.169.254/latest/")
    host.lead("/c/zfxxgknb/", "http://www.qipi.gov.cn.evil.com/zfxxgknb/")
    own = [("政府信息公开年报", f"/{letter}/zfxxgknb/") for letter in "abc"]
    shared = [
        ("政府信息公开专栏", "http://zfxxgk.chengzhou.gov.cn/11E000/index.shtml"),
        ("政府信息公开", site.column("disclosure")),
    ]
    host.put(
        "/",
        f"<html><head><meta charset='utf-8'><title>栖陂县人民政府</title></head><body><ul>{links(own + shared)}</ul>{news(site, 40_000)}{footer(site.portal.spec)}</body></html>",
    )
    inside = (_HOME, "http://zfxxgk.chengzhou.gov.cn/11E000/")
    return Fronted(_HOME, [host, city], urls(site), inside, needs_wall=True)
