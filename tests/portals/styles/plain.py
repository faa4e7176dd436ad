"""A small county's hand-made site: gb2312 declared, table layout, image navigation, onclick links."""

from __future__ import annotations

from html import escape
from posixpath import relpath

from tests.portals import surroundings
from tests.portals.model import Article, Column, Site
from tests.portals.style import Style


class Plain(Style):
    name = "plain"
    charset = "gb18030"
    suffix = "htm"

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.per_page = 8
        seen: dict[str, int] = {}
        self._files: dict[Column, str] = {}
        for column in site.root.walk()[1:]:
            place = "xxgk/" if "zwgk" in [c.slug for c in column.trail] else "lm/"
            seen[column.slug] = seen.get(column.slug, 0) + 1
            suffix = f"{seen[column.slug]}" if seen[column.slug] > 1 else ""
            self._files[column] = f"/{place}{column.slug}{suffix}"

    def column_path(self, column: Column, page: int = 0) -> str:
        return f"{self._files[column]}_{page + 1}.htm" if page else f"{self._files[column]}.htm"

    def article_path(self, column: Column, article: Article) -> str:
        return f"/html/{article.published:%Y/%m%d}/{article.number % 1_000_000}.html"

    def home(self) -> str:
        news = self.site.root.children[1]
        blocks = "".join(
            f"<td valign=top><b>{c.name}</b><br><table>"
            + "".join(self._row(c, a, "/") for a in c.articles[:6])
            + "</table></td>"
            for c in news.children
        )
        quick = "".join(
            f'<a href="{self._to(c, "/")}">{c.name}</a>|' for c in self.site.root.children[3].children
        )
        return self._page("首页", "/", f"<table width=980><tr>{blocks}</tr></table>{quick}")

    def listing(self, column: Column, page: int) -> str:
        here = self.column_path(column, page)
        menu = "".join(self._entry(c, here) for c in column.children)
        rows = "".join(self._row(column, a, here) for a in self.rows(column, page))
        body = (
            f"{self._where(column, here)}<table width=980><tr><td width=200 valign=top><table>"
            f"{menu}</table></td>"
            f"<td valign=top><table width='100%'>{rows}</table>{self._pager(column, page, here)}</td>"
            "</tr></table>"
        )
        return self._page(column.name, here, body)

    def _entry(self, child: Column, here: str) -> str:
        address = self._to(child, here)
        label = "&nbsp;".join(child.name) if child.role == "reports" else self._spaced(child.name)
        if child.role == "group" and "镇" in child.name:
            return (
                f'<tr><td><a href="javascript:void(0)" onclick="window.location=\'{address}\'">{label}</a>'
                "</td></tr>"
            )
        return f'<tr><td>·<a href="{address}">{label}</a></td></tr>'

    def _row(self, column: Column, article: Article, here: str) -> str:
        address = relpath(self.article_path(column, article), here.rpartition("/")[0] or "/")
        return (
            f"<tr><td>·<a href=' {address} ' target=_blank>{escape(article.title)}</a></td>"
            f"<td width=90>[{article.published.year}"
            f"-{article.published.month}-{article.published.day}]</td></tr>"
        )

    def _pager(self, column: Column, page: int, here: str) -> str:
        last = self.pages(column) - 1
        if not last:
            return ""
        links = ""
        for word, target in (("首页", 0), ("上一页", page - 1), ("下一页", page + 1), ("尾页", last)):
            address = relpath(self.column_path(column, min(max(target, 0), last)), here.rpartition("/")[0])
            links += (
                f'<a href="{address}">{word}</a> ' if 0 <= target <= last and target != page else f"{word} "
            )
        return f"<div align=center>共{len(column.articles)}条 第{page + 1}/{last + 1}页 {links}</div>"

    def article(self, column: Column, article: Article, content: str) -> str:
        here = self.article_path(column, article)
        before, after = self.neighbours(column, article)
        folder = here.rpartition("/")[0]
        links = "".join(
            f"<div>{word}：<a href='{relpath(self.article_path(column, a), folder)}'>"
            f"{escape(a.title)}</a></div>"
            for word, a in (("上一条", before), ("下一条", after))
            if a
        )
        day = article.published
        tail = "".join(f"<div align=right>{line}</div>" for line in surroundings.tail(self.spec))
        body = (
            f"{self._where(column, here)}<table width=980><tr><td align=center><b><font size=4>"
            f"{escape(article.title)}</font></b></td></tr><tr><td align=center>"
            f"来源：{article.source}&nbsp;&nbsp;"
            f"发布时间：{day.year}年{day.month}月{day.day}日&nbsp;&nbsp;点击数：1024</td></tr>"
            f"<tr><td class=NewsContent>{content}</td></tr><tr><td>{tail}{links}</td></tr></table>"
        )
        return self._page(article.title, here, body)

    def _where(self, column: Column, here: str) -> str:
        links = " &gt;&gt; ".join(
            [f'<a href="{relpath("/index.htm", here.rpartition("/")[0])}">首页</a>']
            + [f'<a href="{self._to(c, here)}">{c.name}</a>' for c in column.trail]
        )
        return f"<div>您当前的位置：{links}</div>"

    def _to(self, column: Column, here: str) -> str:
        address = self.href(column)
        return address if "://" in address else relpath(address, here.rpartition("/")[0] or "/")

    def _spaced(self, name: str) -> str:
        return " ".join(name) if len(name) < 5 else name

    def _page(self, title: str, here: str, body: str) -> str:
        nav = "".join(
            f'<td><a href="{self._to(c, here)}">'
            f'<img src="/images/nav_{i}.gif" border=0 alt="{c.name}"></a></td>'
            for i, c in enumerate(self.site.root.children)
        )
        links = "".join(f'<a href="{u}">{n}</a>&nbsp;' for n, u in surroundings.friends(self.spec))
        foot = "<br>".join(surroundings.footer(self.spec))
        return (
            f"<html><head><title>{escape(title)}-{self.spec.place}人民政府网</title>"
            '<meta http-equiv="Content-Type" '
            'content="text/html; charset=gb2312"></head><body bgcolor=#ffffff><table width=980><tr>'
            f"{nav}</tr></table>"
            f"<marquee>欢迎访问{self.spec.place}人民政府网站</marquee>{body}<div>友情链接：{links}</div>"
            f"<div align=center>{foot}</div></body></html>"
        )
