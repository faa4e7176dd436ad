"""Hanweb's disclosure module: columns filled by loadDynamic, bodies in a tree, reports by body and year.

The navigation says 公开 and no more. With the shape by body there are no lists: on even sites the column names
areas and years in a script and two choices, on odd ones it links them. Other shapes post to search.jsp, which
answers a table; the area of each list is its call's, and a GET is refused.
"""

from __future__ import annotations

from html import escape
from urllib.parse import parse_qs

from tests.portals.model import Article, Body, Column, Site
from tests.portals.style import Page, Request
from tests.portals.styles.static import Static

_MODULE = "/module/xxgk"


class HanwebXxgk(Static):
    name = "hanweb_xxgk"
    scripted = True
    container = "<div id='zoom'><!--ZJEG_RSS.content.begin-->{}<!--ZJEG_RSS.content.end--></div>"

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.by_area = site.spec.shape == "body"
        self.areas = {
            body.slug: f"1{site.spec.code}00432{place:05d}7"[:18] for place, body in enumerate(site.bodies)
        }

    def within(self, column: Column) -> bool:
        """Whether a column's rows come from the module."""
        return self.site.column("reports") in column.trail

    def pages(self, column: Column) -> int:
        return 1 if self.within(column) else super().pages(column)

    def column_path(self, column: Column, page: int = 0) -> str:
        return f"/col/col{column.number}/index{f'_{page + 1}' if page else ''}.html"

    def article_path(self, column: Column, article: Article) -> str:
        if self.by_area and article.report:
            return self._annual(article.report.body, article.report.year)
        day = article.published
        return f"/art/{day.year}/{day.month}/{day.day}/art_{column.number}_{article.number}.html"

    def _annual(self, body: Body, year: int) -> str:
        return f"{_MODULE}/xxgkAnnualReport.jsp?area={self.areas[body.slug]}&fbtime={year}"

    def navigation(self) -> str:
        links = "".join(
            f"<td>{self.link(c, '公开' if c.slug == 'zwgk' else None)}</td>" for c in self.site.root.children
        )
        return f"<table width='1000'><tr>{links}</tr></table>"

    def panel(self) -> str:
        return "<iframe src='http://zfxxgk.chengzhoushi.gov.cn/col/col14488/index.html' width='200'></iframe>"

    def listing(self, column: Column, page: int) -> str:
        if not self.within(column):
            return super().listing(column, page)
        menu = "".join(f"<tr><td>{self.link(c)}</td></tr>" for c in column.children if not self.by_area)
        body = self._by_area() if self.by_area else self._call(column)
        return self.page(
            column.name, f"<table><tr><td><table>{menu}</table></td><td>{body}</td></tr></table>"
        )

    def _call(self, column: Column) -> str:
        return (
            f"<div id='div{column.number}'></div><script>loadDynamic('{_MODULE}/search.jsp?standardXxgk=1"
            f"&infotypeId=&vc_title=&vc_number=&area=','div{column.number}','Z{column.number}','','','{self.spec.seed}');"
            f"</script><iframe src='{_MODULE}/tree.jsp?divid=div{column.number}&amp;area='></iframe>"
        )

    def _by_area(self) -> str:
        years = sorted({*self.spec.years, *self.spec.old_years}, reverse=True)
        if self.spec.seed % 2:
            reports = {(a.report.body.slug, a.report.year) for a in self.site.reports if a.report}
            return "".join(
                self._linked(body, [y for y in years if (body.slug, y) in reports])
                for body in self.site.bodies
            )
        nodes = "".join(
            f"d.add({place},0,'{body.short}',\"javascript:funclick('{self.areas[body.slug]}','{body.short}');\");\n"
            for place, body in enumerate(self.site.bodies, 1)
        )
        choice = "".join(f"<option value='{year}'>{year}年</option>" for year in years)
        return (
            f"<script>var d=new dTree('d');d.add(0,-1,'机构');{nodes}</script><select name='fbtime'>{choice}</select>"
            f"<script>function funclick(a,n){{frames[0].location='{_MODULE}/xxgkAnnualReport.jsp?area='+a+'&fbtime='+y}}"
            "</script>"
        )

    def _linked(self, body: Body, years: list[int]) -> str:
        links = "".join(
            f"<dd><a href='{escape(self._annual(body, year))}'>{year}年</a></dd>" for year in years
        )
        return f"<dl><dt>{body.short}</dt>{links}</dl>"

    def dynamic(self, request: Request) -> Page | None:
        asked = {key: values[0] for key, values in parse_qs(f"{request.query}&{request.form}").items()}
        if request.path == f"{_MODULE}/xxgkAnnualReport.jsp":
            return self._report(asked)
        if request.path != f"{_MODULE}/search.jsp" or request.method != "POST":
            return None
        column = next(
            (c for c in self.site.root.walk()[1:] if f"Z{c.number}" == asked.get("infotypeId")), None
        )
        rows = column.articles if column and asked.get("divid") == f"div{column.number}" else []
        size, page = self.per_page, int(asked.get("currpage", "1"))
        lines = "".join(self._line(column, a) for a in rows[(page - 1) * size : page * size] if column)
        pages = max(1, -(-len(rows) // size))
        return Page(
            f"<table><tr><td>索引号</td><td>标题</td><td>日期</td></tr>{lines}</table>"
            f"<div>&nbsp;&nbsp;共{pages}页&nbsp;第{page}页 <a href='javascript:goto({page + 1})'>下一页</a></div>".encode()
        )

    def _line(self, column: Column, article: Article) -> str:
        return (
            f"<tr class='tr_main_value_odd'><td>{self.spec.code}/{article.number}</td><td><a class='bt_link' "
            f"href='{escape(self.article_path(column, article))}' title='{escape(article.title)}'>"
            f"{escape(article.title[:20])}...</a></td><td>{article.published}</td></tr>"
        )

    def _report(self, asked: dict[str, str]) -> Page:
        for column in self.site.column("reports").walk():
            for article in column.articles:
                wanted = (
                    f"{_MODULE}/xxgkAnnualReport.jsp?area={asked.get('area')}&fbtime={asked.get('fbtime')}"
                )
                if article.report and self.article_path(column, article) == wanted:
                    return Page(self.article(column, article, article.html).encode())
        return Page(self.page("政府信息公开年报", "<div class='none'>暂无相关信息</div>").encode())
