"""VSB: static trees whose list pages are numbered downwards, or list.jsp with a page number in the query.

Of a list of four pages the first is ``nb.htm``, then come ``nb/3.htm``, ``nb/2.htm``, ``nb/1.htm``. Where the
pager has no links, ``_simple_list_gotopage_fun(4, ..)`` tells how many pages there are.
"""

from __future__ import annotations

import re

from govcrawl.discovery.dialects.base import MAX_PAGES, Dialect
from govcrawl.discovery.page import Page
from govcrawl.discovery.steps import Target
from govcrawl.discovery.urls import absolute, same_host
from govcrawl.text import folded

_NEXT = re.compile(r"^(?:下一?页|后一?页|next)[>›»]*$")
_DOWN = re.compile(r"^(?P<stem>.*/)(?P<number>\d+)\.htm$")
_COUNTED = re.compile(r"[?&](?:PAGENUM|a\w+p|currentnum)=(\d+)")
_ROWS = re.compile(r"共(\d+)条")
_PAGES = re.compile(r"_simple_list_gotopage_fun\(\s*(\d+)|共\s*(\d+)\s*页")


class Vsb(Dialect):
    """VSB site groups (云南 甘肃 山东 四川 陕西 and others)."""

    name = "vsb"
    rank = 40
    marks = re.compile(
        r"vsb_?content|v_news_content|_showDynClicks\(|urltype=tree\.TreeTempUrl|/__local/|Visual SiteBuilder"
        r"|_simple_list_gotopage_fun|/system/resource/js/"
    )
    article = re.compile(
        r"/info/(?P<tree>\d+)/(?P<id>\d+)\.htm$|/info/egovinfo/\d+/overt_centent/[^/]+/[^/]+\.htm$"
        r"|\.jsp\?(?=.*urltype=(?:news\.NewsContentUrl|egovinfo\.EgovInfoContent)\b)|content\.jsp\?.*wbnewsid=\d+"
    )
    listing = re.compile(
        r"\.jsp\?(?=.*urltype=tree\.TreeTempUrl)(?!.*wbnewsid=)|/\w*list\.jsp\?.*wbtreeid=\d+"
    )

    def following(self, page: Page, base: str) -> list[Target]:
        for link in page.links:
            if _NEXT.match(folded(link.label)) and link.url != page.url and same_host(link.url, base):
                return _from(page, link.url)
        return _unlinked(page, base)

    def promised(self, page: Page) -> int | None:
        found = _ROWS.search(page.visible_text)
        return int(found[1]) if found else None


def _from(page: Page, following: str) -> list[Target]:
    """The page that 下页 names and, in a static tree, those below it down to 1."""
    if static := _DOWN.match(following):
        here = _DOWN.match(page.url)
        if here and here["stem"] == static["stem"] and int(here["number"]) <= int(static["number"]):
            return []
        return _downwards(static["stem"], int(static["number"]), page.url)
    number, current = _COUNTED.search(following), _COUNTED.search(page.url)
    if number and current and int(number[1]) <= int(current[1]):
        return []
    return [Target(following, referer=page.url)]


def _unlinked(page: Page, base: str) -> list[Target]:
    found, stem = _PAGES.search(page.text), absolute(base, base.removesuffix(".htm") + "/")
    if found is None or page.url != base or not base.endswith(".htm") or stem is None:
        return []
    return _downwards(stem, int(found[1] or found[2]) - 1, page.url)


def _downwards(stem: str, first: int, referer: str) -> list[Target]:
    numbers = range(first, max(first - MAX_PAGES, 0), -1)
    return [Target(f"{stem}{number}.htm", referer=referer) for number in numbers]


DIALECT = Vsb()
