"""Labels as they are: cut by breaks, shared by several entries, on the wrong heading, in front of the wrong slug."""

from __future__ import annotations

from tests.portals.fronts.front import Fronted, Host, footer, front, links, news, rows, spec, urls
from tests.portals.world import Portal

_HTML5 = "<!DOCTYPE html><html><head><meta charset='utf-8'><title>栖陂县人民政府</title></head><body>"


@front
def undeclared_charset() -> Fronted:
    """No charset, two bodies, 年报 and 指南 on one address, the catalogue on a machine's number."""
    host = Host("www.qipi.gov.cn", "gb18030")
    site = host.mount(Portal(spec(host.host, "plain", "flat", 6)))
    portal, here = site.portal, "ArticleList.aspx?ClassID=668"
    column = portal.site.column("reports")
    first = portal.style.listing(column, 0).replace("<head>", "<HEAD>")
    host.put(
        f"/{here}",
        first.replace('href="', 'href="/xxgk/')
        .replace('href="/xxgk/http', 'href="http')
        .replace("/xxgk//", "/"),
    )
    numbered = "http://222.81.80.35:8080/indexpub/DA001/index.jsp"
    nav = "".join(
        f"<A href='ArticleClass.aspx?ClassID={n}'><IMG src='images/m{n}.gif' alt='{label}'></A>"
        for n, label in ((586, "走进栖陂"), (588, "办事服务"))
    )
    host.put(
        "/",
        f"<HTML><HEAD><TITLE>栖陂县人民政府网</TITLE><SCRIPT>if(document.charset=='gb2312')location.reload();</SCRIPT></HEAD>"
        f"<BODY>{nav}<A href='#'><IMG src='images/xxgk.gif' alt='信息公开'></A><BODY>{news(site, 40_000)}"
        f"<DIV style='display:none'>{links([('市政府信息公开指南', here), ('市政府信息公开年报', here), ('政府信息公开目录', numbered)])}"
        f"</DIV>{footer(portal.spec)}</BODY></BODY></HTML>",
    )  # fmt: skip
    return Fronted("http://www.qipi.gov.cn/", [host], urls(site), ("http://www.qipi.gov.cn/",))


@front
def short_label() -> Fronted:
    """The navigation says only 公开 and leads to a host of its own, whose lists also stand in frames."""
    host, gk = Host("www.qipi.gov.cn"), Host("zfxxgk.qipi.gov.cn")
    site, column = (
        host.mount(Portal(spec(host.host, "hanweb", "flat", 7))),
        gk.mount(Portal(spec(gk.host, "hanweb", "body_type", 47))),
    )
    nav = links(
        [
            ("首页", "/"),
            ("新闻", site.named("xwzx")),
            ("公开", "http://zfxxgk.qipi.gov.cn/"),
            ("服务", site.named("bsfw")),
        ]
    )
    frame = f"<iframe src='http://zfxxgk.qipi.gov.cn{'/col/col1/index.html'}' scrolling=no></iframe>"
    host.put(
        "/", f"{_HTML5}<ul>{nav}</ul>{frame}{news(site, 150_000)}{footer(site.portal.spec)}</body></html>"
    )
    return Fronted(
        "http://www.qipi.gov.cn/",
        [host, gk],
        urls(column),
        ("http://www.qipi.gov.cn/", "http://zfxxgk.qipi.gov.cn/"),
    )


@front
def nested_comment() -> Fronted:
    """A label split by a break; a comment in a comment makes the second copy of the menu live."""
    host, gk = Host("www.qipi.gov.cn"), Host("qpzfxxgk.qipi.gov.cn")
    site, column = (
        host.mount(Portal(spec(host.host, "trs", "flat", 8))),
        gk.mount(Portal(spec(gk.host, "trs", "year", 48))),
    )
    menu = links([
        ("政府信息<br> 公开指南", "/zfxxgkzn/"), ("政府信息<br> 公开制度", "/zfxxgkzd/"),
        ("法定主动<br> 公开内容", "/fdzdgknr/"), ("政府信息<br> 公开年报", column.column()),
    ])  # fmt: skip
    gk.put(
        "/",
        f"{_HTML5}<!-- <ul><!-- {menu.replace(column.column(), '/dead/')} --> {menu}</ul> --&gt;</body></html>",
    )
    entry = links([("政府信息公开", "http://qpzfxxgk.qipi.gov.cn/")])
    host.put(
        "/",
        f"{_HTML5}<div class='hide'>{entry}</div>{news(site, 60_000)}{footer(site.portal.spec)}</body></html>",
    )
    return Fronted(
        "http://www.qipi.gov.cn/",
        [host, gk],
        urls(column),
        ("http://www.qipi.gov.cn/", "http://qpzfxxgk.qipi.gov.cn/"),
    )


