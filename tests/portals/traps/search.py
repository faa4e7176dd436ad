"""The site's own search: a form on every page, and what it answers; ``search=`` was5, jrobot or plain."""

from __future__ import annotations

from html import escape
from urllib.parse import parse_qs, quote

from tests.portals.fold import folded
from tests.portals.model import Article
from tests.portals.style import Page, Request
from tests.portals.traps import Answer, PageTrap, insert
from tests.portals.world import Portal

_SIZE = 10
_FORMS = {
    "was5": (
        "<form name='search' action='/was5/web/search' method='get' target='_blank'>"
        "<input type='hidden' name='channelid' value='229105'><input type='text' name='searchword'>"
        "<input type='submit' value='搜索'></form>"
    ),
    "jrobot": (
        "<form action='/jrobotfront/search.do' id='souform'><input type='hidden' name='webid' value='62'>"
        "<input type='hidden' name='tpl' value='2'><input name='q' placeholder='请输入关键字'>"
        "<button type='submit'></button></form>"
    ),
    "plain": (
        "<form action='/search' method='get'><input name='searchWord' value=''>"
        "<input type='image' src='/images/so.gif'></form>"
    ),
}
_ADDRESS = {
    "was5": ("/was5/web/search", "searchword", "page", "channelid=229105&"),
    "jrobot": ("/jrobotfront/search.do", "q", "p", "webid=62&tpl=2&"),
    "plain": ("/search", "searchWord", "pageNo", ""),
}


class Search(PageTrap):
    """Finds articles by the pairs of characters that title and query share, best first."""

    name = "search"

    def __init__(self, value: str = "") -> None:
        super().__init__(value or "plain")

    def answer(self, request: Request, behind: Answer, site: Portal) -> Page:
        # a form without accept-charset sends its words as its page is encoded
        fields = parse_qs(request.query, encoding=site.style.charset, errors="replace")
        asked = {key: values[0] for key, values in fields.items()}
        path, word, page, _ = _ADDRESS[self.value]
        if request.path == path:
            return self._results(asked.get(word, ""), asked.get(page, "1"), site)
        if self.value == "jrobot" and request.path == "/jrobotfront/visit/link.do":
            return Page(b"", "text/html", 302, headers={"Location": asked.get("url", "/")})
        return super().answer(request, behind, site)

    def change(self, text: str, request: Request, site: Portal) -> str:
        return insert(text, f"<div class='ss'>{_FORMS[self.value]}</div>")

    def _results(self, query: str, page: str, site: Portal) -> Page:
        found = _matches(query, site)
        number = max(1, int(page)) if page.isdecimal() else 1
        shown = found[(number - 1) * _SIZE : number * _SIZE]
        rows = "".join(self._row(url, article, query) for url, article in shown)
        last = max(1, -(-len(found) // _SIZE))
        links = "".join(
            f"<a href='{escape(self._address(query, to, site.style.charset))}'>{label}</a>"
            for label, to in (("上一页", number - 1), ("下一页", number + 1), ("尾页", last))
            if 1 <= to <= last and to != number
        )
        words = f"<p>找到约<em>{len(found)}</em>条与“{escape(query)}”相关的结果</p>"
        body = f"{words}<div class='result'>{rows}</div><div class='page'>{links}</div>"
        text = f"<html><head><meta charset='utf-8'><title>搜索结果</title></head><body>{body}</body></html>"
        return Page(text.encode())

    def _row(self, url: str, article: Article, query: str) -> str:
        if self.value == "jrobot":
            url = f"visit/link.do?url={quote(url, safe='')}&q={quote(query)}&webid=62"
        title = escape(article.title).replace("政府信息公开", "<font color='red'>政府信息公开</font>")
        intro = f"<p>{article.source}，{article.published.year}年……</p>"
        return f"<dl><dt><a href='{escape(url)}' target='_blank'>{title}</a></dt><dd>{intro}{article.published}</dd></dl>"

    def _address(self, query: str, page: int, charset: str) -> str:
        path, word, number, rest = _ADDRESS[self.value]
        return f"{path}?{rest}{word}={quote(query, encoding=charset)}&{number}={page}"


def _matches(query: str, site: Portal) -> list[tuple[str, Article]]:
    wanted = _pairs(query)
    scored = []
    for url, (_, article) in site.places.items():
        share = len(wanted & _pairs(article.title)) / len(wanted) if wanted else 0
        if share >= 0.5:
            scored.append((-round(share, 1), -article.published.toordinal(), url, article))
    return [(url, article) for _, _, url, article in sorted(scored, key=lambda row: row[:3])]


def _pairs(text: str) -> set[str]:
    plain = folded(text)
    return {plain[n : n + 2] for n in range(len(plain) - 1)}
