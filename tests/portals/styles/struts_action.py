"""Struts: frontOpenCatalogPage.action?theID=46, headings without address, pages turned by a script."""

from __future__ import annotations

from html import escape

from tests.portals.model import Article, Column
from tests.portals.styles.asked import Asked


class StrutsAction(Asked):
    name = "struts_action"
    list_path = "/frontOpenCatalogPage.action"
    key = "theID"
    page_key = "currentPage"
    container = "<div class='newsContent'>{}</div>"
    wrap = "<div class='lists'>{}</div>"

    def column_path(self, column: Column, page: int = 0) -> str:
        more = f"&currentPage={page + 1}" if page else ""
        return f"/frontOpenCatalogPage.action?theID={self.ids[column]}{more}"

    def article_path(self, column: Column, article: Article) -> str:
        return f"/frontViewNews.action?newsID={article.number % 1_000_000}"

    def navigation(self) -> str:
        heads = "".join(
            f"<li><h3><a href=''>{c.name}</a></h3><div class='sub' style='display:none'>"
            + "".join(f"<a href='{self.href(s)}'>{s.name}</a>" for s in c.children)
            + "</div></li>"
            for c in self.site.root.children
        )
        return f"<ul id='menu'>{heads}</ul>"

    def row(self, column: Column, article: Article) -> str:
        full = article.title
        short = full if len(full) <= 26 else f"{full[:25]}..."
        return (
            f'<dl><dt><a href="javascript:void(0)" onclick="window.open(\'{self.article_path(column, article)}\')" '
            f'title="{escape(full)}">{escape(short)}</a></dt><dd>（{article.published}）</dd></dl>\n'
        )

    def pager(self, column: Column, page: int) -> str:
        last = self.pages(column) - 1
        if not last:
            return ""
        words = "".join(
            f"<a href='javascript:turnPage({n + 1})'>{word}</a>&nbsp;"
            for word, n in (("首页", 0), ("上一页", page - 1), ("下一页", page + 1), ("末页", last))
            if 0 <= n <= last and n != page
        )
        return (
            "<script>function turnPage(n){location.href="
            f"'frontOpenCatalogPage.action?theID={self.ids[column]}&currentPage='+n;}}</script>"
            f"<div class='turn'>{words}第{page + 1}页，共{last + 1}页，共{len(column.articles)}条</div>"
        )
