"""Navigation that is no text of the page: pictures without words, a frame, a script file."""

from __future__ import annotations

from tests.portals.fronts.front import Fronted, Host, Mount, footer, front, links, news, spec, urls
from tests.portals.world import Portal

_XHTML = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html xmlns="http://www.w3.org/1999/xhtml">'


@front
def picture_navigation() -> Fronted:
    """262 kB, a tree of numbers, and a navigation of pictures with empty alt texts."""
    host = Host("www.qipi.gov.cn")
    portal = Portal(spec(host.host, "ncontent", "flat", 3))
    site = host.mount(portal)
    pictures = "".join(
        f'<a href="{site.url(portal.style.column_path(c))}"><img src="/images/nav_0{n}.jpg" alt="" border="0"></a>'
        for n, c in enumerate(portal.site.root.children)
    )
    host.put(
        "/",
        f'{_XHTML}<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>栖陂县人民政府</title>'
        f"</head><body><div class=nav>{pictures}</div>{news(site, 255_000)}{footer(portal.spec)}</body></html>",
    )
    return Fronted(f"http://{host.host}/", [host], urls(site), (f"http://{host.host}/",), extra=12)


def _platform(code: str, style: str, shape: str, seed: int) -> tuple[Host, Mount, Mount]:
    """A city's platform with the parts of two districts."""
    host = Host("zfxxgk.chengzhou.gov.cn")
    own = host.mount(Portal(spec(host.host, style, shape, seed)), f"/{code}")
    other = host.mount(Portal(spec(host.host, style, shape, seed + 40, "桐陂区")), "/tpq12F000")
    host.put(
        "/", f"<meta charset='utf-8'><title>澄州市政府信息公开</title>{links([('桐陂区', '/tpq12F000/')])}"
    )
    return host, own, other


@front
def frame_navigation() -> Fronted:
    """The navigation stands in a frame, lists are written by scripts; a text block leads to the city's platform."""
    city, column, other = _platform("ftq11G000", "trs", "body_type", 4)
    host = Host("www.qipi.gov.cn")
    site = host.mount(Portal(spec(host.host, "plain", "flat", 44)))
    target = column.column()
    block = links([
        ("政府信息公开指南", column.url("/gkzn/")), ("政府信息公开年报", target), ("监督投诉", column.url("/gkzn/")),
        ("受理机构", column.url("/gkzn/")),
    ], "<p>{}</p>")  # fmt: skip
    host.put(
        "/top_lan.html",
        "<meta charset='utf-8'><base target='_parent'>" + links([("首页", "/"), ("要闻", "/lm/zwyw.htm")]),
    )
    host.put(
        "/",
        f"<!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'><head><meta charset='utf-8'><base target='_blank'>"
        "<title>栖陂区人民政府</title></head><body><iframe src='top_lan.html' height=90></iframe>"
        "<a href='n_list.html?/XXGK/ZFGG/'><img src='tab1.gif' alt=''></a><script>homelist4index(2,'XXGK/ZFGG')</script>"
        f"<a style='display:block' href='n_list.html?/XXGK/ZDLY/'></a><div class=gk>{block}</div>"
        f"{news(site, 40_000)}{footer(site.portal.spec)}</body></html>",
    )  # fmt: skip
    inside = ("http://www.qipi.gov.cn/", "http://zfxxgk.chengzhou.gov.cn/ftq11G000/")
    del other
    return Fronted("http://www.qipi.gov.cn/", [host, city], urls(column), inside, name="栖陂区")


@front
def script_navigation() -> Fronted:
    """gb2312, addresses padded with spaces, the navigation in script files, disclosure behind the city's code."""
    city, column, _ = _platform("11E000", "doc_ymd", "year", 5)
    host = Host("www.qipi.gov.cn", "gb18030")
    site = host.mount(Portal(spec(host.host, "plain", "flat", 45)))
    city.put("/11E000/cyq_index.shtml", "<meta charset='utf-8'><title>政府信息公开专栏</title><h2><a href='javascript:void(0)'>"
             "政府信息公开专栏</a></h2><ul><!-- <li><a href='/11E000/old/'>政府信息公开年报</a></li> -->"
             + links([("政府信息公开指南", "/11E000/zn/"), ("政府信息公开年报", column.column()), ("依申请公开", "/11E000/ysq/")]) + "</ul>")  # fmt: skip
    nav = "".join(
        f"document.write('<li><a href=\"{u}\">{t}</a></li>');"
        for t, u in (("首页", "/"), ("政务要闻", "/lm/zwyw.htm"))
    )
    host.put("/resource/js/home_top.js", nav, "application/x-javascript")
    entry = "http://zfxxgk.chengzhou.gov.cn/11E000/cyq_index.shtml"
    host.put(
        "/",
        f"{_XHTML}<head><meta http-equiv='Content-Type' content='text/html; charset=gb2312' /><title>栖陂区政府网站</title>"
        "<script src='/resource/js/home_top.js'></script></head><body><script src='/resource/js/sy_zwgk_l.js'></script>"
        f"<div><a href=' {entry} '>政府信息公开专栏</a></div><p><a href='/lm/wzbb.htm'>政府网站工作年度报表</a></p>"
        f"{news(site, 37_000, ' ')}{footer(site.portal.spec)}</body></html>",
    )
    inside = ("http://www.qipi.gov.cn/", "http://zfxxgk.chengzhou.gov.cn/11E000/")
    return Fronted("http://www.qipi.gov.cn/", [host, city], urls(column), inside, name="栖陂区")


@front
def written_navigation() -> Fronted:
    """The only way in stands in a script file that writes the navigation, among other links that promise."""
    host = Host("www.qipi.gov.cn", "gb18030")
    site = host.mount(Portal(spec(host.host, "plain", "body", 46)))
    entry = site.column("disclosure")
    host.put("/js/top_menu.js", f"document.write('<a href=\"{entry}\">政务公开</a>');", "text/javascript")
    host.put(
        "/",
        "<html><head><meta http-equiv='Content-Type' content='text/html; charset=gb2312'><title>栖陂县人民政府</title>"
        "<script src='/js/jquery.js'></script><script src='/js/top_menu.js'></script></head><body>"
        f"{news(site, 37_000)}<a href='/wzdt.htm'>网站地图</a>{footer(site.portal.spec)}</body></html>",
    )
    return Fronted("http://www.qipi.gov.cn/", [host], urls(site), ("http://www.qipi.gov.cn/",), extra=12)
