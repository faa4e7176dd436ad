"""The Shandong platform of 济南 and 淄博: /gongkai/site_X/channel_Y/doc_Z.html."""

from __future__ import annotations

import re

from govcrawl.discovery.dialects.base import Dialect, numbered_pages
from govcrawl.discovery.page import Page
from govcrawl.discovery.steps import Target

_NUMBERED = re.compile(r"^(?P<stem>.*/channel_\w+/index_)(?P<n>\d{1,4})\.html$")


class Gongkai(Dialect):
    """Columns of 济南, 淄博 and their counties."""

    name = "gongkai"
    rank = 64
    marks = re.compile(r"/gongkai/(?:site|channel)_\w+")
    article = re.compile(r"/gongkai/site_\w+/channel_\w+/doc_(?P<id>[0-9a-f]{24})\.html$")
    listing = re.compile(r"/(?:gongkai/site_\w+/)?channel_\w+/(?:index(?:_\d+)?\.html)?(?:\?.*)?$")

    def following(self, page: Page, base: str) -> list[Target]:
        return numbered_pages(page, _NUMBERED)


DIALECT = Gongkai()
