"""TrueCMS: /site/column/column.html, thirty records hidden in the page, the others as JSONP by thirty."""

from __future__ import annotations

import json
from html import escape
from urllib.parse import parse_qs
from uuid import NAMESPACE_URL, uuid5

from tests.portals.model import Article, Column, Site
from tests.portals.style import Page, Request
from tests.portals.styles.static import Static

_PER_PAGE, _GROUP, _LIMIT = 10, 3, 50
_ENDPOINT = "/truecms/messageController/getMessage.do"


class TrueCms(Static):
    name = "truecms"
    scripted = True

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._dead = site.spec.seed % 2 == 0  # no endpoint any more; the page holds twice as much
        self._by_uuid = {self._uuid(c.number): c for c in site.root.walk()[1:]}

    def column_path(self, column: Column, page: int = 0) -> str:
        return f"/{self.spec.key}/{self.slugs[column]}/{self.slugs[column]}.html"

    def article_path(self, column: Column, article: Article) -> str:
        return f"/{self.spec.key}/{self.slugs[column]}/content/{self._uuid(article.number)}.html"

    def pages(self, column: Column) -> int:
        return 1

    def rows(self, column: Column, page: int) -> list[Article]:
        return column.articles[: _PER_PAGE * _GROUP * (2 if self._dead else 1)]

    def row(self, column: Column, article: Article) -> str:
        title = escape(article.title)
        return (
            f'<li><a href="{self.article_path(column, article)}" title="{title}">'
            f'<span class="list-text" title="{title}">{title}</span></a><span>{article.published}</span></li>'
        )

    def listing(self, column: Column, page: int) -> str:
        menu = "".join(f"<li>{self.link(c)}</li>" for c in (column.children or [column]))
        rows = "".join(self.row(column, a) for a in self.rows(column, 0))
        data = (
            f"<div id='initData' style='display:none'><totalrecord>{len(column.articles)}</totalrecord>"
            f"<ul class='list-ul'>{rows}</ul></div><div id='message'></div>"
        )
        script = (
            f"<script>$('#message').jpage({{columnId:'{self._uuid(column.number)}',proxyUrl:'{_ENDPOINT}',"
            f"perPage:{_PER_PAGE},groupSize:{_GROUP},contentTemplate:''}});</script>"
        )
        return self.page(column.name, f"<ul class='left'>{menu}</ul>{data}{script}")

    def dynamic(self, request: Request) -> Page | None:
        if request.path != _ENDPOINT or self._dead:
            return None
        asked = {key: value[0] for key, value in parse_qs(request.query).items()}
        try:
            column = self._by_uuid[asked["columnId"]]
            first, last = int(asked["startrecord"]), int(asked["endrecord"])
        except (KeyError, ValueError):
            return Page(b"", "text/html", 404)
        rows = column.articles[first - 1 : last] if last - first < _LIMIT else []
        records = "".join(f"<record><![CDATA[{self.row(column, a)}]]></record>" for a in rows)
        xml = (
            f"<datastore><totalrecord>{len(column.articles)}</totalrecord>"
            f"<recordset>{records}</recordset></datastore>"
        )
        answer = json.dumps({"success": True, "result": xml}, ensure_ascii=False)
        return Page(f"{asked.get('callback', 'callback')}({answer})".encode(), "application/javascript")

    def _uuid(self, number: int) -> str:
        return str(uuid5(NAMESPACE_URL, f"{self.spec.host}/{number}"))
