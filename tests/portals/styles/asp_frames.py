"""Old ASP: a frameset for a home page, list.asp?bid=3&sid=12&page=2 and show.asp?id=, tables, gb2312."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tests.portals import surroundings
from tests.portals.model import Article, Column
from tests.portals.styles.asked import Asked


class AspFrames(Asked):
    name = "asp_frames"
    charset = "gb18030"
    suffix = "asp"
    list_path = "/list.asp"
    key = "sid"
    container = "<font id=fontzoom>{}</font>"
    wrap = "<table width='98%' border=0>{}</table>"

    def column_path(self, column: Column, page: int = 0) -> str:
        top = self.ids[column.trail[0]]
        return f"/list.asp?bid={top}&sid={self.ids[column]}" + (f"&page={page + 1}" if page else "")

    def article_path(self, column: Column, article: Article) -> str:
        return f"/show.asp?id={article.number % 1_000_000}"

    def routes(self) -> dict[str, Callable[[], str]]:
        frames = {"/top.asp": self._top, "/left.asp": self._left, "/main.asp": super().home}
        return {**super().routes(), **frames}

    def home(self) -> str:
        return (
            f"<html><head><meta http-equiv=Content-Type content='text/html; charset=gb2312'><title>{self.spec.place}"
            "人民政府</title></head><frameset rows='150,*' border=0><frame src='top.asp' name=top noresize>"
            "<frameset cols='190,*'><frame src='left.asp' name=left><frame src='main.asp' name=main></frameset>"
            "<noframes><body>您的浏览器不支持框架</body></noframes></frameset></html>"
        )

    def head(self, title: str) -> str:
        return (
            f"<title>{escape(title)}</title><meta http-equiv=Content-Type content='text/html; charset=gb2312'>"
            "<link href=css.css rel=stylesheet>"
        )

    def navigation(self) -> str:
        return ""

    def panel(self) -> str:
        return ""

    def _top(self) -> str:
        cells = "".join(
            f"<td><a href={self.href(c)[1:]} target=main><img src=images/t{n}.gif border=0></a></td>"
            for n, c in enumerate(self.site.root.children)
        )
        return f"<html><head>{self.head('top')}</head><body><img src=images/banner.jpg><table><tr>{cells}</tr></table></body></html>"

    def _left(self) -> str:
        lines = "".join(
            f"<tr><td background=images/bg.gif><b>{c.name}</b></td></tr>"
            + "".join(
                f"<tr><td>&nbsp;<img src=images/j.gif>&nbsp;<a href={self.href(s)[1:]} target=main>{s.name}</a></td></tr>"
                for s in c.children
            )
            for c in self.site.root.children
        )
        return f"<html><head>{self.head('left')}</head><body><table width=170>{lines}</table></body></html>"

    def link(self, column: Column, label: str | None = None) -> str:
        return f"<a href={self.href(column).lstrip('/')}>{label or column.name}</a>"

    def row(self, column: Column, article: Article) -> str:
        full, day = article.title, article.published
        short = full if len(full) <= 22 else f"{full[:21]}..."
        return (
            f"<tr><td><img src=images/dot.gif>&nbsp;<a href={self.article_path(column, article)[1:]} target=_blank "
            f'title="{escape(full)}">{escape(short)}</a>&nbsp;<font color=#999999>({day.year}-{day.month}-{day.day})'
            "</font></td></tr>\n"
        )

    def pager(self, column: Column, page: int) -> str:
        last = self.pages(column) - 1
        if not last:
            return ""
        own = f"list.asp?bid={self.ids[column.trail[0]]}&sid={self.ids[column]}"
        words = " ".join(
            f"<a href={own}&page={n + 1}>[{word}]</a>" if 0 <= n <= last and n != page else f"[{word}]"
            for word, n in (("首页", 0), ("上页", page - 1), ("下页", page + 1), ("尾页", last))
        )
        options = "".join(f"<option value={n + 1}>{n + 1}</option>" for n in range(last + 1))
        return (
            f"<p align=center>共 {len(column.articles)} 条 第 {page + 1} 页/共 {last + 1} 页 {words} 转到 <select "
            f"onchange=\"location='{own}&page='+this.value\">{options}</select></p>"
        )

    def page(self, title: str, body: str) -> str:
        foot = "<br>".join(surroundings.footer(self.spec))
        return f"<html><head>{self.head(title)}</head><body>{body}<center>{foot}</center></body></html>"
