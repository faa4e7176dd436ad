"""Anhui: /public/column/<organ>?catId=..., rows from /site/label/8888, in half of the columns only from there."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from urllib.parse import parse_qs

from tests.portals.model import Article, Column, Site
from tests.portals.style import Page, Request
from tests.portals.styles.static import Static

_FILE = "/c2/xxgk/publicInfoList_newest2020"


class Lonsun(Static):
    name = "lonsun"
    scripted = True

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.site_id = 6_793_000 + site.spec.seed
        self._organs = {body.slug: 6601 + order for order, body in enumerate(site.bodies)}
        self._lists = {
            (self._organ(c), self._category(c)): c for c in site.root.walk()[1:] if self._public(c)
        }

    def column_path(self, column: Column, page: int = 0) -> str:
        if not self._public(column):
            return f"/{self.slugs[column]}/index{f'_{page + 1}' if page else ''}.html"
        further = f"&pageIndex={page + 1}" if page else ""
        return (
            f"/public/column/{self._organ(column)}?type=4&catId={self._category(column)}&action=list{further}"
        )

    def article_path(self, column: Column, article: Article) -> str:
        if not self._public(column):
            return f"/{self.slugs[column]}/{article.number}.html"
        return f"/public/{self._organ(column)}/{article.number}.html"

    def routes(self) -> dict[str, Callable[[], str]]:
        return {path: draw for path, draw in super().routes().items() if "?" not in path}

    def head(self, title: str) -> str:
        return f'{super().head(title)}<meta name="SiteId" content="{self.site_id}">'

    def listing(self, column: Column, page: int) -> str:
        if not self._public(column):
            return super().listing(column, page)
        return self._column(column, page, inline=column.number % 2 == 0)

    def _column(self, column: Column, page: int, *, inline: bool) -> str:
        shown = self._rows(column, page) if inline else "<div class='loading'>正在加载...</div>"
        count = f"pageCount:{self.pages(column)}," if inline else ""
        fields = (
            f"siteId:'{self.site_id}',pageSize:{self.per_page},pageIndex:1,action:'list',isDate:true,"
            f"dateFormat:'yyyy-MM-dd',length:80,organId:'{self._organ(column)}',type:4,"
            f"catId:'{self._category(column)}',cId:'',result:'暂无相关信息',file:'{_FILE}'"
        )
        script = (
            "<script>$(function(){var url='/site/label/8888';$.get(url,{IsAjax:1,dataType:'html',"
            f"labelName:'publicInfoList',{fields}}},show);$('#page').pagination({{{count}callback:go}});}});</script>"
        )
        menu = "".join(f"<li>{self.link(c)}</li>" for c in column.children)
        body = (
            f"<div class='xxgk_nav'><ul>{menu}</ul></div><div class='xxgk_nav_con'>{shown}</div>"
            f"<div id='page'></div>{script}"
        )
        return self.page(column.name, body)

    def dynamic(self, request: Request) -> Page | None:
        asked = {key: value[0] for key, value in parse_qs(f"{request.query}&{request.form}").items()}
        number = int(asked.get("pageIndex", "1")) - 1
        if request.path.startswith("/public/column/"):
            column = self._lists.get((int(request.path.rpartition("/")[2]), int(asked.get("catId", "0"))))
            inline = "pageIndex" in asked or (column is not None and column.number % 2 == 0)
            return Page(self._column(column, number, inline=inline).encode()) if column else None
        if self.site.spec.seed % 2 == 0:
            return None  # the label is dead, the column takes pageIndex
        if request.path != "/site/label/8888" or asked.get("file") != _FILE:
            return None
        if asked.get("labelName") != "publicInfoList" or asked.get("siteId") != str(self.site_id):
            return Page("<p>暂无相关信息</p>".encode())
        column = self._lists.get((int(asked["organId"]), int(asked["catId"])))
        if column is None or not self.rows(column, number):
            return Page("<p>暂无相关信息</p>".encode())
        pages = f"<script>var opts={{pageCount: {self.pages(column)} || 0,pageIndex: {number + 1} || 1}};</script>"
        return Page(f"{self._rows(column, number)}{pages}".encode())

    def pager(self, column: Column, page: int) -> str:
        return "" if self._public(column) else super().pager(column, page)

    def _rows(self, column: Column, page: int) -> str:
        rows = "".join(
            f"<li><a class='title' href='{self.url(self.article_path(column, a))}' title='{escape(a.title)}'>"
            f"{escape(a.title)}</a><span class='date'>{a.published}</span></li>"
            for a in self.rows(column, page)
        )
        return f"<ul class='clearfix xxgk_nav_list'>{rows}</ul>"

    def _public(self, column: Column) -> bool:
        return any(c.role == "disclosure" for c in column.trail)

    def _body(self, column: Column) -> bool:
        return column.role == "group" and column.slug in self._organs

    def _organ(self, column: Column) -> int:
        return self._organs[column.slug] if self._body(column) else 6600

    def _category(self, column: Column) -> int:
        whole = column.parent is not None and self._body(column)
        return column.parent.number if whole and column.parent else column.number
