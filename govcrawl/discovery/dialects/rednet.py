"""The Hunan sites of 红网: columns are chains of numbers, articles content_<id>.html inside them."""

from __future__ import annotations

import re

from govcrawl.discovery.dialects.base import Dialect, numbered_pages
from govcrawl.discovery.page import Page
from govcrawl.discovery.steps import Target

_NUMBERED = re.compile(r"^(?P<stem>.*/\d+/(?:index|list)_)(?P<n>\d{1,4})\.html?$")


class Rednet(Dialect):
    """Columns whose address says nothing but numbers."""

    name = "rednet"
    rank = 65
    marks = re.compile(r"/\d+/content_\d+\.html")
    article = re.compile(r"/\d+/content_(?P<id>\d+)\.html$")
    listing = re.compile(r"/\d+/(?:(?:index|list)(?:_\d+)?\.html?)?(?:\?.*)?$")

    def following(self, page: Page, base: str) -> list[Target]:
        return numbered_pages(page, _NUMBERED)


DIALECT = Rednet()
