"""What the imitations of made-on-request systems share: every page is one script with parameters."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import parse_qs

from tests.portals.model import Article, Column, Site
from tests.portals.style import Page, Request
from tests.portals.styles.static import Static


class Asked(Static):
    """Lists by number of column and page, whatever the order of the parameters. No style itself.

    A page number beyond the last shows an empty list; with the trap ``endless`` the last one again (with
    ``endless=news`` other news on every page), and its pager goes on; with ``page_zero`` the pager offers page 0,
    which is page 1.
    """

    list_path: ClassVar[str] = ""
    key: ClassVar[str] = ""
    page_key: ClassVar[str] = "page"

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.ids = {c: 11 + (c.number - site.root.number) // 13 * 3 for c in site.root.walk()[1:]}
        self._by_id = {f"{number}": column for column, number in self.ids.items()}

    def dynamic(self, request: Request) -> Page | None:
        asked = {name: values[0] for name, values in parse_qs(request.query).items()}
        column = self._by_id.get(asked.get(self.key, ""))
        number = asked.get(self.page_key, "1")
        if not request.path.endswith(self.list_path) or column is None or not number.isdecimal():
            return None
        if column.loose:
            return None
        return Page(self.listing(column, max(0, int(number) - 1)).encode(self.charset))

    def shown(self, column: Column, page: int) -> list[tuple[Column, Article]]:
        """What stands on a page of that number, each with the column that it belongs to."""
        last, endless = self.pages(column) - 1, self.spec.trap("endless")
        if endless == "news" and page > last:
            news = [
                (c, a)
                for c in self.site.root.walk()
                if c.parent and c.parent.slug == "xwzx"
                for a in c.articles
            ]
            first = (page - last) * self.per_page
            return [news[(first + n) % len(news)] for n in range(self.per_page)]
        return [(column, a) for a in self.rows(column, page if endless is None else min(page, last))]

    def following(self, column: Column, page: int) -> int | None:
        """The page after that one as the pager offers it."""
        if page + 1 < self.pages(column) or self.spec.trap("endless") is not None:
            return page + 1
        return None

    def preceding(self, page: int) -> int | None:
        """The page before that one as the pager offers it."""
        return page - 1 if page > 0 or self.spec.trap("page_zero") is not None else None
