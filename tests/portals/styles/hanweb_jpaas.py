"""Hanweb jpaas: every list is a unit that the page's script asks for; the navigation's units stand before it.

On odd sites the interface knows pageNo and rows instead of paramJson. Labels are broken by <br>, the columns of
the disclosure platform have opaque addresses, the rest are directories.
"""

from __future__ import annotations

import json
from hashlib import md5
from urllib.parse import parse_qs

from tests.portals.model import Article, Column, Site
from tests.portals.style import Page, Request
from tests.portals.styles.static import Static

_UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"


class HanwebJpaas(Static):
    name = "hanweb_jpaas"
    scripted = True
    container = "<div class='wzzw-article' id='zoom'>{}</div>"

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.webid = f"{3000 + site.spec.seed}"
        self.tag = ("分页列表", "右侧内容", "当前栏目list")[site.spec.seed % 3]
        self._by_page = {self._hex(c.number)[:21]: c for c in site.root.walk()[1:]}

    def pages(self, column: Column) -> int:
        return 1

    def column_path(self, column: Column, page: int = 0) -> str:
        if column.role in {"reports", "group"}:
            return f"/col/col{column.number}/index.html"
        return "/" + "".join(f"{self.slugs[c]}/" for c in column.trail) + "index.html"

    def article_path(self, column: Column, article: Article) -> str:
        folder = self.column_path(column).removesuffix("/index.html")
        return f"{folder}/art/{article.published.year}/art_{self._hex(article.number)}.html"

    def panel(self) -> str:
        hall = next(c for c in self.site.root.children if c.slug == "zwgk")
        links = "".join(f"<a href='{self.href(c)}'>{c.name[:4]}<br>{c.name[4:]}</a>" for c in hall.children)
        return f"<div class='mega' style='display:none'>{links}</div>"

    def listing(self, column: Column, page: int) -> str:
        menu = "".join(f"<li>{self.link(c)}</li>" for c in column.children)
        units = "".join(self._unit(column, tag) for tag in ("导航栏目列表", "当前位置", self.tag))
        return self.page(
            column.name, f"<div class='left'><ul>{menu}</ul></div><div class='main'>{units}</div>"
        )

    def _unit(self, column: Column, tag: str) -> str:
        said = {
            "webId": self.webid, "pageId": self._hex(column.number)[:21], "parseType": "bulidstatic",
            "pageType": "column", "tagId": tag, "tplSetId": self._hex(self.spec.seed)[:21],
        }  # fmt: skip
        data = "{" + ",".join(f"'{key}':'{value}'" for key, value in said.items()) + "}"
        return f'<div class="unit"><script src="/js/AuthorizedRead/unitbuild.js" url="{_UNIT}" queryData="{data}"></script></div>'

    def dynamic(self, request: Request) -> Page | None:
        if request.path != _UNIT:
            return None
        asked = {key: values[0] for key, values in parse_qs(request.query).items()}
        column = self._by_page.get(asked.get("pageId", ""))
        if column is None or asked.get("webId") != self.webid:
            return Page(b'{"success":false,"data":null}', "application/json")
        other = self.spec.seed % 2 == 1
        if other and "paramJson" in asked:
            return Page(b'{"success":false,"message":"bad request"}', "application/json", 400)
        paged = asked if other else json.loads(asked.get("paramJson", "{}"))
        size = self.per_page
        number = int(paged.get("pageNo", 1))
        rows = column.articles[(number - 1) * size : number * size] if asked.get("tagId") == self.tag else []
        lines = "".join(self.row(column, article) for article in rows)
        markup = (
            f"<div class='page-content'><ul>{lines}</ul></div>"
            f'<div class="pagination" rows="{size}" count="{len(column.articles)}" nowpage="{number}"></div>'
        )
        text = json.dumps({"success": True, "code": "200", "data": {"html": markup}}, ensure_ascii=False)
        return Page(text.encode(), "application/json")

    def _hex(self, number: int) -> str:
        return md5(f"{self.spec.host}/{number}".encode()).hexdigest()
