"""Content-management systems: one file each, found by scanning this package.

A dialect says how a system is recognised, how its listings page, where rows hide that are no plain links, and
which addresses are articles or listings. The generic dialect comes last and recognises everything.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache, lru_cache

from govcrawl.discovery.dialects.base import Dialect
from govcrawl.discovery.page import Page


@cache
def dialects() -> tuple[Dialect, ...]:
    """Every dialect of this package, the most specific first."""
    found: list[Dialect] = []
    for module in pkgutil.iter_modules(__path__):
        dialect = getattr(importlib.import_module(f"{__name__}.{module.name}"), "DIALECT", None)
        if dialect is not None:
            found.append(dialect)
    return tuple(sorted(found, key=lambda dialect: dialect.rank))


def dialect_of(page: Page) -> Dialect:
    """The first dialect that recognises a page; the generic one recognises all."""
    if page.system is None:
        page.system = next(dialect for dialect in dialects() if dialect.recognises(page))
    return page.system


@lru_cache(maxsize=1 << 14)
def looks_like_article(url: str) -> bool | None:
    """Whether an address is an article's (True), a listing's (False), or of no known form (None)."""
    if any(dialect.article and dialect.article.search(url) for dialect in dialects()):
        return True
    if any(dialect.listing and dialect.listing.search(url) for dialect in dialects()):
        return False
    return None


__all__ = ["Dialect", "dialect_of", "dialects", "looks_like_article"]
