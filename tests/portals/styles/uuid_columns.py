"""Hebei: /columns/<uuid>/index.html, index_1.html, articles by month, day and uuid; rows are table rows."""

from __future__ import annotations

from html import escape
from uuid import NAMESPACE_URL, uuid5

from tests.portals.model import Article, Column
from tests.portals.styles.static import Static


class UuidColumns(Static):
    name = "uuid_columns"
    wrap = "<table width='100%'>{}</table>"

    def column_path(self, column: Column, page: int = 0) -> str:
        return f"/columns/{self._uuid(column.number)}/index{f'_{page}' if page else ''}.html"

    def article_path(self, column: Column, article: Article) -> str:
        return (
            f"/columns/{self._uuid(column.number)}/{article.published:%Y%m}/{article.published:%d}/"
            f"{self._uuid(article.number)}.html"
        )

    def row(self, column: Column, article: Article) -> str:
        return (
            f"<tr><td>·<a href='{self.article_path(column, article)}' target='_blank'>"
            f"{escape(article.title)}</a></td><td width='90'>{article.published}</td></tr>\n"
        )

    def pager(self, column: Column, page: int) -> str:
        last = self.pages(column) - 1
        arrows = "".join(
            f'<a href="{self.column_path(column, number)}"><img src="/images/{image}.png" alt="{word}"></a>'
            for word, image, number in (("上一页", "l", page - 1), ("下一页", "r", page + 1))
            if 0 <= number <= last
        )
        choice = "".join(
            f"<option value='{self.column_path(column, n)}'>第{n + 1}页</option>" for n in range(last + 1)
        )
        return (
            f"<div class='fy'>{arrows}<select onchange='jump(this)'>{choice}</select></div>" if last else ""
        )

    def navigation(self) -> str:
        tops = ""
        for top in self.site.root.children:
            below = "".join(f"<dd>{self.link(c)}</dd>" for c in top.children if c.role != "disclosure")
            tops += f"<li>{self.link(top)}<dl class='mega'>{below}</dl></li>"
        old = "<!-- <li><a href='/columns/old/index.html;jsessionid=9F3A'>政府信息公开年报</a></li> -->"
        return f"<ul class='nav'>{old}{tops}</ul>"

    def panel(self) -> str:
        return f"<div class='ksrk'>{self.link(self.site.column('disclosure'))}</div>"

    def _uuid(self, number: int) -> str:
        return str(uuid5(NAMESPACE_URL, f"{self.spec.host}/{number}"))
