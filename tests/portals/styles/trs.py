"""TRS WCM: static directories, index_N.html, createPageHTML, articles as ./YYYYMM/tYYYYMMDD_ID.html."""

from __future__ import annotations

from html import escape
from posixpath import relpath

from tests.portals import surroundings
from tests.portals.model import Article, Column, Site
from tests.portals.style import Style, cut

_EDITOR = ("TRS_Editor", "trs_editor_view TRS_UEDITOR trs_paper_default trs_web")


class Trs(Style):
    name = "trs"

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._slugs: dict[Column, str] = {}
        for column in site.root.walk()[1:]:
            opaque = column.parent is not None and column.parent.slug in ("bmxxgk", "xzxxgk")
            slug = f"auto{column.number % 100000}" if opaque else column.slug
            self._slugs[column] = slug + (f"_{column.number % 90000}" if column.number % 10 < 3 else "")

    def column_path(self, column: Column, page: int = 0) -> str:
        folder = "/" + "".join(f"{self._slugs[c]}/" for c in column.trail)
        return f"{folder}index_{page}.html" if page else folder

    def article_path(self, column: Column, article: Article) -> str:
        day = article.published
        return f"{self.column_path(column)}{day:%Y%m}/t{day:%Y%m%d}_{article.number}.html"

    def robots(self) -> str | None:
        return "User-agent: *\nDisallow: /was5/\nDisallow: /igs/\nDisallow: /iprs/\n"

    def home(self) -> str:
        columns = self.site.root.walk()[1:]
        news = [c for c in columns if c.articles and not c.role and c.parent and c.parent.slug == "xwzx"]
        blocks = "".join(
            f'<div class="box"><div class="tit"><a href=".{self.column_path(c)}">{c.name}</a></div><ul>'
            + "".join(self._row(c, a, "/") for a in c.articles[:7])
            + "</ul></div>"
            for c in news
        )
        panel = self.site.column("disclosure")
        links = "".join(
            f'<li><a href="{self.href(c)}">{self._split(c.name)}</a></li>' for c in panel.children
        )
        hidden = f'<div class="gk_tab hide" style="display:none"><h3>政府信息公开</h3><ul>{links}</ul></div>'
        return self._page("首页", "", f'<div class="main">{blocks}{hidden}</div>')

    def listing(self, column: Column, page: int) -> str:
        here = self.column_path(column)
        parent = column.parent if column.parent and column.parent.slug else column
        menu = "".join(
            f'<li><a href="{self._to(c, here)}">{self._split(c.name)}</a></li>' for c in parent.children
        )
        tabs = "".join(self._tab(child, here) for child in column.children)
        rows = "".join(self._row(column, a, here) for a in self.rows(column, page))
        pager = f'<script>createPageHTML({self.pages(column)}, {page}, "index", "html");</script>'
        body = (
            f"{self._where(column)}<div class='left'><ul class='subNav'>{menu}</ul></div><div class='right'>"
            f"{tabs}<ul class='list'>{rows}</ul><div class='page'>{pager}</div></div>"
        )
        return self._page(column.name, self._metas(column), body)

    def _tab(self, child: Column, here: str) -> str:
        more = f'<a class="more" href="{self._to(child, here)}">更多&gt;&gt;</a>'
        shown = child.articles[:5] if child.role != "report" else []
        rows = "".join(self._row(child, a, here) for a in shown)
        title = f'<a href="{self._to(child, here)}" title="{child.name}">{child.name}</a>'
        return f'<div class="tab"><h3>{title}{more}</h3><ul>{rows}</ul></div>'

    def _to(self, column: Column, here: str) -> str:
        address = self.href(column)
        return address if "://" in address else f"{relpath(address, here)}/"

    def _row(self, column: Column, article: Article, here: str) -> str:
        address = relpath(self.article_path(column, article), here)
        return (
            f'<li><span class="date">{article.published}</span><a href="./{address}" target="_blank" '
            f'title="{escape(article.title)}">{escape(cut(article.title, 26))}</a></li>\n'
        )

    def article(self, column: Column, article: Article, content: str) -> str:
        before, after = self.neighbours(column, article)
        links = "".join(
            f"<p>{word}：<a href='{self.article_path(column, a)}'>{escape(a.title)}</a></p>"
            for word, a in (("上一篇", before), ("下一篇", after))
            if a
        )
        tail = "".join(f"<div class='tool'>{line}</div>" for line in surroundings.tail(self.spec))
        body = (
            f"{self._where(column)}{self._table(column, article)}<div class='xl'><h1>"
            f"{escape(article.title)}</h1>"
            f"<div class='info'><span>发布时间：{article.published} 09:12</span><span>"
            f"来源：{article.source}</span>"
            "<span>【字体：<a>大</a> <a>中</a> <a>小</a>】</span><span>浏览次数：<em>318</em></span></div>"
            f'<div class="{_EDITOR[article.number % 2]}" id="zoom">{content}</div>{tail}'
            f"<div class='pn'>{links}</div></div>"
        )
        return self._page(article.title, self._metas(column, article), body)

    def _table(self, column: Column, article: Article) -> str:
        if column.parent is None or self.site.column("disclosure") not in column.trail:
            return ""
        cells = (
            ("索 引 号", f"{self.spec.code}/{article.published.year}-{article.number % 99999:05d}"),
            ("主题分类", "政务公开"), ("发布机构", article.source), ("成文日期", f"{article.published}"),
            ("发文字号", ""), ("有 效 性", "有效"),
        )  # fmt: skip
        rows = "".join(f"<td class='bt'>{k}：</td><td>{v}</td>" for k, v in cells)
        return f'<table class="zn" width="100%"><tr>{rows}</tr></table>'

    def _metas(self, column: Column, article: Article | None = None) -> str:
        pairs = [
            ("SiteName", f"{self.spec.place}人民政府"), ("SiteDomain", self.spec.host),
            ("SiteIDCode", surroundings.site_code(self.spec)), ("ColumnName", column.name),
            ("ColumnType", column.name),
        ]  # fmt: skip
        if article:
            pairs += [
                ("ArticleTitle", article.title), ("PubDate", f"{article.published} 09:12"),
                ("ContentSource", article.source), ("Keywords", ""),
            ]  # fmt: skip
        return "".join(f'<meta name="{k}" content="{escape(v)}">\n' for k, v in pairs)

    def _where(self, column: Column) -> str:
        links = "&gt;".join(f'<a href="{url}">{name}</a>' for name, url in self.crumbs(column))
        return f'<div class="position">当前位置：{links}</div>'

    def _split(self, name: str) -> str:
        return (
            name.replace("公开", "公开<br> ", 1)
            if name.startswith("政府信息公开") and len(name) > 6
            else name
        )

    def _page(self, title: str, metas: str, body: str) -> str:
        nav = "".join(
            f'<li><a href="{self.href(c)}">{c.name}</a><div class="sub"><dl>'
            + "".join(f'<dd><a href="{self.href(s)}">{s.name}</a></dd>' for s in c.children)
            + "</dl></div></li>"
            for c in self.site.root.children
        )
        friends = "".join(f'<option value="{u}">{n}</option>' for n, u in surroundings.friends(self.spec)[:3])
        friends += "".join(
            f'<a href="{u}" target="_blank">{n}</a>' for n, u in surroundings.friends(self.spec)[3:]
        )
        foot = "".join(f"<p>{line}</p>" for line in surroundings.footer(self.spec))
        return (
            '<!DOCTYPE html>\n<html><head><meta charset="UTF-8">\n<title>'
            f"{escape(title)}_{self.spec.place}人民政府"
            f'</title>\n{metas}<script src="/images/jquery.js"></script></head><body>\n<div class="top">'
            '<span>今天是2024年3月5日</span><a href="/wza/">无障碍浏览</a><a href="javascript:;">'
            "繁體版</a></div>"
            f'<!-- <li><a href="/old/zfxxgknb/;jsessionid=8A7F">政府信息公开年报（旧）</a></li> -->\n'
            f'<ul class="nav"><li><a href="/">首页</a></li>{nav}</ul>\n{body}\n<div class="links">'
            f"{friends}</div>"
            f'<div class="footer">{foot}</div></body></html>'
        )
