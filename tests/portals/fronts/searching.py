"""Portals whose column nobody links: behind a search form, in sitemap.xml, at a usual address."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote

from tests.portals.fronts.front import Fronted, Host, Mount, footer, front, news, rows, spec, urls
from tests.portals.style import Page
from tests.portals.world import Portal

_HOME = "http://www.qipi.gov.cn/"
_HEAD = "<!DOCTYPE html><html><head><meta charset='utf-8'><title>栖陂县人民政府</title></head><body>"


class SearchHost(Host):
    """A host with a search that knows the site's reports, ten to a page, among other articles."""

    path, word, page = "/search", "searchWord", "pageNo"
    counting = ""

    def attach(self, mount: Mount) -> None:
        """Search in this site."""
        self.found: list[tuple[str, str, str]] = []
        for url, a in mount.reports():
            if self.counting:
                url = f"{self.counting}{quote(url, safe='')}"
            self.found.append(
                (a.title.replace("政府信息公开", "<em>政府信息公开</em>"), url, f"{a.published}")
            )
            self.found.append((f"{a.title}解读", f"{url}x", f"{a.published}"))

    def answer(self, method: str, path: str, query: str = "", form: str = "", host: str = "") -> Page:
        if path != self.path:
            return super().answer(method, path, query, form, host)
        asked = dict(parse_qsl(query or form, encoding=self.charset))
        number = int(asked.get(self.page, "1"))
        hits = self.found[(number - 1) * 10 : number * 10] if "年度报告" in asked.get(self.word, "") else []
        items = "".join(f"<div class=jg><a href='{u}'>{t}</a><p>{d}</p></div>" for t, u, d in hits)
        kept = "&".join(f"{k}={quote(v, encoding=self.charset)}" for k, v in asked.items() if k != self.page)
        following = (
            f"<a href='{self.path}?{kept}&{self.page}={number + 1}'>下一页</a>"
            if len(self.found) > number * 10
            else ""
        )
        text = f"<html><head><meta charset='{self.charset}'><title>搜索结果</title></head><body>{items}{following}</body></html>"
        return Page(text.encode(self.charset))


def _behind(host: SearchHost, style: str, form: str, seed: int) -> Fronted:
    site = host.mount(Portal(spec(host.host, style, "flat", seed)))
    host.attach(site)
    head = _HEAD.replace("utf-8", host.charset)
    host.put("/", f"{head}{form}{news(site, 40_000)}{footer(site.portal.spec)}</body></html>")
    return Fronted(_HOME, [host], urls(site), (_HOME,), extra=18)


@front
def plain_search() -> Fronted:
    """A form of one field."""
    host = SearchHost("www.qipi.gov.cn")
    return _behind(
        host,
        "trs",
        "<form action='/search'><input name='searchWord'><input type=submit value='搜索'></form>",
        31,
    )


@front
def trs_search() -> Fronted:
    """TRS: hidden fields, POST, gb2312."""
    host = SearchHost("www.qipi.gov.cn", "gb18030")
    host.path, host.word, host.page = "/was5/web/search", "searchword", "page"
    form = (
        "<form action='/was5/web/search' method='post'><input type=hidden name=channelid value='279493'>"
        "<input type=text name=searchword><input type=image src='/i/so.gif'></form>"
    )
    return _behind(host, "plain", form, 32)


@front
def hanweb_search() -> Fronted:
    """Hanweb: the query goes through a script, results through a counting address."""
    host = SearchHost("www.qipi.gov.cn")
    host.path, host.word, host.page = "/jrobotfront/search.do", "q", "p"
    host.counting = "/jrobotfront/visit/link.do?id=7&url="
    form = (
        "<input id='q'><a onclick='so()'>搜索</a><script>function so(){window.open('/jrobotfront/search.do?webid=2&pg=12&q='"
        "+encodeURIComponent($('#q').val()));}</script>"
    )
    return _behind(host, "hanweb", form, 33)


@front
def in_the_sitemap() -> Fronted:
    """No link leads to the column; sitemap.xml names it."""
    host = Host("www.qipi.gov.cn")
    site = host.mount(Portal(spec(host.host, "cms_html", "body_type", 34)))
    named = "".join(
        f"<url><loc>{site.url(path)}</loc></url>" for path in ("/", "/xw/", "/cms/html/x/zwyw/index.html")
    )
    host.put(
        "/sitemap.xml",
        f"<?xml version='1.0'?><urlset>{named}<url><loc>{site.column()}</loc></url></urlset>",
        "text/xml",
    )
    host.put("/", f"{_HEAD}{news(site, 40_000)}{footer(site.portal.spec)}</body></html>")
    return Fronted(_HOME, [host], urls(site), (_HOME,), extra=10)


@front
def at_a_usual_address() -> Fronted:
    """No link, no map, no search: the column lies where it does on many portals."""
    host = Host("www.qipi.gov.cn")
    site = host.mount(Portal(spec(host.host, "rednet", "flat", 35)))
    own = rows([(a.title, url, f"{a.published}") for url, a in site.reports()])
    host.put(
        "/zwgk/zfxxgknb/",
        f"<html><head><meta charset='utf-8'><title>政府信息公开年报_栖陂县人民政府</title></head><body><ul>{own}</ul></body></html>",
    )
    host.put("/", f"{_HEAD}{news(site, 40_000)}{footer(site.portal.spec)}</body></html>")
    return Fronted(_HOME, [host], urls(site), (_HOME,), extra=10)
