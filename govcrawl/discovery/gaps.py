"""What discovery saw and left alone because it lies elsewhere, in words for the person who can allow it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from govcrawl.counting import counted
from govcrawl.discovery.columns import Label, classify
from govcrawl.discovery.front import NEEDS_BROWSER
from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.platforms import is_of_city, opened_by, speaks_of
from govcrawl.discovery.promises import beyond
from govcrawl.discovery.scope import Scope
from govcrawl.discovery.search import PAGES
from govcrawl.discovery.steps import Step
from govcrawl.hosts import literal_address
from govcrawl.model import Entry, Portal

_HOW = "name that host under hosts in a registry row to have it crawled (docs/portals.md)"
_SHOWN = 3
_GOVERNMENT = re.compile(
    r"(?:省|市|县|区|旗|州|盟)人民政府$"
)  # a friend's or a higher one, no body of the place


@dataclass(slots=True)
class Gaps:
    """Report rows and ways to the column that lead to other hosts, and lists that were not seen whole.

    ``shells`` are lists that need a browser, ``unseen`` searches with more results than were looked at,
    ``bodies`` the hosts of departments and towns with their names, ``cut`` what lists say to have beyond the
    pages that could be told, ``unread`` lists of which a page could not be read, ``spared`` what was left
    out of long pages and leads to no reports by its words.
    """

    portal: Portal
    rows: set[str] = field(default_factory=set)
    ways: dict[str, str] = field(default_factory=dict)
    shells: set[str] = field(default_factory=set)
    unseen: set[str] = field(default_factory=set)
    bodies: dict[str, str] = field(default_factory=dict)
    cut: dict[str, str] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    spared: dict[str, str] = field(default_factory=dict)

    def inside(self, scope: Scope, step: Step, link: PageLink, page: Page) -> bool:
        """Whether a link stays with the place; a label of disclosure may open its part of a platform."""
        if scope.allows(link.url):
            return not is_of_city(link, page, self.portal)
        opened = opened_by(link, page, scope, self.portal)
        if opened is None:
            self.way(step, link)
        return opened is not None and scope.grant(opened)

    def row(self, url: str) -> None:
        """Take note of a report's row that leads elsewhere."""
        self.rows.add(url)

    def way(self, step: Step, link: PageLink) -> None:
        """Take note of a link that leads elsewhere, when its label promises the place's own disclosure."""
        among_bodies = bool(step.trail) and classify(step.trail[-1]) is Label.GROUP
        body = classify(link.name) is Label.BODY and not _GOVERNMENT.search(link.name)
        if among_bodies and body and _place(link.url).endswith(".gov.cn"):
            self.bodies.setdefault(_place(link.url), link.name)
        if classify(link.name) in {Label.ANNUAL, Label.DISCLOSURE} and speaks_of(link.name, self.portal):
            self.ways.setdefault(_place(link.url), link.name)

    def page_cut(self, page: Page, *, annual: bool) -> None:
        """Take note of what was left out of a long page; inside the column any link may be a report's."""
        if page.cut:
            (self.cut if annual or not page.harmless else self.spared)[page.url] = page.cut

    def cut_short(self, page: Page, links: Sequence[PageLink], new: Sequence[Entry]) -> None:
        """Take note of a list with ``new`` reports that says to have more and leads to no further page."""
        said = beyond(page, links, (entry.url for entry in new))
        if said is not None:
            self.cut[page.url] = said

    def notes(self) -> list[str]:
        """What the user may want to allow, though nothing that was looked for is known to be missing."""
        hosts = Counter(_place(url) for url in self.rows)
        bodies = [f"{name} ({host})" for host, name in self.bodies.items() if host not in hosts]
        told = [
            f"{counted(number, 'report row')} led to {host}, which is no host of this portal: {_HOW}"
            for host, number in hosts.most_common(_SHOWN)
        ]
        if bodies:
            more = f" and {len(bodies) - _SHOWN} more" if len(bodies) > _SHOWN else ""
            named = ", ".join(bodies[:_SHOWN])
            told.append(f"{named}{more} have sites on hosts that are none of this portal's: {_HOW}")
        return told + [f"{url} {said}" for url, said in list(self.spared.items())[:_SHOWN]]

    def shortfalls(self, *, found: bool) -> list[str]:
        """What is known to be missing; ``found`` says that reports were found all the same."""
        told = [
            f"«{label}» leads to {place}, which is no host of this portal: {_HOW}"
            for place, label in self.ways.items()
            if not found or (classify(label) is Label.ANNUAL and literal_address(place.partition(":")[0]))
        ]
        told += [f"{url} {said}" for url, said in self.cut.items()]
        told += [f"{url} has more than {PAGES} pages of results" for url in sorted(self.unseen)]
        told += [f"{url} {NEEDS_BROWSER}" for url in sorted(self.shells)]
        return told[:_SHOWN]


def _place(url: str) -> str:
    return urlsplit(url).netloc
