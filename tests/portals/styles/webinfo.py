"""Henan: /portal/.../index.htm, articles /webinfo/YYYY/MM/<16 digits>.htm; the header is a frame."""

from __future__ import annotations

from collections.abc import Callable

from tests.portals.model import Article, Column
from tests.portals.styles.static import Static


class Webinfo(Static):
    name = "webinfo"
    suffix = "htm"

    def column_path(self, column: Column, page: int = 0) -> str:
        folder = "/portal/" + "".join(f"{c.slug}/" for c in column.trail)
        return f"{folder}{f'index_{page + 1}' if page else 'index'}.htm"

    def article_path(self, column: Column, article: Article) -> str:
        day = article.published
        return f"/news/webinfo/{day:%Y}/{day:%m}/{1_600_000_000_000_000 + article.number}.htm"

    def routes(self) -> dict[str, Callable[[], str]]:
        return super().routes() | {"/top_lan.htm": self._header}

    def navigation(self) -> str:
        return '<iframe src="/top_lan.htm" width="1000" height="160" frameborder="0"></iframe>'

    def panel(self) -> str:
        return "<div><a style='display:block' href='/portal/none/index.htm'></a></div>"

    def _header(self) -> str:
        links = "".join(
            f'<a target="_parent" href="{self.href(c)}">{c.name}</a>' for c in self.site.root.children
        )
        return f"<html><body>{links}</body></html>"
