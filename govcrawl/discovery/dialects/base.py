"""What every dialect answers."""

from __future__ import annotations

import json
import re
from typing import Any, ClassVar

from govcrawl.discovery.bounds import MAX_PAGES as MAX_PAGES  # what dialects ask for
from govcrawl.discovery.page import Page, PageLink, iso_date
from govcrawl.discovery.steps import Target
from govcrawl.discovery.urls import absolute
from govcrawl.text import line


class Dialect:
    """A content-management system. Subclasses set the patterns and override what differs."""

    name: ClassVar[str]
    rank: ClassVar[int] = 50
    marks: ClassVar[re.Pattern[str]]
    article: ClassVar[re.Pattern[str] | None] = None
    listing: ClassVar[re.Pattern[str] | None] = None
    blind: ClassVar[bool] = False  # its further pages are tried, not stated

    def recognises(self, page: Page) -> bool:
        """Whether the page was made by this system."""
        return bool(self.marks.search(page.text))

    def rows(self, page: Page, base: str) -> list[PageLink]:
        """Links that stand in scripts or data islands of the page; ``base`` is the listing's address."""
        return []

    def following(self, page: Page, base: str) -> list[Target]:
        """The further pages of this listing in their order; empty when this is all or the last."""
        return []

    def promised(self, page: Page) -> int | None:
        """How many rows the listing says it has, None when it says nothing."""
        return None


def data_link(
    base: str, href: str, label: str, position: int, *, date: str = "", under: str = ""
) -> PageLink | None:
    """A link that a data island or an XHR answer names, None when its address is none.

    Its block is -1: it stands in no list of the page. ``date`` is any text that holds a date.
    """
    url = absolute(base, href)
    label = line(re.sub(r"<[^>]*>", "", label))
    return PageLink(url, label, "", -1, position, label, iso_date(date), under) if url else None


def json_value(text: str, start: int = 0) -> Any:
    """The JSON value that begins at or after ``start``; None where there is none or it is cut off."""
    found = re.compile(r"[\[{]").search(text, start)
    if found is None:
        return None
    try:
        return json.JSONDecoder().raw_decode(text, found.start())[0]
    except (ValueError, RecursionError):
        return None


_NEXT_PAGE = re.compile(r"^(?:下一?页|后一?页|[>›»]+)$")
_FIRST_PAGE = re.compile(r"^(?:首页|第?[1一]页?|<<|«)$")


def numbered_pages(page: Page, pattern: re.Pattern[str]) -> list[Target]:
    """The pages between this one and the highest that its pager links; ``pattern`` has ``stem`` and ``n``.

    The number behind 下一页 says where they begin: some systems call the second page 1, some 2, and some
    serve the first one twice.
    """
    own = pattern.search(page.url)
    file = page.url.partition("?")[0].rpartition(".")[0]
    folder = page.url.rpartition("/")[0] + "/"
    stems = {_spelt(stem) for stem in ([own["stem"]] if own else [f"{file}_", folder, f"{folder}index_"])}
    linked: dict[int, str] = {}
    following = []
    for link in page.links:
        found, word = pattern.search(link.url), link.name.replace(" ", "")
        if found is None or _spelt(found["stem"]) not in stems or _FIRST_PAGE.match(word):
            continue
        linked[int(found["n"])] = link.url
        if _NEXT_PAGE.match(word):
            following.append(int(found["n"]))
    if not linked:
        return []
    first = int(own["n"]) + 1 if own else (following or [min(linked)])[0]
    last = min(max(linked), first + MAX_PAGES)
    model = linked[max(linked)]
    return [Target(_numbered(model, pattern, n), referer=page.url) for n in range(first, last + 1)]


def _spelt(stem: str) -> str:
    """The beginning of an address without what pages of one list may spell differently: scheme and www."""
    return re.sub(r"^https?://(?:www\.)?", "", stem)


def _numbered(url: str, pattern: re.Pattern[str], number: int) -> str:
    found = pattern.search(url)
    assert found is not None
    return f"{url[: found.start('n')]}{number}{url[found.end('n') :]}"


def count_of(value: object) -> int:
    """A count that an answer names as a number or in digits; 0 for anything else."""
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.isdecimal() else 0
