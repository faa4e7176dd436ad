"""The Hebei platform: columns and articles named by UUID, pages index_N.html beside index.html."""

from __future__ import annotations

import re

from govcrawl.discovery.dialects.base import Dialect, numbered_pages
from govcrawl.discovery.page import Page
from govcrawl.discovery.steps import Target

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_NUMBERED = re.compile(rf"^(?P<stem>.*/columns/{_UUID}/index_)(?P<n>\d{{1,4}})\.html$")


class UuidColumns(Dialect):
    """河北集约化平台; a page with createPageHTML is left to the dialect that reads it."""

    name = "uuid_columns"
    rank = 61
    marks = re.compile(rf"/columns/{_UUID}/")
    article = re.compile(rf"/columns/{_UUID}/(?P<ym>\d{{6}})/(?P<d>\d{{2}})/(?P<id>{_UUID})\.html$")
    listing = re.compile(rf"/columns/{_UUID}/(?:index(?:_\d+)?\.html)?(?:\?.*)?$")

    def following(self, page: Page, base: str) -> list[Target]:
        return numbered_pages(page, _NUMBERED)


DIALECT = UuidColumns()
