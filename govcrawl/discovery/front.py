"""The front door: pages that only lead on, by a script, a refresh or a choice of entrances."""

from __future__ import annotations

from dataclasses import replace

from govcrawl.discovery.columns import Label, classify, entrance, slug_score
from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.scope import Scope
from govcrawl.discovery.steps import Kind, Step, Target
from govcrawl.discovery.urls import page_key

_MAX_DOORS = 3  # a page that leads to a page that leads on: more is a loop
_SMALL = 5_000  # bytes; real home pages have 37 kB and more
_FEW = 10  # links


def next_door(step: Step, page: Page, scope: Scope) -> Step | None:
    """The step behind a start page that has no content of its own; None for a real page."""
    if step.kind not in {Kind.START, Kind.SPLASH} or len(step.trail) >= _MAX_DOORS:
        return None
    if url := page.redirect():
        if not scope.allows(url) or page_key(url) == page_key(page.url):
            return None
        return _door(step, page, url, "where the start page sends browsers")
    inside = [link for link in page.links if scope.allows(link.url)]
    if page.size > _SMALL or not 1 <= len(inside) <= _FEW or any(map(_promising, inside)):
        return None
    door = next((link for link in inside if entrance(link.name)), inside[0])
    return _door(step, page, door.url, f"entrance of the splash page: {door.name or 'image'}")


def _door(step: Step, page: Page, url: str, reason: str) -> Step:
    target = Target(url, referer=page.url)
    return replace(step, target=target, kind=Kind.SPLASH, reason=reason, trail=(*step.trail, "splash"))


def _promising(link: PageLink) -> bool:
    return classify(link.name) in {Label.ANNUAL, Label.DISCLOSURE} or slug_score(link.url) > 0
