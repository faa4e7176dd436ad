"""What an earlier crawl remembers of a portal: where its listings are, and which pages led nowhere.

In the months of publication every listing that may still grow is asked. In the rest of the year a crawl
spends a bounded number of requests on listings: those of the newest year first, then those that were not
looked at for the longest time. A full look at the portal now and then is the guarantee that nothing waits
longer.
"""

from __future__ import annotations

import math
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import date

from govcrawl.discovery.columns import Label, classify, year_of
from govcrawl.discovery.steps import SEARCHED, Chain, Kind, Step, Target
from govcrawl.discovery.urls import directory
from govcrawl.hosts import host_of
from govcrawl.model import DataRequest, Listing

SHARE = 0.08
"""Requests for known listings that a crawl out of season may make, for each report known."""

PATIENCE_WHEN_OPEN = 8
"""Pages in a row that may bring nothing new in a listing of which a page could not be read."""

PAGING = "was still being paged through when a run ended"
"""What is said of a list from its first new entries on, until all of its pages were asked for."""

_FEWEST = 3  # listings that a crawl looks at however few reports they hold
_SEASON = (
    (1, 15),
    (4, 30),
)  # reports are due by 31 January (bodies) and 31 March (governments); some are late
_SCORE = 80.0


def in_season(day: date) -> bool:
    """Whether new reports are to be expected on a day: from 15 January to 30 April."""
    return _SEASON[0] <= (day.month, day.day) <= _SEASON[1]


@dataclass(frozen=True, slots=True)
class Memory:
    """Pages that the last full look at a portal saw, and the keys of the report links that are dealt with.

    ``share`` is how many requests a crawl out of ``season`` may make for each report that the listings hold.
    ``missing`` is what that look could not see: (list to ask again or nothing, in words); ``habits`` are
    counts of pages that are wrong (list, in words), whatever else is remembered.
    """

    listings: tuple[Listing, ...] = ()
    settled: Container[str] = frozenset()
    season: bool = True
    share: float = SHARE
    missing: tuple[tuple[str, str], ...] = ()
    habits: frozenset[tuple[str, str]] = frozenset()

    def of(self, step: Step) -> Listing | None:
        """What is remembered of the listing that a step belongs to, when it held reports."""
        first = step.listing
        return next((listing for listing in self.listings if listing.url == first and listing.rows), None)

    def awaits_script(self, step: Step) -> bool:
        """Whether a listing's rows come with data requests to come, not with what was asked for.

        In the season so do those of the other bodies whose lists it asks for one by one.
        """
        was, chain = self.of(step), step.chain
        if chain is None:
            return was is not None and not was.shown
        each = self.season and bool(chain.bodies)
        more = each or (not chain.reports and chain.next < len(chain.targets))
        return was is not None and not was.shown and more

    def is_open(self, listing: str) -> bool:
        """Whether a listing could not be read to its end."""
        return any(url == listing for url, _ in self.missing)

    def was_looked_at_twice(self, listing: str) -> bool:
        """Whether a listing is open, and not only because a run ended before it was read."""
        return any(url == listing and said != PAGING for url, said in self.missing)

    def steps(self) -> list[Step]:
        """Steps to the pages that this crawl looks at."""
        return [_step(listing) for listing in self.chosen()]

    def chosen(self) -> list[Listing]:
        """The pages that this crawl looks at: all that may grow, or as many as the season allows."""
        useful = self._useful()
        room = max(_FEWEST, math.floor(self.share * sum(listing.rows for listing in useful)))
        lively = [listing for listing in useful if self._lively(listing)]
        quiet = [listing for listing in useful if listing not in lively]
        ranked = [*sorted(lively, key=_looked), *sorted(quiet, key=_looked)]
        wanted = ranked[: max(_affordable(ranked, room), len(lively) if self.season else 0)]
        chosen = [listing for listing in useful if listing in wanted]
        again = [listing for listing in self.listings if self.is_open(listing.url) and listing not in chosen]
        return [*chosen, *again]

    def is_news(self, step: Step) -> bool:
        """Whether a link of a remembered page is a new part of the column and not its old navigation.

        A year later than all known ones is; so is a part of the column in a folder below that of the page
        that shows it. Where all pages stand in one folder an address tells nothing.
        """
        year, newest = year_of(step.trail[-1]) if step.trail else None, self._newest()
        if year is not None and newest is not None:
            return year > newest
        referer = step.target.referer if step.kind is Kind.COLUMN else None
        folder = directory(step.target.url)
        return referer is not None and folder != (shown := directory(referer)) and folder.startswith(shown)

    def _useful(self) -> list[Listing]:
        """The listings that held reports and the pages that led to them."""
        by_url = {listing.url: listing for listing in self.listings}
        useful: dict[str, Listing] = {}
        for listing in self.listings:
            current: Listing | None = listing if listing.rows else None
            while current is not None and current.url not in useful:
                useful[current.url] = current
                current = by_url.get(current.parent or "")
        return list(useful.values())

    def _lively(self, listing: Listing) -> bool:
        """Whether a listing is one where news are likely: in the season any but those of past years."""
        newest = self._newest()
        past = False
        for label in listing.trail:
            if classify(label) is Label.YEAR and newest is not None:
                past = (year_of(label) or 0) < newest - self.season  # the year before is late in the season
        if past:
            return False
        named = any(classify(label) is Label.YEAR for label in listing.trail)
        return self.season or named or self._is_top(listing)

    def _is_top(self, listing: Listing) -> bool:
        return all(listing.parent != other.url for other in self.listings)

    def _newest(self) -> int | None:
        """The latest year that names a part of the column."""
        labels = {label for listing in self.listings for label in listing.trail}
        return max((year for label in labels if (year := year_of(label))), default=None)


def note_visit(visited: dict[str, Listing], step: Step, dialect: str, rows: int) -> None:
    """Put a page among those to remember; rows of further pages count for the listing's first."""
    first, target, data = step.listing, step.target, None
    drawn = step.chain is not None and bool(step.chain.drawn)  # its page must be read to read its data
    if rows and not drawn and not step.choice and (step.chain is not None or target.method == "POST"):
        data = DataRequest(target.url, target.method, target.body, dialect)
    known = visited.get(first)
    if known is None and (step.annual or rows):
        page = step.instead or step.target
        visited[first] = Listing(
            first, step.trail, page.referer, rows, rows > 0 and data is None and not drawn, data
        )
    elif known is not None:
        data = known.data or (None if known.shown else data)
        visited[first] = replace(known, rows=known.rows + rows, data=data)


def _affordable(ranked: Sequence[Listing], room: int) -> int:
    """How many of some listings, from the first on, ``room`` requests pay for.

    Each host but the first costs its robots.txt too.
    """
    hosts: set[str] = set()
    for number, listing in enumerate(ranked):
        hosts.add(host_of(listing.url))
        if number + len(hosts) > room:
            return number
    return len(ranked)


def _looked(listing: Listing) -> str:
    return listing.looked


def _step(listing: Listing) -> Step:
    reason = f"held {listing.rows} reports in an earlier crawl" if listing.rows else "led to reports earlier"
    page = Target(listing.url, referer=listing.parent)
    if listing.data is None:
        annual = SEARCHED not in listing.trail
        return Step(page, Kind.COLUMN, _SCORE, reason, annual, listing.trail)
    data = Target(listing.data.url, listing.data.method, listing.data.form, listing.url, page)
    chain = Chain(listing.url, listing.data.dialect, [data], 1)
    return Step(data, Kind.COLUMN, _SCORE, reason, True, listing.trail, chain=chain)
