"""The last resorts, when no link led to a report: few requests, the likeliest first, one at a time.

Order and yield: frames and navigation scripts of the start page, then its unlabelled pictures (real home
pages hide their navigation there), sitemap.xml (one request), addresses that many portals share (29 of 336
portals had one), and at the very end the site's own search, where it shows a form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from govcrawl.discovery.columns import slug_score
from govcrawl.discovery.detours import Detours
from govcrawl.discovery.dialects import looks_like_article
from govcrawl.discovery.front import NEEDS_BROWSER, hidden_content
from govcrawl.discovery.outlook import is_shell
from govcrawl.discovery.page import Page
from govcrawl.discovery.scope import Scope
from govcrawl.discovery.search import SearchForm, forms_of
from govcrawl.discovery.steps import SEARCHED, Kind, Step, Target
from govcrawl.discovery.urls import absolute, page_key

CONSTRUCTED = (
    "/zfxxgk/zfxxgknb/", "/zwgk/zfxxgknb/", "/xxgk/xxgknb/", "/zwgk/zfxxgk/zfxxgknb/", "/gkmlpt/index",
)  # fmt: skip
"""Addresses of the column that portals of one kind share."""

PICTURES = 8
"""Unlabelled pictures of the start page that are looked behind."""

_SEARCHES = 2
_SITEMAP_COLUMNS = 5
_SCORE = 50.0  # above what counts as worth a request even when much was found
_LOC = re.compile(r"<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]+)", re.IGNORECASE)
_MAP_FILE = re.compile(r"\.xml(?:\.gz)?(?:\?|$)", re.IGNORECASE)


@dataclass(slots=True)
class Resorts:
    """What is left to try on one portal; ``note`` collects it from the pages seen on the way."""

    scope: Scope
    start: Page | None = None
    forms: list[SearchForm] = field(default_factory=list)
    column: bool = False
    detours: Detours = field(init=False)
    _left: Iterator[Step] | None = None

    def __post_init__(self) -> None:
        self.detours = Detours(self.scope)

    def note(self, step: Step, page: Page) -> bool:
        """Take note of the start page, of search forms, and of a column; whether one was found by now."""
        self.column |= step.annual and step.kind is Kind.COLUMN and not is_shell(page)
        if step.kind in {Kind.START, Kind.SPLASH}:
            self.start = page
        self.detours.note(step, page)
        if len(self.forms) < _SEARCHES:
            new = [form for form in forms_of(page, self.scope) if form not in self.forms]
            self.forms = [*self.forms, *new][:_SEARCHES]
        return self.column

    def next(self, found: set[str], outlook: str | None) -> list[Step]:
        """What to try next where reports of no kind of body were ``found``, or only the government's own.

        ``outlook`` is what the start page is when it is no portal that can be read.
        """
        if outlook not in {None, NEEDS_BROWSER} or self.start is None:
            return []
        if found:
            return self.detours.to_bodies() if found == {"government"} else []
        if self._left is None:
            self._left = self._all(self.start)
        return [*islice(self._left, 1)]

    def _all(self, start: Page) -> Iterator[Step]:
        sitemap = self._guess(
            start, "/sitemap.xml", "the list of pages that the site may offer", Kind.SITEMAP
        )
        if is_shell(start):
            yield sitemap
            return
        first = Step(Target(start.url), Kind.START, _SCORE, "start page")
        yield from (step for step in hidden_content(first, start) if self.scope.allows(step.target.url))
        yield from self.detours.ways.values()
        yield from self._pictures(start)
        yield sitemap
        for path in () if self.column else CONSTRUCTED:
            yield self._guess(start, path, "an address that many portals have, no link led to the column")
        for form in self.forms:
            yield Step(
                form.ask(start.url),
                Kind.SEARCH,
                _SCORE,
                f"the site's own search at {form.address}",
                trail=(SEARCHED,),
            )

    def _pictures(self, start: Page) -> Iterator[Step]:
        seen = {page_key(start.url)}
        for link in start.links:
            key = page_key(link.url)
            if link.name or key in seen or not self.scope.own(link.url) or looks_like_article(link.url):
                continue
            seen.add(key)
            if len(seen) > PICTURES + 1:
                return
            reason = f"picture without words on {start.url}"
            yield Step(Target(link.url, referer=start.url), Kind.SECTION, _SCORE, reason, trail=("",))

    def _guess(self, start: Page, path: str, reason: str, kind: Kind = Kind.GUESS) -> Step:
        url = absolute(start.url, path)
        assert url is not None
        return Step(Target(url, referer=start.url), kind, _SCORE, reason)


def mapped(step: Step, page: Page, scope: Scope) -> list[Step]:
    """Steps to the columns that a sitemap.xml names by their addresses, or to the maps that it is made of."""
    found: dict[str, Kind] = {}
    for address in _LOC.findall(page.text):
        url = absolute(page.url, address.replace("&amp;", "&"))
        if url is None or not scope.own(url):
            continue
        if _MAP_FILE.search(url):
            found[url] = Kind.SITEMAP
        elif slug_score(url) == 1.0:
            found[_column(url)] = Kind.GUESS
    maps = [url for url, kind in found.items() if kind is Kind.SITEMAP and step.trail != ("map",)]
    columns = sorted((url for url, kind in found.items() if kind is Kind.GUESS), key=len)
    reason = f"named in {page.url}"
    chosen = [(url, Kind.GUESS) for url in columns[:_SITEMAP_COLUMNS]]
    chosen += [(url, Kind.SITEMAP) for url in maps[:2]]
    return [
        Step(Target(url, referer=page.url), kind, _SCORE + 10 - place, reason, trail=("map",))
        for place, (url, kind) in enumerate(chosen)
    ]


def _column(url: str) -> str:
    """The folder of the column that an article stands in; any other address as it is."""
    if looks_like_article(url) is not True:
        return url
    folder = url
    while (
        slug_score(shorter := folder.rstrip("/").rpartition("/")[0] + "/") == 1.0 and shorter.count("/") > 3
    ):
        folder = shorter
    return folder
