"""PHP: everything is index.php?m=content&c=index&a=lists&catid=12&page=3; rows in blocks of five."""

from __future__ import annotations

from html import escape

from tests.portals.model import Article, Column
from tests.portals.styles.asked import Asked


class PhpLists(Asked):
    name = "php_lists"
    list_path = "/index.php"
    key = "catid"
    container = "<div class='content'>{}</div>"

    def column_path(self, column: Column, page: int = 0) -> str:
        more = f"&page={page + 1}" if page else ""
        return f"/index.php?m=content&c=index&a=lists&catid={self.ids[column]}{more}"

    def article_path(self, column: Column, article: Article) -> str:
        return f"/index.php?m=content&c=index&a=show&catid={self.ids[column]}&id={article.number % 100_000}"

    def row(self, column: Column, article: Article) -> str:
        day, full = article.published, article.title
        short = full if len(full) <= 24 else f"{full[:23]}..."
        return (
            f"<li><span class='rt'>{day:%Y-%m-%d %H:%M:%S}</span>·<a href=\"{escape(self.article_path(column, article))}\""
            f' target="_blank" title="{escape(full)}" style="">{escape(short)}</a></li>\n'
        )

    def listing(self, column: Column, page: int) -> str:
        rows = ""
        for place, (own, article) in enumerate(self.shown(column, page), 1):
            rows += self.row(own, article) + ("<li class='bk20 hr'></li>" if place % 5 == 0 else "")
        where = " &gt; ".join(f'<a href="{escape(url)}">{name}</a>' for name, url in self.crumbs(column))
        body = (
            f"<div class='main'><div class='crumbs'>{where} &gt; 列表</div><div class='col-left'>"
            f"<ul class='list lh24 f14'>{rows}</ul><div id='pages' class='text-c'>{self.pager(column, page)}</div>"
            f"</div><div class='col-auto'>{self.menu(column)}</div></div>"
        )
        return self.page(column.name, body)

    def pager(self, column: Column, page: int) -> str:
        last = self.pages(column) - 1
        if not last:
            return ""
        numbers = "".join(
            f" <span>{n + 1}</span>" if n == page else f" <a href='{self._to(column, n)}'>{n + 1}</a>"
            for n in range(max(0, page - 4), min(last, page + 5) + 1)
        )
        before, after = self.preceding(page), self.following(column, page)
        return (
            f"<a class='a1'>{len(column.articles)}条</a>"
            + (f" <a href='{self._to(column, before)}' class='a1'>上一页</a>" if before is not None else "")
            + numbers
            + (f" <a href='{self._to(column, after)}' class='a1'>下一页</a>" if after is not None else "")
        )

    def link(self, column: Column, label: str | None = None) -> str:
        return f'<a href="{escape(self.href(column))}"><span>{label or column.name}</span></a>'

    def _to(self, column: Column, page: int) -> str:
        first = f"{self.column_path(column)}&page={page + 1}"
        return escape(self.column_path(column, page) if page > 0 else first)
