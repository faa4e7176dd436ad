"""Hunan: chains of numbers; navigation by a script, one static block; page 1 is served under two names."""

from __future__ import annotations

from collections.abc import Callable

from tests.portals.model import Article, Column
from tests.portals.styles.static import Static


class Rednet(Static):
    name = "rednet"

    def column_path(self, column: Column, page: int = 0) -> str:
        folder = "/" + "".join(f"{c.number - 1_200_000}/" for c in column.trail)
        return f"{folder}{f'index_{page + 1}' if page else 'index'}.html"

    def article_path(self, column: Column, article: Article) -> str:
        return f"{self.column_path(column).removesuffix('index.html')}content_{article.number}.html"

    def routes(self) -> dict[str, Callable[[], str]]:
        found = super().routes()
        for column in self.site.root.walk()[1:]:
            path = self.column_path(column)
            found[path.replace("index.html", "index_1.html")] = found[path]
        return found

    def pager(self, column: Column, page: int) -> str:
        count = self.pages(column)
        folder = self.column_path(column).removesuffix("index.html")
        numbers = "".join(f"<a href='{folder}index_{n}.html'>{n}</a> " for n in range(1, count + 1))
        return f"<div class='page'>{numbers}</div>" if count > 1 else ""

    def navigation(self) -> str:
        return "<script src='/resource/js/home_top.js'></script>"

    def panel(self) -> str:
        disclosure = self.site.column("disclosure")
        return f"<div class='zl'><a title='政府信息公开专栏' href=' {self.href(disclosure)} '> 政府信息公开 专栏 </a></div>"
