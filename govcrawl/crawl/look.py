"""A first look at one portal: what a handful of requests showed of its column, and what that lets expect."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field

from govcrawl.crawl.session import PortalCrawl
from govcrawl.discovery import Kind, Page, Step
from govcrawl.discovery.columns import Label, classify
from govcrawl.discovery.dialects import Dialect, dialect_of
from govcrawl.discovery.pager import pages_told
from govcrawl.discovery.paging import named
from govcrawl.discovery.steps import Chain
from govcrawl.discovery.urls import page_key

LIMIT = 12
"""Pages of a portal that a look costs at most; robots.txt comes on top."""

_SAMPLES = 3  # parts of one kind that are looked at; the others are taken to be like them
_PARTS = {Label.GROUP: "kind of body", Label.PART: "kind of body", Label.BODY: "body", Label.YEAR: "year"}


@dataclass(slots=True)
class Seen:
    """A page that was read: its system with the mark that told it, and how many report links it shows.

    ``pages`` is how many pages its pager speaks of: 1 without one, 0 when it does not say; ``promised`` how
    many rows it says there are, the share of them that are reports taken into account.
    """

    step: Step
    url: str
    dialect: Dialect
    mark: str
    rows: int
    title: str
    pages: int
    promised: int | None = None


@dataclass(slots=True)
class Look:
    """The course of a look: pages read, report links seen, and what was left for a real crawl."""

    crawl: PortalCrawl
    asked: int = 0
    pages: list[Seen] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    left: list[Step] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    robots: dict[str, str] = field(default_factory=dict)

    def next(self) -> Step | None:
        """The next page worth a request; what is not goes to ``left``."""
        while (step := self.crawl.discovery.next()) is not None:
            if self.asked < LIMIT and self._tells(step):
                self.asked += 1
                return step
            self.left.append(step)
        return None

    def _tells(self, step: Step) -> bool:
        """Whether a page would tell more than is known: no further page or twin of what paid already."""
        if step.kind is Kind.LISTING:
            return not (step.chain and step.chain.fruitful)
        if step.kind is Kind.SECTION:
            return not self.links
        alike = [seen for seen in self.pages if seen.rows and seen.step.family == step.family]
        return not step.family or len(alike) < _SAMPLES

    def received(self, step: Step, page: Page) -> None:
        """Learn from a page what discovery learns from it."""
        chain = step.chain
        url, dialect = (chain.listing, named(chain.dialect)) if chain else (page.url, dialect_of(page))
        found = self.crawl.discovery.received(step, page)
        new = [*found.entries, *([found.itself] if found.itself else [])]
        self.links |= {page_key(entry.url): entry.title for entry in new}
        shown = {page_key(link.url) for link in [*page.links, *dialect.rows(page, url)]}
        rows = max(len(shown & self.links.keys()), len(new))
        mark = dialect.marks.search(page.text)
        around = page.text[mark.start() : mark.end() + 20].splitlines() if mark and mark[0] else []
        told = " ".join(around[0].split())[:60] if around else ""
        promised = dialect.promised(page)
        if (
            promised is not None and chain is not None and shown
        ):  # an answer of data, where rows are all there is
            promised = math.ceil(promised * min(1.0, rows / len(shown)))
        more = len(dialect.following(page, url)) if chain is not None else 0
        pages = 1 + more if more else pages_told(page.visible_text)
        self.pages.append(Seen(step, url, dialect, told, rows, page.title, pages, promised))

    # --- what it showed -----------------------------------------------------------------------------

    def column(self) -> Seen | None:
        """The 年报 column: the highest page of it that was read, None when none was."""
        inside = [seen for seen in self.pages if seen.step.annual or seen.rows]
        return min(inside, key=lambda seen: (len(seen.step.trail), not seen.step.annual), default=None)

    def system(self) -> Seen | None:
        """The page that tells the system best: the column's, or another one with a mark of its own."""
        column = self.column()
        known = [seen for seen in self.pages if seen.dialect.name != "generic"]
        if column is not None and (column in known or not known):
            return column
        inside = [seen for seen in known if seen.step.annual or seen.rows]
        return next(reversed(inside or known or self.pages), None)

    def shape(self) -> str:
        """How the column is divided, in words."""
        column = self.column()
        if column is None:
            return ""
        depth = len(column.step.trail)
        levels: dict[int, set[str]] = defaultdict(set)
        paying = {seen.step.family for seen in self.pages if seen.rows}
        for step in [seen.step for seen in self.pages] + self.left:
            below = step.trail[depth:]
            if step.family in paying and step.trail[:depth] == column.step.trail and below:
                part = _PARTS.get(classify(below[-1]))
                if part is not None:
                    levels[len(below)].add(part)
        if not levels:
            listed = any(seen.rows for seen in self.pages if seen.url == column.url)
            return "one list" if listed else "no list seen"
        return "divided by " + ", then by ".join(" and ".join(sorted(levels[n])) for n in sorted(levels))

    def estimate(self) -> tuple[int, bool]:
        """(about how many reports there are, whether that is a lower bound only)."""
        chains = {chain.listing: chain for chain in self.crawl.discovery.chains}
        sizes: dict[str, list[int]] = defaultdict(list)
        total, open_ended = 0, False
        parents = {seen.step.target.referer for seen in self.pages if seen.rows}
        for seen in self.pages:
            if not seen.rows:
                continue
            size, cut = _size(seen, chains.get(seen.url))
            open_ended |= cut
            sizes[seen.step.family].append(size)
            if seen.url not in parents or seen.url in chains:  # else a front page of its parts' newest
                total += size
        for step in self.left:
            known = sizes.get(step.family)
            if step.kind is Kind.COLUMN and known:
                total += round(sum(known) / len(known))
            elif step.kind in {Kind.COLUMN, Kind.SECTION}:
                open_ended |= step.kind is Kind.COLUMN
        return max(total, len(self.links)), open_ended


def _size(seen: Seen, chain: Chain | None) -> tuple[int, bool]:
    """(rows of a listing with its further pages, whether there may be more of them than its pager told)."""
    if seen.promised is not None:
        return max(seen.promised, seen.rows), False
    only_next = chain is not None and chain.dialect == "generic" and len(chain.targets) == 1
    known = 1 + len(chain.targets) if chain is not None else 1
    answered = seen.step.kind is Kind.LISTING and seen.pages > 1  # the data itself knows better than its page
    pages = seen.pages if answered else max(known, seen.pages)
    if pages == 1:
        return seen.rows, seen.pages == 0
    # the last page is half full on average
    open_ended = seen.pages == 2 if answered else only_next and seen.pages <= known
    return math.ceil((pages - 0.5) * seen.rows), open_ended
