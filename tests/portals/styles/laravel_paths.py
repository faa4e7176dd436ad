"""Laravel: /government/62?page=2, articles /government/62/5123, rows in definition lists, arrows as pager."""

from __future__ import annotations

from html import escape

from tests.portals.model import Article, Column, Site
from tests.portals.style import Page, Request
from tests.portals.styles.asked import Asked


class LaravelPaths(Asked):
    name = "laravel_paths"
    container = "<div class='show-content'>{}</div>"
    wrap = "<div class='list-group'>{}</div>"

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._by_path = {self.column_path(column): column for column in self.ids}

    def column_path(self, column: Column, page: int = 0) -> str:
        stem = "/government" if column.trail[0].slug == "zwgk" else "/news"
        path = stem if column.slug == "zwgk" else f"{stem}/{self.ids[column]}"
        return f"{path}?page={page + 1}" if page else path

    def article_path(self, column: Column, article: Article) -> str:
        return f"{self.column_path(column)}/{article.number % 1_000_000}"

    def dynamic(self, request: Request) -> Page | None:
        column = self._by_path.get(request.path)
        number = request.query.removeprefix("page=")
        if column is None or column.loose or not number.isdecimal():
            return None
        return Page(self.listing(column, max(0, int(number) - 1)).encode())

    def panel(self) -> str:
        hall = self.site.column("nav")
        platform = "".join(f"<li title='{c.name}'>{self.link(c)}</li>" for c in hall.children)
        return f"<h5><a href='{self.href(hall)}' title='{hall.name}'>{hall.name}</a></h5><ul>{platform}</ul>"

    def navigation(self) -> str:
        links = "".join(f"<li>{self.link(c)}</li>" for c in self.site.root.children if c.slug != "zwgk")
        return f"<nav class='navbar'><ul>{links}</ul></nav>"

    def row(self, column: Column, article: Article) -> str:
        full = article.title
        short = full if len(full) <= 30 else f"{full[:27]}..."
        return (
            f"<dl><dt>{article.published:%m-%d}<br><small>{article.published.year}</small></dt><dd>"
            f'<a href="{self.url(self.article_path(column, article))}" title="{escape(full)}">{escape(short)}</a></dd></dl>\n'
        )

    def listing(self, column: Column, page: int) -> str:
        rows = self.wrap.format("".join(self.row(own, a) for own, a in self.shown(column, page)))
        where = "/".join(f'<a href="{url}">{name}</a>' for name, url in self.crumbs(column))
        body = f"<ol class='breadcrumb'>{where}</ol>{self.menu(column)}{rows}{self.pager(column, page)}"
        return self.page(column.name, body)

    def pager(self, column: Column, page: int) -> str:
        last = self.pages(column) - 1
        before, after = self.preceding(page), self.following(column, page)
        if not last:
            return ""
        path = self.url(self.column_path(column))
        left = (
            f"<li><a href='{path}?page={before + 1}' rel='prev'>‹</a></li>"
            if before is not None
            else "<li>‹</li>"
        )
        right = (
            f"<li><a href='{path}?page={after + 1}' rel='next'>›</a></li>"
            if after is not None
            else "<li>›</li>"
        )
        numbers = "".join(
            f"<li class='active'><span>{n + 1}</span></li>"
            if n == page
            else f"<li><a href='{path}?page={n + 1}'>{n + 1}</a></li>"
            for n in sorted({0, 1, last - 1, last, page - 1, page, page + 1})
            if 0 <= n <= last
        )
        return f"<ul class='pagination'>{left}{numbers}{right}</ul>"
