"""安康 and its counties: Node-<id>.html, Node-<id>_2.html, articles Content-<id>.html; 雄县: zwgkcontent-."""

from __future__ import annotations

import re

from govcrawl.discovery.dialects.base import Dialect, numbered_pages
from govcrawl.discovery.page import Page
from govcrawl.discovery.steps import Target

_NUMBERED = re.compile(r"^(?P<stem>.*/Node-\d+_)(?P<n>\d{1,4})\.html$")


class ContentDash(Dialect):
    """Columns and articles lie at the root of the host."""

    name = "content_dash"
    rank = 63
    marks = re.compile(r"\b(?:Content|Node|zwgkcontent)-(?:\d+-)?\d+(?:_\d+)?\.html")
    article = re.compile(r"/(?:Content|zwgkcontent)-(?:\d+-)?(?P<id>\d+)\.html$")
    listing = re.compile(r"/Node-\d+(?:_\d+)?\.html$")

    def following(self, page: Page, base: str) -> list[Target]:
        return numbered_pages(page, _NUMBERED)


DIALECT = ContentDash()
