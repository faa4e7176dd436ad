"""Fujian: /cms/html/<site>/<column>/index.html, 2.html; the pager promises one page too many."""

from __future__ import annotations

from collections.abc import Callable

from tests.portals.model import Article, Column
from tests.portals.styles.static import Static


class CmsHtml(Static):
    name = "cms_html"
    container = "<div class='article-content'>{}</div>"

    def column_path(self, column: Column, page: int = 0) -> str:
        file = f"{page + 1}.html" if page else "index.html"
        return f"/cms/html/{self.spec.key}rmzf/{self.slugs[column]}/{file}"

    def article_path(self, column: Column, article: Article) -> str:
        return f"/cms/html/{self.spec.key}rmzf/{article.published}/{1_500_000_000 + article.number}.html"

    def routes(self) -> dict[str, Callable[[], str]]:
        found = super().routes()
        for column in self.site.root.walk()[1:]:
            last = self.pages(column)
            if last > 1:  # beyond the end the last page comes again
                found[self.column_path(column, last)] = lambda c=column, p=last - 1: self.listing(c, p)  # type: ignore[misc]
        return found

    def pager(self, column: Column, page: int) -> str:
        stated = self.pages(column)  # the last page by a count that includes what was withdrawn
        if stated == 1:
            return ""
        following = min(page + 1, stated)
        return (
            f"<div class='pages'>共{len(column.articles) + 9}条 第{page + 1}/{stated + 1}页 "
            f'<a href="{self.column_path(column, 0)}">首页</a> '
            f'<a href="{self.column_path(column, following)}">下页</a> '
            f'<a href="{self.column_path(column, stated)}">末页</a></div>'
        )

    def panel(self) -> str:
        links = "".join(
            f"<dd>{self.link(c, c.name.replace('公开', '公开<br>', 1))}</dd>"
            for c in self.site.column("disclosure").children
        )
        return f"<dl class='zfxxgk hide'><dt>政府信息公开</dt>{links}</dl>"
