"""UCAP: /<site>/cN/list.shtml with createPageHTML('page_div', ..), on other sites rows by /common/search JSON.

The front page is a script that sends browsers on. Static lists claim a page more than there is; the JSON answers
any number beyond the last page with the last one.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import md5
from urllib.parse import parse_qs

from tests.portals.model import Article, Column, Site
from tests.portals.style import Page, Request
from tests.portals.styles.static import Static

_FILES = ("list", "common_list", "zfxxgk_list", "xxgk_list")


class Ucap(Static):
    name = "ucap"
    suffix = "shtml"
    scripted = True
    container = "<div id='zoomcon'><UCAPCONTENT>{}</UCAPCONTENT></div>"

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.place = f"{site.spec.key}rmzf"
        self.search = site.spec.seed % 2 == 1
        self.channels = {self._hex(c.number): c for c in site.root.walk()[1:]}

    def column_path(self, column: Column, page: int = 0) -> str:
        file = _FILES[column.number % 4] + (f"_{page + 1}" if page else "")
        return f"/{self.place}/c{column.number % 1_000_000}/{file}.shtml"

    def article_path(self, column: Column, article: Article) -> str:
        day = article.published
        name = f"c01_{article.number}" if day.year > 2022 else self._hex(article.number)
        return f"/{self.place}/c{column.number % 1_000_000}/{day:%Y%m}/{name}.shtml"

    def routes(self) -> dict[str, Callable[[], str]]:
        found = super().routes()
        found["/"] = lambda: f"<script>window.location='/{self.place}/index.shtml'</script>"
        found[f"/{self.place}/index.shtml"] = self.home
        return found

    def by_search(self, column: Column) -> bool:
        """Whether a column's rows come from the search."""
        return self.search and self.site.column("reports") in column.trail

    def pages(self, column: Column) -> int:
        return 1 if self.by_search(column) else super().pages(column)

    def navigation(self) -> str:
        panels = "".join(
            f"<li>{self.link(c)}<div class='sub dn'>{''.join(self.link(s) for s in c.children)}</div></li>"
            for c in self.site.root.children
        )
        return f"<div class='nav'><ul>{panels}</ul></div>"

    def panel(self) -> str:
        return (
            "<div class='zk'><a href='javascript:void(0)'>政府信息公开专栏</a><a href=''>公开指南</a></div>"
        )

    def rows(self, column: Column, page: int) -> list[Article]:
        return [] if self.by_search(column) else super().rows(column, page)

    def pager(self, column: Column, page: int) -> str:
        if self.by_search(column):
            address = f"/common/search/{self._hex(column.number)}"
            return (
                "<ul id='list_div'></ul><div id='page_div'></div><script>function load(p){$.get("
                f"'{address}?page='+p+'&_pageSize={self.per_page}&_isAgg=true&_isJson=true&_template=index',draw)}}"
                "load(1);</script>"
            )
        file = self.column_path(column).rpartition("/")[2].removesuffix(".shtml")
        pages = self.pages(column) + (1 if self.pages(column) > 2 else 0)
        return (
            "<div id='page_div'></div><script>createPageHTML('page_div',"
            f"{pages}, {page + 1},'{file}','shtml',{len(column.articles)});</script>"
        )

    def dynamic(self, request: Request) -> Page | None:
        column = self.channels.get(request.path.removeprefix("/common/search/"))
        if column is None or not request.path.startswith("/common/search/"):
            return None
        asked = {key: values[0] for key, values in parse_qs(request.query).items()}
        if asked.get("_isJson") != "true":
            return Page(b"<html></html>")
        size, last = self.per_page, max(1, -(-len(column.articles) // self.per_page))
        page = min(int(asked.get("page", "1")), last)
        rows = column.articles[(page - 1) * size : page * size]
        data = {
            "total": len(column.articles) + size, "page": page, "rows": size,
            "results": [self._result(column, article) for article in rows],
        }  # fmt: skip
        answer = {"code": 200, "data": data}
        return Page(json.dumps(answer, ensure_ascii=False).encode(), "application/json")

    def _result(self, column: Column, article: Article) -> dict[str, object]:
        return {
            "title": article.title.replace("公开", "<em>公开</em>", 1),
            "url": self.article_path(column, article),
            "content": "……",
            "publishedTimeStr": f"{article.published} 10:20:00",
            "domainMetaList": [{"resultList": [{"key": "source", "value": article.source}]}],
        }

    def _hex(self, number: int) -> str:
        return md5(f"{self.spec.host}/{number}".encode()).hexdigest()
