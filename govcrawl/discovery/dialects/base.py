"""What every dialect answers."""

from __future__ import annotations

import re
from typing import ClassVar

from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.steps import Target

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
