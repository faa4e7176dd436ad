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

_PAGE = re.compile(r"""["']([^"'\s]*?index_\d+_)(\d+)\.html["']""")
_COUNT = re.compile(r"""maxPageNum\w*\s*=\s*["']?(\d+)""")
_STEM = re.compile(r"""["']([^"'\s]*?index_\d+)_?["']""")
_NUMBER = re.compile(r"index_\d+_(\d+)\.html$")


class Ncontent(Dialect):
    """Addresses made of node numbers only."""

    name = "ncontent"
    rank = 40
    marks = re.compile(r"/n\d{5,}/n\d{5,}/")
    article = re.compile(r"/n\d+(?:/n\d+)*/c(?P<id>\d+)/content\.html$")
    listing = re.compile(r"/n\d+(?:/n\d+)*/(?:\w+_)?index(?:_\d+)*\.html(?:\?.*)?$|/n\d+(?:/n\d+)+/$")

    def following(self, page: Page, base: str) -> list[Target]:
        numbers = {int(number): f"{stem}{number}.html" for stem, number in _PAGE.findall(page.text)}
        count, stem = _COUNT.search(page.text), _STEM.search(page.text)
        if count and stem:
            for number in range(1, min(int(count[1]), MAX_PAGES)):
                numbers.setdefault(number, f"{stem[1]}_{number}.html")
        current = _NUMBER.search(page.url)
        last = int(current[1]) if current else None
        later = [number for number in sorted(numbers, reverse=True) if last is None or number < last]
        urls = (absolute(page.url, numbers[number]) for number in later)
        return [Target(url, referer=page.url) for url in urls if url]


DIALECT = Ncontent()
