"""无锡: /doc/YYYY/MM/DD/<id>.shtml; the standard entries of the home page are dead, 指南 and 年报 one address."""

from __future__ import annotations

from tests.portals.model import Article, Column
from tests.portals.styles.static import Static


class DocYmd(Static):
    name = "doc_ymd"
    suffix = "shtml"

    def column_path(self, column: Column, page: int = 0) -> str:
        folder = "/zfxxgk/" + "".join(f"{c.slug}/" for c in column.trail)
        return f"{folder}{f'index_{page}' if page else 'index'}.shtml"

    def article_path(self, column: Column, article: Article) -> str:
        return f"/doc/{article.published:%Y/%m/%d}/{article.number}.shtml"

    def panel(self) -> str:
        reports = self.site.column("reports")
        labels = ("政府信息公开指南", "政府信息公开制度", "法定主动公开内容")
        dead = "".join(f"<li><a href=''>{label}</a></li>" for label in labels)
        return (
            f"<div class='hide'><ul>{dead}<li>{self.link(reports, '政府信息<br> 公开指南')}</li>"
            f"<li>{self.link(reports, '政府信息<br> 公开年报')}</li></ul></div>"
        )

    def pager(self, column: Column, page: int) -> str:
        last = self.pages(column) - 1
        return f"{super().pager(column, page)}<span>共{last + 1}页</span>" if last else ""
