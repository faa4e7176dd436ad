"""What an earlier crawl remembers of a portal: where its listings are, and which pages led nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from govcrawl.discovery.columns import year_of
from govcrawl.discovery.steps import Kind, Step, Target
from govcrawl.discovery.urls import directory
from govcrawl.model import Listing

_SCORE = 80.0


def recalled(memory: Sequence[Listing]) -> list[Step]:
    """Steps to the listings that held reports and to the pages that led to them, in that order."""
    by_url = {listing.url: listing for listing in memory}
    useful: dict[str, Listing] = {}
    for listing in memory:
        current: Listing | None = listing if listing.rows else None
        while current is not None and current.url not in useful:
            useful[current.url] = current
            current = by_url.get(current.parent or "")
    return [_step(listing) for listing in useful.values()]


def is_news(step: Step, memory: Sequence[Listing]) -> bool:
    """Whether a link of a remembered page is a new part of the column and not its old navigation.

    A year later than all known ones is; so is an address in the folder of the page that shows it.
    """
    year = year_of(step.trail[-1]) if step.trail else None
    known = [seen for listing in memory for label in listing.trail if (seen := year_of(label))]
    if year is not None and known:
        return year > max(known)
    referer = step.target.referer
    return referer is not None and directory(step.target.url).startswith(directory(referer))


def _step(listing: Listing) -> Step:
    reason = f"held {listing.rows} reports in an earlier crawl" if listing.rows else "led to reports earlier"
    target = Target(listing.url, referer=listing.parent)
    return Step(target, Kind.COLUMN, _SCORE, reason, True, listing.trail)
