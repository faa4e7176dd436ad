"""Shandong: /gongkai/site_X/channel_Y/doc_Z.html; the navigation says 公开 and nothing more."""

from __future__ import annotations

from hashlib import sha256

from tests.portals.model import Article, Column
from tests.portals.styles.static import Static


class Gongkai(Static):
    name = "gongkai"
    words = ("首页", "上页", "下页", "末页")

    def column_path(self, column: Column, page: int = 0) -> str:
        opaque = column.number % 3
        channel = self._hex(column.number) if opaque else f"{self.spec.key}_{self.slugs[column]}"
        file = f"index_{page + 1}.html" if page else ""
        return f"/gongkai/site_{self.spec.key}xrmzf/channel_{channel}/{file}"

    def article_path(self, column: Column, article: Article) -> str:
        return f"{self.column_path(column)}doc_{self._hex(article.number)}.html"

    def navigation(self) -> str:
        links = "".join(
            f"<li>{self.link(c, '公开' if c.slug == 'zwgk' else c.name[:2])}</li>"
            for c in self.site.root.children
        )
        return f"<div class='top'><ul>{links}</ul></div>"

    def panel(self) -> str:
        return "<div class='xxgk'><a href='#'>政府信息公开</a><a href='javascript:;'>依申请公开</a></div>"

    def _hex(self, number: int) -> str:
        return sha256(f"{self.spec.host}/{number}".encode()).hexdigest()[:24]
