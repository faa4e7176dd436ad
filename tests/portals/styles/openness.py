"""Openness: showList/<organ>/<category>/page_N.html; annual reports by organ and year, older years in a select."""

from __future__ import annotations

from html import escape

from tests.portals.model import Article, Column, Site
from tests.portals.styles.static import Static


class Openness(Static):
    name = "openness"
    scripted = True
    container = "<div class='content' id='fontzoom'>{}</div>"

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._organs = {body.slug: 341 + 3 * order for order, body in enumerate(site.bodies)}

    def column_path(self, column: Column, page: int = 0) -> str:
        if self.site.column("nav") not in column.trail:
            return f"/News/showList/{column.number % 10_000}/page_{page + 1}.html"
        organ = self._organs[column.slug] if self._by_body(column) else 340
        return f"/OpennessContent/showList/{organ}/{column.number}/page_{page + 1}.html"

    def article_path(self, column: Column, article: Article) -> str:
        if article.report:
            organ = self._organs[article.report.body.slug]
            return f"/OpennessAnnualReport/year/show/{organ}/{article.report.year}.html"
        kind = "OpennessContent" if self.site.column("nav") in column.trail else "News"
        return f"/{kind}/show/{article.number}.html"

    def pages(self, column: Column) -> int:
        return 1 if self._by_body(column) else super().pages(column)

    def rows(self, column: Column, page: int) -> list[Article]:
        if not self._by_body(column):
            return super().rows(column, page)
        recent = [a for a in column.articles if a.report][:3]
        return [*recent, *(a for a in column.articles if not a.report)]

    def row(self, column: Column, article: Article) -> str:
        if not (self._by_body(column) and article.report):
            return super().row(column, article)
        address = self.article_path(column, article)
        return f"<li class='year'><a href='{address}'>{article.report.year}年</a></li>"

    def pager(self, column: Column, page: int) -> str:
        if not self._by_body(column):
            last = self.pages(column)
            near = "".join(
                f"<a href='{self.column_path(column, n)}'>{n + 1}</a>"
                for n in range(page, min(last, page + 3))
            )
            ends = f"<a href='{self.column_path(column, last - 1)}'>末页</a> 共{last}页"
            return f"<div class='pager'>{near}{ends}</div>" if last > 1 else ""
        older = "".join(
            f"<option value='{a.report.year}'>{escape(str(a.report.year))}年</option>"
            for a in [a for a in column.articles if a.report][3:]
            if a.report
        )
        script = (
            "<script>function go(y){location.href='/OpennessAnnualReport/year/show/"
            f"{self._organs[column.slug]}/'+y+'.html';}}</script>"
        )
        return f"<select onchange='go(this.value)'><option value=''>更多年份</option>{older}</select>{script}"

    def _by_body(self, column: Column) -> bool:
        return column.role == "group" and column.slug in self._organs
