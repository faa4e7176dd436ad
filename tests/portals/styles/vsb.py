"""VSB: nb.htm, then nb/3.htm, nb/2.htm, nb/1.htm; on other sites list.jsp with PAGENUM for the parts of a column.

The pager is drawn twice, for screens and for telephones. 下页 of the last dynamic page leads to that page
again, and some pagers have no links at all.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs

from tests.portals.model import Article, Column
from tests.portals.style import Page, Request
from tests.portals.styles.static import Static

_JSP = "/xxgk/list.jsp"


class Vsb(Static):
    name = "vsb"
    suffix = "htm"
    scripted = True
    container = '<form name="_newscontent_fromname"><div id="vsb_content_2"><div class="v_news_content">{}</div></div></form>'
    wrap = '<ul class="list-gl">{}</ul>'

    def jsp(self, column: Column) -> bool:
        """Whether a column is a page made on request."""
        return column.role in {"disclosure", "group"} and self.spec.seed % 2 == 1

    def column_path(self, column: Column, page: int = 0) -> str:
        if self.jsp(column):
            number = f"totalpage={self.pages(column)}&PAGENUM={page + 1}&" if page else ""
            return f"{_JSP}?{number}urltype=tree.TreeTempUrl&wbtreeid={column.number % 10_000}"
        stem = "/" + "/".join(self.slugs[c] for c in column.trail)
        return f"{stem}/{self.pages(column) - page}.htm" if page else f"{stem}.htm"

    def article_path(self, column: Column, article: Article) -> str:
        tree = column.number % 10_000
        if article.report and article.report.body.kind == "county":
            code = f"1{self.spec.code}0151757350-"
            return f"/info/egovinfo/{tree}/overt_centent/{code}/{article.published.year}-{article.number}.htm"
        return f"/info/{tree}/{article.number}.htm"

    def routes(self) -> dict[str, Callable[[], str]]:
        return {path: draw for path, draw in super().routes().items() if "?" not in path}

    def dynamic(self, request: Request) -> Page | None:
        asked = {key: values[0] for key, values in parse_qs(request.query).items()}
        by_tree = {f"{c.number % 10_000}": c for c in self.site.root.walk()[1:] if self.jsp(c)}
        column = by_tree.get(asked.get("wbtreeid", "")) if request.path == _JSP else None
        if column is None:
            return None
        page = min(max(int(asked.get("PAGENUM", "1")), 1), self.pages(column))
        return Page(self.listing(column, page - 1).encode())

    def link(self, column: Column, label: str | None = None) -> str:
        return f'<a href="{self.href(column)}" title="{column.name}">{label or column.name}</a>'

    def panel(self) -> str:
        hall = next(c for c in self.site.root.children if c.slug == "zwgk")
        items = "".join(f"<dd>{self.link(c)}</dd>" for c in hall.children if c.role != "disclosure")
        return f"<div class='nav_c' style='display:none'><dl><dt><a href='#'>基本信息公开</a></dt>{items}</dl></div>"

    def head(self, title: str) -> str:
        return (
            super().head(title)
            + "<!--Announced by Visual SiteBuilder 9--><script>_jsq_(1001,'/index.jsp',-1)</script>"
        )

    def row(self, column: Column, article: Article) -> str:
        mark = f"line_u9_{article.number % 20}"
        return (
            f'<li id="{mark}"><span>{article.published:%Y年%m月%d日}</span>'
            f'<a href="{self.article_path(column, article)}" target="_blank">{article.title}</a></li>\n'
        )

    def pager(self, column: Column, page: int) -> str:
        pages = self.pages(column)
        goto = f"<a href='javascript:;' onclick=\"_simple_list_gotopage_fun({pages},&quot;u9_goto&quot;,2)\">跳转</a>"
        if pages == 1:
            return ""
        if column.role == "group" and not self.jsp(column) and column.number % 3 == 0:
            return f"<div class='pb_sys_common'><span class='p_t'>共{pages}页</span>{goto}</div>"
        own = self.column_path(column, page).rpartition("/")[0]
        numbers = "".join(
            f"<span class='p_no'><a href='{self._relative(column, n, own)}'>{n + 1}</a></span>"
            for n in range(min(pages, 5))
            if n != page
        )
        after = min(page + 1, pages - 1)
        words = "<span class='p_next_d'>下页</span><span class='p_last_d'>尾页</span>"
        if after != page or self.jsp(column):
            words = (
                f"<span class='p_next'><a href='{self._relative(column, after, own)}'>下页</a></span>"
                f"<span class='p_last'><a href='{self._relative(column, pages - 1, own)}'>尾页</a></span>"
            )
        one = f"<div class='pb_sys_common'>{numbers}{words}<span class='p_t'>共{pages}页</span>{goto}</div>"
        return f"<div class='page_pc'>{one}</div><div class='page_mob'>{one}</div>"

    def _relative(self, column: Column, page: int, folder: str) -> str:
        path = self.column_path(column, page)
        if self.jsp(column):
            return "?" + path.partition("?")[2].replace("&", "&amp;")
        return path.removeprefix(f"{folder}/") if path.startswith(f"{folder}/") else path

    def article(self, column: Column, article: Article, content: str) -> str:
        clicks = f'<script>_showDynClicks("wbnews", 1391462017, {article.number})</script>'
        return super().article(column, article, content).replace("浏览次数：12", f"点击数：{clicks}")
