"""The /cms/html/ systems of Fujian: index.html, then 2.html, 3.html beside it, articles by day."""

from __future__ import annotations

import re

from govcrawl.discovery.dialects.base import Dialect, numbered_pages
from govcrawl.discovery.page import Page
from govcrawl.discovery.steps import Target


class CmsHtml(Dialect):
    """Columns of 南平, 漳州 and their counties."""

    name = "cms_html"
    rank = 62
    marks = re.compile(r"""["'/]cms/html/[\w-]+/""")
    article = re.compile(r"/cms/html/[\w-]+/(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})/(?P<id>\d+)\.html$")
    listing = re.compile(r"/cms/html/[\w-]+/[\w-]+/(?:index|\d{1,4})\.html$")

    def following(self, page: Page, base: str) -> list[Target]:
        return numbered_pages(page, re.compile(r"^(?P<stem>.*/cms/html/[\w-]+/[\w-]+/)(?P<n>\d{1,4})\.html$"))


DIALECT = CmsHtml()
