"""gkmlpt, Guangdong's disclosure platform: shells with window._CONFIG, rows by /gkmlpt/api/all in JSON.

Page 0 of the API is page 1; the count includes articles that are never listed, and beyond the last page there
is nothing. On odd sites a category lists its own articles only and the entries are drawn by the script;
on even ones it lists those below it too and the entries are links.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from urllib.parse import parse_qs

from tests.portals.model import Article, Column, Site
from tests.portals.style import Page, Request
from tests.portals.styles.nfcms import Nfcms


class Gkmlpt(Nfcms):
    name = "gkmlpt"
    rows_only = True
    scripted = True

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.odd = site.spec.seed % 2 == 1
        self.size = 100
        self.sid = f"75{site.spec.seed:04d}"
        self.platform = site.column("disclosure")

    def within(self, column: Column) -> bool:
        """Whether a column is one of the platform's."""
        return self.platform in column.trail

    def pages(self, column: Column) -> int:
        return 1 if self.within(column) else super().pages(column)

    def column_path(self, column: Column, page: int = 0) -> str:
        if not self.within(column):
            return super().column_path(column, page)
        if column is self.platform:
            return "/gkmlpt/index"
        if column.role == "reports":
            return "/gkmlpt/annualReport"
        return f"/gkmlpt/policy/{column.number}"

    def article_path(self, column: Column, article: Article) -> str:
        if not self.within(column):
            return super().article_path(column, article)
        number = article.number
        return f"/gkmlpt/content/{number // 1_000_000}/{number // 1_000}/post_{number}.html"

    def listing(self, column: Column, page: int) -> str:
        return self._shell(column) if self.within(column) else super().listing(column, page)

    def _shell(self, column: Column) -> str:
        tree = json.dumps([self._node(c) for c in self.platform.children], ensure_ascii=False)
        entries = "".join(f"<li>{self.link(c)}</li>" for c in self.platform.children if not self.odd)
        config = f"window._CONFIG = {{ SITE_NAME: '{self.spec.place}', SID: '{self.sid}', TREE: {tree}, THEME: [] }};"
        body = f"<div id='app'></div><ul class='side'>{entries}</ul><script>{config}</script>"
        return self.page("政府信息公开", body + "<script src='/gkmlpt/gkml/pc/js/chunk-common.js'></script>")

    def _node(self, column: Column) -> dict[str, object]:
        return {
            "id": column.number, "name": column.name, "parent": 0, "jump_url": "", "post_count": len(column.articles),
            "children": [self._node(child) for child in column.children],
        }  # fmt: skip

    def dynamic(self, request: Request) -> Page | None:
        number = request.path.removeprefix("/gkmlpt/api/all/")
        column = next((c for c in self.platform.walk() if f"{c.number}" == number), None)
        asked = {key: values[0] for key, values in parse_qs(request.query).items()}
        if column is None or asked.get("sid") != self.sid:
            return None
        page = max(int(asked.get("page", "0")), 1)
        below = [column] if self.odd else column.walk()
        listed = [(c, article) for c in below for article in c.articles]
        rows = [self._article(*pair) for pair in listed[(page - 1) * self.size : page * self.size]]
        hidden = 40
        answer = {
            "classify": {"id": column.number, "name": column.name, "post_count": len(listed) + hidden},
            "articles": rows,
        }
        return Page(json.dumps(answer, ensure_ascii=not self.odd).encode(), "application/json")

    def _article(self, column: Column, article: Article) -> dict[str, object]:
        seconds = int(datetime.combine(article.published, time(2), UTC).timestamp())
        address = self.url(self.article_path(column, article))
        return {
            "id": article.number, "title": article.title, "publisher": article.source, "document_number": "",
            "date": seconds, "first_publish_time": seconds, "created_at": f"{article.published} 10:00:00",
            "url": address, "post_url": address, "attachment": [], "is_expired": 0,
        }  # fmt: skip
