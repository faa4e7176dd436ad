"""The nNNN tree: navigation as images without alt, pages index_<component>_<n>.html numbered downwards."""

from __future__ import annotations

from tests.portals.model import Article, Column
from tests.portals.styles.static import Static


class Ncontent(Static):
    name = "ncontent"
    container = "<div class='pages_content'>{}</div>"

    def column_path(self, column: Column, page: int = 0) -> str:
        folder = "/" + "".join(f"n{c.number}/" for c in column.trail)
        if not page:
            return f"{folder}index.html"
        return f"{folder}index_{column.number + 5}_{self.pages(column) - page}.html"

    def article_path(self, column: Column, article: Article) -> str:
        return f"{self.column_path(column).removesuffix('index.html')}c{article.number}/content.html"

    def navigation(self) -> str:
        images = "".join(
            f'<td><a href="{self.href(c)}"><img src="/n{c.number}/images/nav.jpg" alt=""></a></td>'
            for c in self.site.root.children
        )
        return f"<table><tr>{images}</tr></table>"

    def panel(self) -> str:
        hall = self.site.column("nav")
        return f"<div class='dn'><div class='hd'>{self.link(hall)}</div></div>"

    def pager(self, column: Column, page: int) -> str:
        last = self.pages(column) - 1
        if not last:
            return ""
        name = f"index_{column.number + 5}"
        hidden = "".join(
            f"<a href='{self.column_path(column, n)}'></a>"
            for n in range(max(1, page), min(last, page + 4) + 1)
        )
        folder = self.column_path(column).removesuffix("index.html")
        return (
            f"<span id='comp_{column.number + 5}'></span><div style='display:none'>{hidden}</div>"
            f"<script>var maxPageNum{column.number + 5}={last + 1};var purl='{folder}{name}';"
            "initPages(purl);</script>"
        )