@front
def strangers_in_the_column() -> Fronted:
    """A column of ten rows: four reports of other bodies, six of news, and on page two the zone's own."""
    host = Host("www.qipi.gov.cn")
    site = host.mount(Portal(spec(host.host, "trs", "flat", 9)))
    reports, folder = site.reports(), "/xxgk/xxgknb/"
    day = "2020-09-03"
    higher = [(f"{name}2019年政府信息公开工作年度报告", f"{folder}202009/t20200903_1{n}.html", day)
              for n, name in enumerate(("澄州市", "澄州市", "澄州市人民政府办公室", "南岭省"))]  # fmt: skip
    fill = [
        (f"栖陂开发区召开第{n}次主任办公会议", f"{folder}202009/t20200903_2{n}.html", day) for n in range(6)
    ]
    own = [(a.title, url, f"{a.published}") for url, a in reports]
    pager = "<script>var currentPage = 0; var countPage = 2; for(var i=1;i<countPage;i++){document.write('<a href=\"index_'+i+'.html\">'+(i+1)+'</a>');}</script>"
    top = links([("信息公开指南", "../xxgkzn/"), ("信息公开年报", "./"), ("网站地图", "../../wzdt/")])
    page = (
        "{}<title>信息公开年报</title><ul>{}</ul><ul class=list>{}</ul>{}网站标识码：1506000140</body></html>"
    )
    host.put(folder, page.format(_HTML5, top, rows(higher + fill), pager))
    host.put(
        f"{folder}index_1.html",
        page.format(_HTML5, top, rows(own), pager.replace("currentPage = 0", "currentPage = 1")),
    )
    host.put(
        "/",
        f"{_HTML5}{links([('信息公开年报', folder)])}{news(site, 40_000)}{footer(site.portal.spec)}</body></html>",
    )
    tolerated = frozenset(f"http://www.qipi.gov.cn{url}" for _, url, _ in higher)
    return Fronted(
        "http://www.qipi.gov.cn/", [host], urls(site), ("http://www.qipi.gov.cn/",), tolerated=tolerated
    )


@front
def split_hosts() -> Fronted:
    """指南, 目录 and 规定 stand on xxgk., the 年报 column on the main host, in a mega-menu."""
    host, gk = Host("www.qipi.gov.cn"), Host("xxgk.qipi.gov.cn")
    site = host.mount(Portal(spec(host.host, "uuid_columns", "body_type", 11)))
    gk.mount(Portal(spec(gk.host, "trs", "flat", 51)))
    panel = links([
        ("政府信息公开指南", "http://xxgk.qipi.gov.cn/zgqp/zfxxgk_38041/gkzn/"), ("政府信息公开目录", "http://xxgk.qipi.gov.cn/zgqp/zfxxgk_38041/"),
        ("政府信息公开规定", "http://xxgk.qipi.gov.cn/zgqp/zfxxgk_38041/"), ("政府信息公开年报", site.column()),
    ])  # fmt: skip
    nav = f"<li><a href='{site.column('disclosure')}'>政务公开</a><div class='mega' style='display:none'><ul>{panel}</ul></div></li>"
    host.put("/", f"{_HTML5}<ul>{nav}</ul>{news(site, 64_000)}{footer(site.portal.spec)}</body></html>")
    return Fronted("http://www.qipi.gov.cn/", [host, gk], urls(site), ("http://www.qipi.gov.cn/",), extra=4)


@front
def misleading_slug() -> Fronted:
    """The 年报 column is called zfgzbg, as if it were the 政府工作报告, whose own column is called zfxxgknb."""
    host, gk = Host("www.qipi.gov.cn"), Host("zwgk.qipi.gov.cn")
    site = host.mount(Portal(spec(host.host, "vsb", "flat", 13)))
    own = [(a.title, url, f"{a.published}") for url, a in site.reports()]
    gk.put("/zfgzbg", f"{_HTML5}<ul>{rows(own)}</ul></body></html>")
    gk.put(
        "/zfxxgknb",
        f"{_HTML5}<ul>{rows([('2021年栖陂县政府工作报告', '/zfxxgknb/1.html', '2021-02-01')])}</ul></body></html>",
    )
    gk.put(
        "/",
        _HTML5
        + links([("政府工作报告", "/zfxxgknb"), ("信息公开指南", "/zn"), ("政府信息公开年报", "/zfgzbg")])
        + "</body></html>",
    )
    host.put(
        "/",
        f"{_HTML5}{links([('政府信息公开', 'http://zwgk.qipi.gov.cn/')])}{news(site, 40_000)}{footer(site.portal.spec)}</body></html>",
    )
    return Fronted(
        "http://www.qipi.gov.cn/",
        [host, gk],
        urls(site),
        ("http://www.qipi.gov.cn/", "http://zwgk.qipi.gov.cn/"),
    )


@front
def wrong_metas() -> Fronted:
    """SiteName and SiteDomain are those of the site that the template was copied from."""
    host = Host("www.qipi.gov.cn")
    site = host.mount(Portal(spec(host.host, "rednet", "body_type_year", 16)))
    metas = "<meta name='SiteName' content='齐齐哈尔'><meta name='SiteDomain' content='www.qqhr.gov.cn'><meta name='SiteIDCode' content='政府网站标识码'>"
    nav = links(
        [("首页", "/"), ("政务公开", site.column("disclosure")), ("政府工作报告", site.named("gzbg"))]
    )
    host.put(
        "/",
        f"{_HTML5.replace('</head>', metas + '</head>')}<ul>{nav}</ul>{news(site, 90_000)}{footer(site.portal.spec)}</body></html>",
    )
    return Fronted("http://www.qipi.gov.cn/", [host], urls(site), ("http://www.qipi.gov.cn/",))
