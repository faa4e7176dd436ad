"""Hanweb JCMS: /col/colN/index.html with jpage records inline, dataproxy.jsp behind it, layout tables."""

from __future__ import annotations

import json
from html import escape
from urllib.parse import parse_qs, quote

from tests.portals import surroundings
from tests.portals.model import Article, Column, Site
from tests.portals.style import Page, Request, Style, cut

_GROUP = 3


class Hanweb(Style):
    name = "hanweb"

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.webid = 40 + site.spec.seed % 50
        self._by_number = {c.number: c for c in site.root.walk()[1:]}

    def column_path(self, column: Column, page: int = 0) -> str:
        return f"/col/col{column.number}/index.html"

    def pages(self, column: Column) -> int:
        return 1

    def article_path(self, column: Column, article: Article) -> str:
        day = article.published
        return f"/art/{day.year}/{day.month}/{day.day}/art_{column.number}_{article.number}.html"

    def unit(self, column: Column) -> int:
        """The jpage unit of a column; it differs for each."""
        return 300_000 + column.number % 9973

    def home(self) -> str:
        tops = [c for c in self.site.root.children if c.slug in ("xwzx", "ztzl", "bsfw")]
        cells = "".join(
            f'<td valign="top"><b><a href="{self.href(c)}">{c.name}</a></b><ul>'
            + "".join(self._record(c, a) for a in c.articles[:8])
            + "</ul></td>"
            for top in tops
            for c in top.children
        )
        tiles = '<a href="/col/col1/index.html"><img src="/picture/1.jpg"></a>' * 2
        frame = (
            '<iframe src="http://zfxxgk.chengzhoushi.gov.cn/col/col14488/index.html" width="200"></iframe>'
        )
        return self._page("首页", "", f"<table width='1000'><tr>{cells}</tr></table>{tiles}{frame}")

    def listing(self, column: Column, page: int) -> str:
        menu = "".join(
            f'<tr><td class="menu"><a href="{self.href(c)}" title="{c.name}">'
            f"{self._padded(c.name)}</a></td></tr>"
            for c in (column.children or (column.parent.children if column.parent else []))
        )
        first = "".join(self._cdata(column, a) for a in column.articles[: self.per_page * _GROUP])
        data = (
            f'<script type="text/xml"><datastore>{self._next(column, 1)}<recordset>{first}</recordset>'
            "</datastore>"
            f"</script>"
        )
        script = (
            f"<script>$(function(){{$('#{self.unit(column)}').jpage({{theme:'simple',total:0,columnid:{column.number},"
            f"proxyUrl:'/module/web/jpage/dataproxy.jsp',totalRecord:{len(column.articles)},perPage:{self.per_page},"
            f"openCookies:false,dataBefore:'<ul>',dataAfter:'</ul>',ajaxParam:{json.dumps(self._form(column))}}});"
            f"}});</script>"
        )
        body = (
            f"{self._where(column)}<table width='1000' border='0'><tr><td width='220'><table>"
            f"{menu}</table></td>"
            f'<td><div id="{self.unit(column)}" class="jpage">{data if column.articles else ""}</div>'
            f"{script}</td>"
            "</tr></table>"
        )
        return self._page(column.name, f'<meta name="ColumnName" content="{column.name}">', body)

    def dynamic(self, request: Request) -> Page | None:
        if request.path != "/module/web/jpage/dataproxy.jsp":
            return None
        asked = {k: v[0] for k, v in parse_qs(f"{request.query}&{request.form}").items()}
        try:
            column = self._by_number[int(asked["columnid"])]
            right = int(asked["unitid"]) == self.unit(column)
            size = int(asked.get("perpage", self.per_page))
            group = int(asked.get("page", 1))
            first = int(asked["startrecord"]) - 1 if "startrecord" in asked else group * size * _GROUP
            last = int(asked["endrecord"]) if "startrecord" in asked else first + size * _GROUP
        except (KeyError, ValueError):
            return Page(b"", "text/xml", 500)
        rows = column.articles[first:last] if right and first >= 0 else []
        more = "" if "startrecord" in asked else self._next(column, group + 1)
        total = len(column.articles)
        xml = (
            f"<datastore>{more}<totalrecord>{total}</totalrecord><totalpage>{-(-total // size)}</totalpage>"
            f"<recordset>{''.join(self._cdata(column, a) for a in rows)}</recordset></datastore>"
        )
        return Page(xml.encode(), "text/xml")

    def _form(self, column: Column) -> dict[str, str | int]:
        return {
            "col": 1, "appid": 1, "webid": self.webid, "path": "/", "columnid": column.number,
            "sourceContentType": 1, "unitid": f"{self.unit(column)}", "webname": f"{self.spec.place}人民政府",
            "permissiontype": 0,
        }  # fmt: skip

    def _next(self, column: Column, group: int) -> str:
        if group * self.per_page * _GROUP >= len(column.articles):
            return '<nextgroup><![CDATA[<a href=""></a>]]></nextgroup>'
        name = quote(quote(f"{self.spec.place}人民政府"))
        return (
            "<nextgroup><![CDATA[<a href="
            f'"/module/web/jpage/dataproxy.jsp?page={group}&appid=1&appid=1&webid='
            f"{self.webid}&path=/&columnid={column.number}&unitid={self.unit(column)}&webname={name}"
            f'&permissiontype=0"></a>]]></nextgroup>'
        )

    def _cdata(self, column: Column, article: Article) -> str:
        return f"<record><![CDATA[\n{self._record(column, article)}]]></record>\n"

    def _record(self, column: Column, article: Article) -> str:
        return (
            f'<li><a href="{self.article_path(column, article)}'
            f'" title="{escape(article.title)}" target="_blank">'
            f"{escape(cut(article.title, 30))}</a><span>{article.published}\n</span></li>"
        )

    def article(self, column: Column, article: Article, content: str) -> str:
        before, after = self.neighbours(column, article)
        links = "".join(
            f"<tr><td>{word}：<a href='{self.article_path(column, a)}'>{escape(a.title)}</a></td></tr>"
            for word, a in (("上一篇", before), ("下一篇", after))
            if a
        )
        tail = "".join(f"<tr><td>{line}</td></tr>" for line in surroundings.tail(self.spec))
        metas = "".join(
            f"<meta name='{k}' content='{escape(v)}'>"
            for k, v in (
                ("ArticleTitle", article.title),
                ("PubDate", f"{article.published} 10:41"),
                ("ContentSource", article.source),
                ("Maketime", f"{article.published} 10:41:03"),
                ("i_columnid", f"{column.number}"),
                ("i_articleid", f"{article.number}"),
            )
        )
        body = (
            f"{self._where(column)}<table id='article' width='100%'><tr><td class='title' align='center'>"
            f"{escape(article.title)}</td></tr><tr><td><table width='100%'><tr><td>"
            f"发布日期：{article.published}</td>"
            f"<td>来源：<!--<$[信息来源]>begin-->{article.source}<!--<$[信息来源]>end--></td><td>浏览次数：</td>"
            "<td>字号：[ 大 中 小 ]</td></tr></table></td></tr><tr><td class='bt_content'><div id='zoom'>"
            f"<!--ZJEG_RSS.content.begin-->{content}<!--ZJEG_RSS.content.end--></div></td></tr>{links}{tail}</table>"
        )
        return self._page(article.title, metas, body)

    def _where(self, column: Column) -> str:
        links = " &gt; ".join(f'<a href="{url}">{name}</a>' for name, url in self.crumbs(column))
        return f"<table width='1000'><tr><td>您现在的位置：{links}</td></tr></table>"

    def _padded(self, name: str) -> str:
        return f"&nbsp;{name[:2]} {name[2:]}" if len(name) % 3 == 0 else f"&nbsp;{name}"

    def _page(self, title: str, metas: str, body: str) -> str:
        nav = "".join(f'<td><a href="{self.href(c)}">{c.name}</a></td>' for c in self.site.root.children)
        below = "".join(
            f'<li><a href="{self.href(s)}">{s.name}</a></li>'
            for c in self.site.root.children
            if c.role != "nav"
            for s in c.children
        )
        links = "".join(f'<a href="{u}" target="_blank">{n}</a> ' for n, u in surroundings.friends(self.spec))
        foot = "".join(f"<tr><td align='center'>{line}</td></tr>" for line in surroundings.footer(self.spec))
        return (
            '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html><head>'
            f"<meta charset='utf-8'><title>{self.spec.place}人民政府 {escape(title)}</title>{metas}"
            '<script src="/script/0/jpage.js"></script></head><body><table width="1000" align="center"><tr>'
            f"<td><a href='/'>首页</a></td>{nav}</tr></table><div class='mega' style='display:none'>"
            f"<ul>{below}</ul>"
            f"</div>{body}<div class='yqlj'>{links}</div><table align='center'>{foot}</table></body></html>"
        )
