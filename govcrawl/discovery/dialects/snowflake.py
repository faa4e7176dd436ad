"""The county sites of 延安: article ids of nineteen digits in a folder named after the year."""

from __future__ import annotations

import re

from govcrawl.discovery.dialects.base import Dialect, numbered_pages
from govcrawl.discovery.page import Page
from govcrawl.discovery.steps import Target

_NUMBERED = re.compile(r"^(?P<stem>.*/zfxxgknb/(?:\w+/)*(?:index_)?)(?P<n>\d{1,3})\.html$")


class Snowflake(Dialect):
    """Columns of 延安 and its counties."""

    name = "snowflake"
    rank = 67
    marks = re.compile(r"/\d{4}n?/\d{18,20}\.html")
    article = re.compile(r"/\d{4}n?/(?P<id>\d{18,20})\.html$")
    listing = re.compile(r"/zfxxgk/zfxxgknb/(?:\w+/)*\d{4}n?/(?:(?:index(?:_\d+)?|\d{1,3})\.html)?$")

    def following(self, page: Page, base: str) -> list[Target]:
        return numbered_pages(page, _NUMBERED)


DIALECT = Snowflake()
