"""Every shape by name: where on its site a county puts the reports."""

from __future__ import annotations

from collections.abc import Callable

from tests.portals import platforms, spread
from tests.portals.content import Newsroom
from tests.portals.model import Article, Column

Shape = Callable[[Column, list[Article], Newsroom], None]

SHAPES: dict[str, Shape] = {
    "flat": spread.flat,
    "body_type": spread.by_body_type,
    "year": spread.by_year,
    "body": spread.by_body,
    "body_type_year": spread.by_body_type_and_year,
    "year_body_type": spread.by_year_and_body_type,
    "old_new": spread.old_and_new,
    "own_pages": spread.own_pages,
    "mini": platforms.mini_platforms,
    "hosts": platforms.own_hosts,
    "domains": platforms.own_domains,
    "notices": platforms.among_notices,
    "search": platforms.search_only,
}
