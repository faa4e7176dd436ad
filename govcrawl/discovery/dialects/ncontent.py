"""The nNNN tree of 德州 (and of 国资委): /n1/n2/index.html, articles /n1/n2/c3/content.html.

Further pages are index_<component>_<number>.html and number downwards: the newest of them has the highest
number. They stand in the page as links without text; a script knows how many there are.
"""

from __future__ import annotations

import re

from govcrawl.discovery.dialects.base import MAX_PAGES, Dialect
from govcrawl.discovery.page import Page
from govcrawl.discovery.steps import Target
from govcrawl.discovery.urls import absolute

_PAGE = re.compile(r"""["']([^"'\s]*?index_\d+_)(\d{1,6})\.html["']""")
_COUNT = re.compile(r"""maxPageNum\w*\s*=\s*["']?(\d{1,6})""")
_STEM = re.compile(r"""["']([^"'\s]*?index_\d+)_?["']""")
_OWN = re.compile(r"^(?P<stem>.*/index_\d+_)(?P<n>\d{1,6})\.html$")


class Ncontent(Dialect):
    """Addresses made of node numbers only."""

    name = "ncontent"
    rank = 40
    marks = re.compile(r"/n\d{5,}/n\d{5,}/")
    article = re.compile(r"/n\d+(?:/n\d+)*/c(?P<id>\d+)/content\.html$")
    listing = re.compile(r"/n\d+(?:/n\d+)*/(?:\w+_)?index(?:_\d+)*\.html(?:\?.*)?$|/n\d+(?:/n\d+)+/$")

    def following(self, page: Page, base: str) -> list[Target]:
        lists = _lists(page)
        own = _OWN.search(page.url)
        if not lists or (own and own["stem"] not in lists):
            return []
        stem = own["stem"] if own else max(lists, key=lambda name: len(lists[name]))
        later = sorted((n for n in lists[stem] if own is None or n < int(own["n"])), reverse=True)
        return [Target(f"{stem}{number}.html", referer=page.url) for number in later]


def _lists(page: Page) -> dict[str, set[int]]:
    """Page numbers of each list on the page, by the address up to the number."""
    found: dict[str, set[int]] = {}
    for stem, number in _PAGE.findall(page.text):
        if address := absolute(page.url, stem):
            found.setdefault(address, set()).add(int(number))
    count, name = _COUNT.search(page.text), _STEM.search(page.text)
    if count and name and (address := absolute(page.url, f"{name[1]}_")):
        found.setdefault(address, set()).update(range(1, min(int(count[1]), MAX_PAGES)))
    return found


DIALECT = Ncontent()
