"""What a patient visitor can reach: every link, box, button and script address inside the disclosure columns."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from tests.portals.client import links
from tests.portals.world import Portal


def reached(portal: Portal) -> set[str]:
    """Every address seen on the home page and on the pages of the disclosure columns, of all hosts of the place."""
    inside = {_ordered(url) for url in _pages(portal)}
    queue, asked, seen = [portal.spec.home], set[str](), set[str]()
    while queue:
        url = queue.pop()
        if url in asked:
            continue
        asked.add(url)
        found = links(url, fetch(portal, url))
        seen |= found.keys()
        queue += [u for u in found if _ordered(u) in inside or "dataproxy.jsp?" in u or "/tree/" in u]
    return seen


def fetch(portal: Portal, url: str) -> str:
    """The text behind an address of the place; empty where there is no such page."""
    parts = urlsplit(url)
    site = portal.hosts.get(parts.netloc)
    if site is None:
        return ""
    page = portal.answer("GET", parts.path or "/", parts.query, host=parts.netloc)
    return page.body.decode(site.style.charset) if page.status == 200 else ""


def _pages(portal: Portal) -> Iterable[str]:
    """Every page of the place that is no article and of no column outside 政务公开."""
    for site in portal.hosts.values():
        outside = {
            site.style.column_path(column, page)
            for top in site.site.root.children[1:]
            if top.role != "nav"
            for column in top.walk()
            for page in range(site.style.pages(column))
        }
        for path in site.paths:
            url = site.style.url(path)
            if url not in site.places and path not in outside:
                yield url


def _ordered(url: str) -> str:
    """An address with its parameters in order."""
    path, _, query = url.partition("?")
    return f"{path}?{'&'.join(sorted(query.split('&')))}"
