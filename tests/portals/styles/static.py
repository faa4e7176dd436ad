"""What the imitations of static systems share; a system says its addresses, rows, pager and front door."""

from __future__ import annotations

from html import escape
from typing import ClassVar

from tests.portals import menus, surroundings
from tests.portals.model import Article, Column, Site
from tests.portals.style import Style, cut


class Static(Style):
    """A site of plain files. No style itself: it has no name."""

    container: ClassVar[str] = "<div id='zoom'>{}</div>"
    wrap: ClassVar[str] = "<ul class='list'>{}</ul>"
    words: ClassVar[tuple[str, str, str, str]] = ("首页", "上一页", "下一页", "尾页")

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.slugs: dict[Column, str] = {}
        seen: dict[str, int] = {}
        for column in site.root.walk()[1:]:
            seen[column.slug] = seen.get(column.slug, 0) + 1
            self.slugs[column] = f"{column.slug}{seen[column.slug] if seen[column.slug] > 1 else ''}"

    def link(self, column: Column, label: str | None = None) -> str:
        """A link to a column as the navigation has it."""
        return f'<a href="{self.href(column)}">{label or column.name}</a>'

    def navigation(self) -> str:
        """The top of every page."""
        return (
            "<ul class='nav'>"
            + "".join(f"<li>{self.link(c)}</li>" for c in self.site.root.children)
            + "</ul>"
        )

    def panel(self) -> str:
        """What the home page offers of the disclosure platform."""
        links = "".join(f"<li>{self.link(c)}</li>" for c in self.site.column("disclosure").children)
        return f"<div class='tabcon' style='display:none'><ul>{links}</ul></div>"

    def head(self, title: str) -> str:
        """Inside the head element."""
        return f'<meta charset="utf-8"><title>{escape(title)}_{self.spec.place}人民政府</title>'

    def row(self, column: Column, article: Article) -> str:
        """A line of a list."""
        return (
            f'<li><a href="{self.article_path(column, article)}" title="{escape(article.title)}">'
            f"{escape(cut(article.title, 28))}</a><span>{article.published}</span></li>\n"
        )

    def pager(self, column: Column, page: int) -> str:
        """Links to the other pages of a list."""
        last = self.pages(column) - 1
        targets = (0, page - 1, page + 1, last)
        links = "".join(
            f'<a href="{self.column_path(column, number)}">{word}</a>'
            for word, number in zip(self.words, targets, strict=True)
            if 0 <= number <= last and number != page
        )
        return f"<div class='page'>{links}</div>" if last else ""

    def home(self) -> str:
        news = [c for c in self.site.root.walk() if c.parent and c.parent.slug == "xwzx"]
        blocks = "".join(
            f"<div class='box'><h3>{self.link(c)}</h3>"
            + self.wrap.format("".join(self.row(c, a) for a in c.articles[:6]))
            + "</div>"
            for c in news
        )
        return self.page("首页", blocks + self.panel())

    def listing(self, column: Column, page: int) -> str:
        rows = self.wrap.format("".join(self.row(column, a) for a in self.rows(column, page)))
        where = "&gt;".join(f'<a href="{url}">{name}</a>' for name, url in self.crumbs(column))
        body = (
            f"<div class='wz'>当前位置：{where}</div><div class='left'>{self.menu(column)}</div>"
            f"<div class='right'>{rows}{self.pager(column, page)}</div>"
        )
        return self.page(column.name, body)

    def menu(self, column: Column) -> str:
        """The sub-columns of a column, or its neighbours, as the specification's ``menu`` offers them."""
        parent = column if column.children else column.parent
        if parent is None:
            return ""
        if not any(c.role == "group" for c in parent.children):
            return menus.links(parent.children, self.link)
        match self.spec.menu:
            case "select":
                return menus.select(parent.children, self.href)
            case "select_link":
                return menus.select_link(parent.children, self.href)
            case "tabs" if not any(c.children for c in parent.children):
                return menus.tabs(parent.children, lambda c: "".join(self.row(c, a) for a in c.articles))
            case "tree":
                return menus.tree(parent, self.href)
            case "tree_file":
                return menus.tree_file(f"/tree/{parent.number}.json")
            case _:
                return menus.links(parent.children, self.link)

    def article(self, column: Column, article: Article, content: str) -> str:
        before, after = self.neighbours(column, article)
        near = "".join(
            f"<p>{word}：<a href='{self.article_path(column, a)}'>{escape(a.title)}</a></p>"
            for word, a in (("上一篇", before), ("下一篇", after))
            if a
        )
        tail = "".join(f"<p>{line}</p>" for line in surroundings.tail(self.spec))
        where = "&gt;".join(f'<a href="{url}">{name}</a>' for name, url in self.crumbs(column))
        body = (
            f"<div class='wz'>当前位置：{where}</div><h1>{escape(article.title)}</h1>"
            f"<div class='xx'>发布时间：{article.published}　来源：{article.source}　浏览次数：12</div>"
            f"{self.container.format(content)}{tail}{near}"
        )
        return self.page(article.title, body)

    def page(self, title: str, body: str) -> str:
        """A whole page around its middle."""
        links = "".join(f'<a href="{u}">{n}</a> ' for n, u in surroundings.friends(self.spec))
        foot = "".join(f"<p>{line}</p>" for line in surroundings.footer(self.spec))
        return (
            f"<!DOCTYPE html><html><head>{self.head(title)}</head><body>{self.navigation()}{body}"
            f"<div class='yq'>{links}</div><div class='foot'>{foot}</div></body></html>"
        )
