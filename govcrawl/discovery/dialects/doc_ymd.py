"""无锡 and its districts: articles /doc/YYYY/MM/DD/<id>.shtml, columns index.shtml, index_N.shtml."""

from __future__ import annotations

import re

from govcrawl.discovery.dialects.base import Dialect, numbered_pages
from govcrawl.discovery.page import Page
from govcrawl.discovery.steps import Target

_NUMBERED = re.compile(r"^(?P<stem>.*/index_)(?P<n>\d{1,4})\.shtml$")


class DocYmd(Dialect):
    """The article's address says its day and nothing of its column."""

    name = "doc_ymd"
    rank = 68
    marks = re.compile(r"/doc/\d{4}/\d{2}/\d{2}/\d+\.shtml")
    article = re.compile(r"/doc/(?P<y>\d{4})/(?P<m>\d{2})/(?P<d>\d{2})/(?P<id>\d+)\.shtml$")
    listing = re.compile(r"/zfxxgk/(?:\w+/)*(?:index(?:_\d+)?\.shtml)?$")

    def following(self, page: Page, base: str) -> list[Target]:
        return numbered_pages(page, _NUMBERED)


DIALECT = DocYmd()
