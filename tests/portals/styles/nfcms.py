"""NFCMS, Guangdong: absolute addresses, index_2.html, content/post_N.html with mobile twins mpost_N.html.

The navigation is images; the pager shows the pages around and the last one; the home page's block of new
articles and the newest three beside every long list have the mobile twins; a link to the platform beside the
column leads to a shell without content.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.portals.model import Article, Column
from tests.portals.styles.static import Static


class Nfcms(Static):
    name = "nfcms"
    container = "<div class='article-content' id='zoomcon'>{}</div>"
    words = ("首页", "上一页", "下一页", "末页")

    def column_path(self, column: Column, page: int = 0) -> str:
        folder = "/" + "".join(f"{self.slugs[c]}/" for c in column.trail)
        return f"{folder}index_{page + 1}.html" if page else f"{folder}index.html"

    def article_path(self, column: Column, article: Article) -> str:
        return f"{self.column_path(column).removesuffix('index.html')}content/post_{article.number}.html"

    def routes(self) -> dict[str, Callable[[], str]]:
        found = super().routes()
        twins = {
            path.replace("/post_", "/mpost_"): draw
            for path, draw in found.items()
            if "/content/post_" in path
        }
        shell = "<html><head><title>政府信息公开</title></head><body><div id='app'></div></body></html>"
        return {"/gkmlpt/index": lambda: shell, **found, **twins}

    def navigation(self) -> str:
        images = "".join(
            f'<li><a href="{self.href(c)}"><img src="/img/nav{place}.png" alt="{c.name}"></a></li>'
            for place, c in enumerate(self.site.root.children)
        )
        return f"<ul class='nav'><li><a href='/'><img src='/img/logo.png'></a></li>{images}</ul>"

    def panel(self) -> str:
        platform = self.site.column("disclosure")
        new = ((c, article) for c in platform.children if not c.role for article in c.articles[:2])
        rows = "".join(self.row(*pair).replace("/post_", "/mpost_") for pair in new)
        return (
            f"<ul class='new'>{rows}</ul>"
            "<div class='gk hide'><a href='/gkmlpt/index'>政府信息公开目录</a>"
            f'<a href="{self.href(platform)}"><span>{platform.name[:2]}</span><br>{platform.name[2:]}</a></div>'
        )

    def head(self, title: str) -> str:
        return (
            f"{super().head(title)}<script>window.NFCMS_SITE_ID='75{self.spec.seed:04d}';"
            "window.NFCMS_PUB_TYPE='cat';</script>"
        )

    def href(self, column: Column) -> str:
        path = super().href(column)
        return path if path.startswith("http") else f"http://{self.spec.host}{path}"

    def row(self, column: Column, article: Article) -> str:
        address = self.url(self.article_path(column, article))
        return (
            f'<li><a href="{address}" target="_blank" title="{article.title}">{article.title}</a>'
            f'<span class="time">{article.published}</span></li>\n'
        )

    def pager(self, column: Column, page: int) -> str:
        last = self.pages(column) - 1
        near = {0, last, *range(page - 2, page + 3)}
        numbers = "".join(
            f'<a href="{self.url(self.column_path(column, n))}">{n + 1}</a>'
            for n in sorted(near)
            if 0 <= n <= last and n != page
        )
        side = "".join(self.row(column, a).replace("/post_", "/mpost_") for a in column.articles[:3])
        hot = f"<ul class='hot'>{side}</ul>"
        return f"{super().pager(column, page)}<div class='pagination'>{numbers}</div>{hot}"
