"""What discovery saw and left alone because it lies elsewhere, in words for the person who can allow it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from govcrawl.counting import counted
from govcrawl.discovery.columns import Label, classify
from govcrawl.discovery.front import NEEDS_BROWSER
from govcrawl.discovery.page import PageLink
from govcrawl.discovery.platforms import speaks_of
from govcrawl.hosts import literal_address
from govcrawl.model import Portal

_HOW = "name that host under hosts in a registry row to have it crawled (docs/portals.md)"
_SHOWN = 3


@dataclass(slots=True)
class Gaps:
    """Report rows and ways to the column that lead to other hosts, and lists that need a browser."""

    portal: Portal
    rows: set[str] = field(default_factory=set)
    ways: dict[str, str] = field(default_factory=dict)
    shells: set[str] = field(default_factory=set)

    def row(self, url: str) -> None:
        """Take note of a report's row that leads elsewhere."""
        self.rows.add(url)

    def way(self, link: PageLink) -> None:
        """Take note of a link that leads elsewhere, when its label promises the place's own disclosure."""
        if classify(link.name) in {Label.ANNUAL, Label.DISCLOSURE} and speaks_of(link.name, self.portal):
            self.ways.setdefault(_place(link.url), link.name)

    def notes(self) -> list[str]:
        """What the user may want to allow, though nothing that was looked for is known to be missing."""
        hosts = Counter(_place(url) for url in self.rows)
        return [
            f"{counted(number, 'report row')} led to {host}, which is no host of this portal: {_HOW}"
            for host, number in hosts.most_common(_SHOWN)
        ]

    def shortfalls(self, *, found: bool) -> list[str]:
        """What is known to be missing; ``found`` says that reports were found all the same."""
        told = [
            f"«{label}» leads to {place}, which is no host of this portal: {_HOW}"
            for place, label in self.ways.items()
            if not found or (classify(label) is Label.ANNUAL and literal_address(place.partition(":")[0]))
        ]
        told += [f"{url} {NEEDS_BROWSER}" for url in sorted(self.shells)]
        return told[:_SHOWN]


def _place(url: str) -> str:
    return urlsplit(url).netloc
