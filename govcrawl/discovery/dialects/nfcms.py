"""NFCMS, the pages of Guangdong's portals: directories, index_2.html being the second page.

The pager's links name the pages; of many pages the near ones and the last. 下一页 of the first page
says how the second is numbered: some sites call it 1.
"""

from __future__ import annotations

import re

from govcrawl.discovery.dialects.base import MAX_PAGES, Dialect
from govcrawl.discovery.page import Page
from govcrawl.discovery.steps import Target
from govcrawl.discovery.urls import absolute, directory
from govcrawl.text import folded

_PAGE = re.compile(r"/index_(\d+)\.html$")
_NEXT = re.compile(r"^(?:下一?页|后一?页)[>›»]*$")


class Nfcms(Dialect):
    """NFCMS (广东); its articles end in content/post_<id>.html, on mobile twins in mpost_<id>.html."""

    name = "nfcms"
    rank = 35
    marks = re.compile(r"NFCMS_(?:SITE|POST|CAT|PAGE)_ID|NFCMS_PUB_TYPE|/content/m?post_\d+\.html")
    article = re.compile(r"/content/m?post_(?P<id>\d+)\.html$")
    listing = re.compile(r"/(?:[\w-]+/)+(?:index(?:_\d+)?\.html)?$")

    def following(self, page: Page, base: str) -> list[Target]:
        folder, numbers, second = directory(base), [0], 2
        for link in page.links:
            if directory(link.url) == folder and (found := _PAGE.search(link.url)):
                numbers.append(int(found[1]))
                if _NEXT.match(folded(link.name)):
                    second = numbers[-1]
        here = _PAGE.search(page.url)
        first = int(here[1]) + 1 if here else second
        wanted = range(first, min(max(numbers), MAX_PAGES) + 1)
        urls = (absolute(base, f"./index_{number}.html") for number in wanted)
        return [Target(url, referer=page.url) for url in urls if url]


DIALECT = Nfcms()
