"""Hashed addresses /p/8f3a21/: rows as cards, 加载更多 or 下一页 as a button with its address in data-url."""

from __future__ import annotations

from hashlib import md5
from html import escape

from tests.portals.model import Article, Column
from tests.portals.styles.static import Static


class Hashed(Static):
    name = "hashed"
    container = "<article class='rich-text'>{}</article>"
    wrap = "<div class='cards'>{}</div>"

    def column_path(self, column: Column, page: int = 0) -> str:
        more = f"more/{page + 1}" if self._loads(column) else f"page-{page + 1}.html"
        return f"/p/{self._hash(column.number)[:6]}/{more if page else ''}"

    def article_path(self, column: Column, article: Article) -> str:
        return f"/p/{self._hash(column.number)[:6]}/{self._hash(article.number)}.html"

    def navigation(self) -> str:
        links = "".join(f"<div class='nav-item'>{self.link(c)}</div>" for c in self.site.root.children)
        return f"<header><div class='logo'></div><nav>{links}</nav></header>"

    def link(self, column: Column, label: str | None = None) -> str:
        return f'<a href="{self.href(column)}"><i class="icon"></i><span>{label or column.name}</span></a>'

    def row(self, column: Column, article: Article) -> str:
        day = article.published
        return (
            f"<div class='card'><div class='day'><b>{day.day:02d}</b>{day:%Y.%m}</div><h4><a href=\""
            f'{self.article_path(column, article)}">{escape(article.title)}</a></h4></div>\n'
        )

    def pager(self, column: Column, page: int) -> str:
        if page + 1 >= self.pages(column):
            return "<p class='end'>没有更多了</p>"
        label = "加载更多" if self._loads(column) else "下一页"
        return f"<button class='more' type='button' data-url='{self.column_path(column, page + 1)}'>{label}</button>"

    def listing(self, column: Column, page: int) -> str:
        if page and self._loads(column):
            return "".join(self.row(column, a) for a in self.rows(column, page)) + self.pager(column, page)
        return super().listing(column, page)

    def _loads(self, column: Column) -> bool:
        """Whether more rows are loaded into the page, as fragments."""
        return column.number % 2 == 0

    def _hash(self, number: int) -> str:
        return md5(f"{self.spec.host}/{number}".encode(), usedforsecurity=False).hexdigest()[:12]
