"""安康: Node-<id>.html, Node-<id>_2.html, Content-<id>.html at the root; a window of page numbers."""

from __future__ import annotations

from tests.portals.model import Article, Column
from tests.portals.styles.static import Static


class ContentDash(Static):
    name = "content_dash"

    def column_path(self, column: Column, page: int = 0) -> str:
        return f"/Node-{column.number % 100_000}{f'_{page + 1}' if page else ''}.html"

    def article_path(self, column: Column, article: Article) -> str:
        return f"/Content-{article.number}.html"

    def pager(self, column: Column, page: int) -> str:
        last = self.pages(column) - 1
        if not last:
            return ""
        window = range(max(0, page - 2), min(last, page + 2) + 1)
        numbers = "".join(
            f"<b>{n + 1}</b>" if n == page else f'<a href="{self.column_path(column, n)}">{n + 1}</a>'
            for n in window
        )
        following = f'<a href="{self.column_path(column, page + 1)}">&gt;</a>' if page < last else ""
        return f"<div class='pagination'>{numbers}{following}</div>"

    def navigation(self) -> str:
        links = "".join(f"<li>{self.link(c, '&nbsp;'.join(c.name))}</li>" for c in self.site.root.children)
        return f"<ul class='nav'>{links}</ul>"
