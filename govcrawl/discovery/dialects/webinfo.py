"""The Henan sites with /webinfo/YYYY/MM/<16 digits>.htm; columns lie below /portal/."""

from __future__ import annotations

import re

from govcrawl.discovery.dialects.base import Dialect, numbered_pages
from govcrawl.discovery.page import Page
from govcrawl.discovery.steps import Target

_NUMBERED = re.compile(r"^(?P<stem>.*/portal/(?:[\w-]+/)+index_)(?P<n>\d{1,4})\.htm$")


class Webinfo(Dialect):
    """Columns in folders, articles in folders of their month."""

    name = "webinfo"
    rank = 66
    marks = re.compile(r"/webinfo/\d{4}/\d{2}/")
    article = re.compile(r"/webinfo/(?P<y>\d{4})/(?P<m>\d{2})/(?P<id>\d{16})\.htm$")
    listing = re.compile(r"/portal/(?:[\w-]+/)+(?:index(?:_\d+)?\.htm)?(?:\?.*)?$")

    def following(self, page: Page, base: str) -> list[Target]:
        return numbered_pages(page, _NUMBERED)


DIALECT = Webinfo()
