"""延安: a folder a year, article ids of nineteen digits; the start page is a script that leads on."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.portals.model import Article, Column
from tests.portals.styles.static import Static


class Snowflake(Static):
    name = "snowflake"

    def column_path(self, column: Column, page: int = 0) -> str:
        folder = "/" + "".join(f"{c.slug}/" for c in column.trail[1:] or column.trail)
        return f"{folder}{page + 1}.html" if page else folder

    def article_path(self, column: Column, article: Article) -> str:
        folder = self.column_path(column)
        year = "" if re.search(r"/\d{4}n?/$", folder) else f"{article.published.year}/"
        return f"{folder}{year}{1_571_424_084_000_000_000 + article.number}.html"

    def routes(self) -> dict[str, Callable[[], str]]:
        found = super().routes()
        found["/sy/"] = found["/"]
        found["/"] = lambda: "<script>window.location='/sy/'</script>"
        return found
