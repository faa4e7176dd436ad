"""What every dialect answers."""

from __future__ import annotations

import json
import re
from typing import ClassVar

from govcrawl.discovery.page import Page, PageLink, iso_date
from govcrawl.discovery.steps import Target
from govcrawl.discovery.urls import absolute
from govcrawl.text import line

MAX_PAGES = 200
"""Pages of one listing that are ever asked for: no county has more than 2,000 annual reports in one list."""


class Dialect:
    """A content-management system. Subclasses set the patterns and override what differs."""

    name: ClassVar[str]
    rank: ClassVar[int] = 50
    marks: ClassVar[re.Pattern[str]]
    article: ClassVar[re.Pattern[str] | None] = None
    listing: ClassVar[re.Pattern[str] | None] = None

    def recognises(self, page: Page) -> bool:
        """Whether the page was made by this system."""
        return bool(self.marks.search(page.text))

    def rows(self, page: Page, base: str) -> list[PageLink]:
        """Links that stand in scripts or data islands of the page; ``base`` is the listing's address."""
        return []

    def following(self, page: Page, base: str) -> list[Target]:
        """The further pages of this listing in their order; empty when this is all or the last."""
        return []


def data_link(
    base: str, href: str, label: str, position: int, *, date: str = "", under: str = ""
) -> PageLink | None:
    """A link that a data island or an XHR answer names, None when its address is none.

    Its block is -1: it stands in no list of the page. ``date`` is any text that holds a date.
    """
    url = absolute(base, href)
    label = line(re.sub(r"<[^>]*>", "", label))
    return PageLink(url, label, "", -1, position, label, iso_date(date), under) if url else None


def json_value(text: str, start: int = 0) -> object:
    """The JSON value that begins at or after ``start``; None where there is none or it is cut off."""
    found = re.compile(r"[\[{]").search(text, start)
    if found is None:
        return None
    try:
        return json.JSONDecoder().raw_decode(text, found.start())[0]
    except ValueError:
        return None
