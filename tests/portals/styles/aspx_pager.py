"""ASP.NET: ArticleList.aspx?ClassID=668, upper-case tags, no charset declared, a pager of postbacks and links."""

from __future__ import annotations

from html import escape

from tests.portals.model import Article, Column
from tests.portals.styles.asked import Asked

_STATE = "/wEPDwUKLTk2NDc4NDQ4Ng9kFgICAw9kFgQCAQ8WAh4LXyFJdGVtQ291bnQCDxYeZg9kFgJmDxUE"


class AspxPager(Asked):
    name = "aspx_pager"
    charset = "gb18030"
    suffix = "aspx"
    list_path = "/ArticleList.aspx"
    key = "ClassID"
    page_key = "Page"
    container = "<DIV id=ctl00_Content_lblContent>{}</DIV>"
    wrap = "<TABLE width=100% border=0 cellspacing=0>{}</TABLE>"

    def column_path(self, column: Column, page: int = 0) -> str:
        more = f"&Page={page + 1}" if page else ""
        return f"/ArticleList.aspx?ClassID={self.ids[column]}{more}"

    def article_path(self, column: Column, article: Article) -> str:
        return f"/ArticleShow.aspx?ArticleID={article.number % 1_000_000}"

    def head(self, title: str) -> str:
        return (
            f"<TITLE>{escape(title)} - {self.spec.place}人民政府</TITLE><SCRIPT>if(document.charset=='gb2312')"
            "window.location.reload();function __doPostBack(t,a){var f=document.forms[0];f.__EVENTTARGET.value=t;"
            "f.__EVENTARGUMENT.value=a;f.submit();}</SCRIPT>"
        )

    def navigation(self) -> str:
        cells = "".join(
            f'<TD><A href="{self.href(c)[1:]}"><IMG src="images/nav{self.ids[c]}.jpg" border=0 alt="{c.name}"></A></TD>'
            for c in self.site.root.children
        )
        return f"<BODY><TABLE><TR>{cells}</TR></TABLE>"

    def row(self, column: Column, article: Article) -> str:
        full = article.title
        short = full if len(full) <= 20 else f"{full[:20]}..."
        day = article.published
        return (
            f"<TR><TD width=16><IMG src=images/dot.gif></TD><TD><A href='{self.article_path(column, article)[1:]}' "
            f"target=_blank title='{escape(full)}'>{escape(short)}</A></TD>"
            f"<TD width=90>[{day.year}-{day.month}-{day.day}]</TD></TR>\n"
        )

    def pager(self, column: Column, page: int) -> str:
        last = self.pages(column) - 1
        if not last:
            return ""
        numbers = "".join(
            f"<B>{n + 1}</B>&nbsp;"
            if n == page
            else f"<A href='ArticleList.aspx?Page={n + 1}&ClassID={self.ids[column]}'>[{n + 1}]</A>&nbsp;"
            for n in range(page // 10 * 10, min(last, page // 10 * 10 + 9) + 1)
        )
        more = "..." if page // 10 < last // 10 else ""
        if more:
            target = page // 10 * 10 + 11
            more = f"<A href='ArticleList.aspx?Page={target}&ClassID={self.ids[column]}'>...</A>"
        words = "".join(
            f"<A href=\"javascript:__doPostBack('AspNetPager1','{n + 1}')\">{word}</A>&nbsp;"
            for word, n in (("首页", 0), ("上一页", page - 1), ("下一页", page + 1), ("尾页", last))
            if 0 <= n <= last and n != page
        )
        return (
            f"<FORM method=post action='ArticleList.aspx?ClassID={self.ids[column]}'><INPUT type=hidden "
            f"name=__VIEWSTATE value='{_STATE}'><INPUT type=hidden name=__EVENTTARGET><INPUT type=hidden "
            f"name=__EVENTARGUMENT><DIV id=AspNetPager1>共{len(column.articles)}条记录&nbsp;第{page + 1}/{last + 1}页&nbsp;"
            f"{words}{numbers}{more}</DIV></FORM>"
        )
