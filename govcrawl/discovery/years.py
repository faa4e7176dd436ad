"""Years beside a report: its page names the others, each at an address made like its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govcrawl.discovery.columns import Label, classify, year_of
from govcrawl.discovery.finds import Found
from govcrawl.discovery.page import Page
from govcrawl.discovery.steps import Step
from govcrawl.discovery.urls import same_host, shape
from govcrawl.model import Entry

if TYPE_CHECKING:
    from govcrawl.discovery.discovery import Discovery

_NAMED = re.compile(rb">\s*20[0-4]\d\s*(?:[\x80-\xff]{2,6}\s*)?</")  # 年 or 年度, in UTF-8 or GBK
_FEWEST = 2  # years named that are a choice of them
_YEAR = re.compile(r"20[0-4]\d")


def names_years(content: bytes) -> bool:
    """Whether a page may name the years of other reports, whatever charset it says it is in."""
    return len(set(_NAMED.findall(content))) >= _FEWEST


def beside(discovery: Discovery, step: Step, page: Page) -> Found:
    """The reports of other years that a report's own page leads to, as far as they are not known."""
    return Found(discovery.new(other_years(step.entry, page), step)) if step.entry is not None else Found()


def other_years(entry: Entry, page: Page) -> list[Entry]:
    """The reports of other years that the page of a report leads to, by their bare years."""
    own = shape(page.url)
    found: dict[str, Entry] = {}
    for link in page.links:
        year = year_of(link.name) if classify(link.name) is Label.YEAR else None
        alike = year is not None and shape(link.url) == own and same_host(link.url, page.url)
        if alike and str(year) in link.url and link.url != page.url and year != entry.year:
            title = _YEAR.sub(str(year), entry.title)
            found[link.url] = Entry(
                link.url, entry.portal, title, year, None, entry.listing, "year beside a report"
            )
    return list(found.values())
