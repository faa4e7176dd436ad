"""Epoint: govInfoPub.html?categorynum=..., rows by a JSON POST to EWB-FRONT, at most twenty in an answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import parse_qs
from uuid import NAMESPACE_URL, uuid5

from tests.portals.model import Article, Column, Site
from tests.portals.style import Page, Request, cut
from tests.portals.styles.static import Static

_GUID = "7eb5f7f1-9041-43ad-8e13-8fcb82ea831a"
_LIMIT = 20


class Epoint(Static):
    name = "epoint"
    rows_only = True
    scripted = True
    container = "<div class='ewb-article-info' id='zoom'>{}</div>"

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._own = site.spec.seed % 2 == 0  # a site that changed the delivered guid states it in every page
        self._guid = str(uuid5(NAMESPACE_URL, site.spec.host)) if self._own else _GUID
        self._numbers: dict[Column, str] = {site.root: "001"}
        for column in site.root.walk()[1:]:
            above = column.parent.children if column.parent else []
            self._numbers[column] = (
                f"{self._numbers[column.parent or site.root]}{above.index(column) + 1:03d}"
            )
        self._by_number = {number: column for column, number in self._numbers.items()}

    def column_path(self, column: Column, page: int = 0) -> str:
        number = self._numbers[column]
        if self._posted(column):
            return f"/dynamic/zwgk/govInfoPub.html?categorynum={number}"
        return f"/{self.slugs[column]}/{number}/{f'{page + 1}' if page else 'subpage'}.html"

    def article_path(self, column: Column, article: Article) -> str:
        name = uuid5(NAMESPACE_URL, f"{self.spec.host}/{article.number}")
        return f"/zwgk/{self._numbers[column]}/{article.published:%Y%m%d}/{name}.html"

    def routes(self) -> dict[str, Callable[[], str]]:
        found = {path: draw for path, draw in super().routes().items() if "?" not in path}
        found["/js/webBuilderCommon.js"] = lambda: (
            f'var siteInfo = {{"projectName": "/EWB-FRONT", "siteGuid": "{self._guid}"}};'
        )
        return found

    def head(self, title: str) -> str:
        stated = f"<script>var siteInfo={{siteGuid:'{self._guid}'}};</script>" if self._own else ""
        return f'{super().head(title)}<script src="/js/webBuilderCommon.js"></script>{stated}'

    def listing(self, column: Column, page: int) -> str:
        if not self._posted(column):
            return super().listing(column, page)
        menu = "".join(f"<li class='ewb-tree-item'>{self.link(c)}</li>" for c in column.children)
        rows = (
            "<script id='tpl' type='text/template'><li><a href='{{infourl}}'>{{title}}</a></li></script>"
            "<ul class='ewb-info-items' id='infolist'></ul><div id='pager' class='m-pagination'></div>"
            "<script src='/dynamic/js/govInfoPub.js'></script>"
        )
        return self.page(column.name, f"<ul class='ewb-tree'>{menu}</ul>{rows}")

    def dynamic(self, request: Request) -> Page | None:
        if request.path == "/dynamic/zwgk/govInfoPub.html":
            column = self._by_number.get(parse_qs(request.query).get("categorynum", [""])[0])
            return Page(self.listing(column, 0).encode()) if column else None
        if not request.path.endswith("/EWB-FRONT/rest/lightfrontaction/getgovinfolist"):
            return None
        try:
            asked = json.loads(request.form)
            column = self._by_number[asked["categorynum"]]
            page, size = int(asked["pageIndex"]), min(int(asked["pageSize"]), _LIMIT)
        except (KeyError, ValueError):
            return Page(b'{"status":{"code":"500"}}', "application/json", 500)
        right = asked.get("siteGuid") == self._guid
        rows = [self._record(column, a) for a in column.articles[page * size : (page + 1) * size]]
        custom = {"total": len(column.articles) if right else 0, "data": rows if right else []}
        answer = {"custom": custom, "status": {"code": "200", "text": ""}}
        return Page(json.dumps(answer, ensure_ascii=False).encode(), "application/json")

    def _record(self, column: Column, article: Article) -> dict[str, str]:
        return {
            "infoid": f"{article.number}", "title": cut(article.title, 24), "realtitle": article.title,
            "infourl": self.article_path(column, article), "infodate": f"{article.published} 00:00:00",
            "categorynum": self._numbers[column], "deptname": article.source,
        }  # fmt: skip

    def _posted(self, column: Column) -> bool:
        return any(c.role == "disclosure" for c in column.trail) and column.role != "disclosure"
