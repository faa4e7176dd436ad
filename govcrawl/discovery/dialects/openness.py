"""The Openness platform (池州, 宣城, 黄山; counties of 呼伦贝尔).

Lists are /OpennessContent/showList/<organ>/<category>/page_N.html, from 1. Annual reports have addresses of
their own, /OpennessAnnualReport/year/show/<organ>/<year>.html: a page that offers years in a select box
names them by the year alone.
"""

from __future__ import annotations

import re

from govcrawl.discovery.dialects.base import Dialect, data_link, numbered_pages
from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.steps import Target
from govcrawl.text import line

_NUMBERED = re.compile(r"^(?P<stem>.*/showList/(?:\w+/)*page_)(?P<n>\d{1,4})\.html")
_YEARLY = re.compile(r"/OpennessAnnualReport/year/show/(?P<organ>\d+)/(?P<year>\d{4})\.html$")
_IN_TEXT = re.compile(r"/OpennessAnnualReport/year/show/(\d+)/")
_ORGAN = re.compile(r"/(?:Branch)?Openness\w+/(?:\w+/)*showList/(\d+)/")
_YEAR = re.compile(r"(?:19|20)\d\d")


class Openness(Dialect):
    """Organ, category and page in the path."""

    name = "openness"
    rank = 31
    marks = re.compile(r"/(?:Branch)?Openness(?:Content|AnnualReport|Guide)/|/showList/\d+")
    article = re.compile(
        r"/OpennessContent/show/(?P<id>\d+)\.html$|/Xxgknb/show/(?P<id2>\d+)\.html(?:\?.*)?$"
        r"|/OpennessAnnualReport/year/show/(?P<organ>\d+)/(?P<year>\d{4})\.html$"
    )
    listing = re.compile(
        r"/(?:Branch)?(?:OpennessContent|OpennessAnnualReport|XxgkPolicy|Xxgknb|News|Special)/showList/\w+(?:/\d+)*/page_\d+\.html"
    )

    def rows(self, page: Page, base: str) -> list[PageLink]:
        """A link for each year of a select box, for the organ that the page is about."""
        named = _YEARLY.search(page.url) or _ORGAN.search(page.url)
        in_text = _IN_TEXT.search(page.text)
        if in_text is None:
            return []
        organ = named[1] if named else in_text[1]
        found = []
        for position, option in enumerate(page.root.iter("option")):
            year = line(option.get("value") or "")
            if _YEAR.fullmatch(year):
                address = f"/OpennessAnnualReport/year/show/{organ}/{year}.html"
                found.append(data_link(page.url, address, f"{year}年", position))
        return [link for link in found if link is not None]

    def following(self, page: Page, base: str) -> list[Target]:
        return numbered_pages(page, _NUMBERED)


DIALECT = Openness()
