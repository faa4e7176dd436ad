"""Small pages for dialects, and what they make of them."""

from __future__ import annotations

from govcrawl.discovery.dialects import dialect_of
from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.steps import Target
from tests.discovery.dialects.whole import url


def page(path: str, body: str) -> Page:
    """A page of the imitation county; a body without markup is an answer as it stands."""
    whole = f"<html><body>{body}</body></html>" if body.startswith("<") else body
    return Page.parse(url(path), whole.encode())


def recognised(path: str, body: str) -> str:
    """Name of the dialect that takes the page for its own."""
    return dialect_of(page(path, body)).name


def following(path: str, body: str, base: str | None = None) -> list[Target]:
    """The further pages that the page's own dialect names."""
    made = page(path, body)
    return dialect_of(made).following(made, url(base or path))


def paths(targets: list[Target] | list[PageLink]) -> list[str]:
    """Addresses without the host."""
    return [target.url.removeprefix(url("")) for target in targets]
