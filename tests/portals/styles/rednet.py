"""Hunan: chains of numbers; the navigation is written by a script of its own, one block is static."""

from __future__ import annotations

from tests.portals.model import Article, Column
from tests.portals.styles.static import Static


class Rednet(Static):
    name = "rednet"

    def column_path(self, column: Column, page: int = 0) -> str:
        folder = "/" + "".join(f"{c.number - 1_200_000}/" for c in column.trail)
        return f"{folder}{f'index_{page + 1}' if page else 'index'}.html"

    def article_path(self, column: Column, article: Article) -> str:
        return f"{self.column_path(column).removesuffix('index.html')}content_{article.number}.html"

    def navigation(self) -> str:
        return "<script src='/resource/js/home_top.js'></script>"

    def panel(self) -> str:
        disclosure = self.site.column("disclosure")
        return f"<div class='zl'><a title='政府信息公开专栏' href=' {self.href(disclosure)} '> 政府信息公开 专栏 </a></div>"
