"""The discoverer of one portal: a fetched page in, entries and the next request out.

It starts from any page, follows labels towards the 年报 column, pages through its listings, and stops when
what is left is not worth a request. It knows neither Scrapy nor the database.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace

from govcrawl.discovery.candidates import candidate
from govcrawl.discovery.columns import Label, classify, slug_score
from govcrawl.discovery.dialects import dialect_of
from govcrawl.discovery.front import hidden_content, next_doors
from govcrawl.discovery.frontier import Frontier
from govcrawl.discovery.gaps import Gaps
from govcrawl.discovery.memory import is_news, recalled
from govcrawl.discovery.outlook import is_shell, outlook
from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.paging import named, next_page, note_page, open_chain
from govcrawl.discovery.platforms import opened_by, reopened
from govcrawl.discovery.resorts import Resorts, mapped
from govcrawl.discovery.rows import reads_like_report, report_rows
from govcrawl.discovery.scope import Scope
from govcrawl.discovery.search import PAGES, results_of
from govcrawl.discovery.steps import Chain, Kind, Step, Target
from govcrawl.discovery.urls import other_scheme, page_key
from govcrawl.model import Entry, Listing, Portal

BUDGET = 60
"""Requests a portal may cost beyond one for each report and each further page of their listings."""

_WORTH_ALWAYS = 44.0  # the column's own parts and the main ways to it
_WORTH_WHEN_POOR = 10.0  # everything, as long as too little was found
_ROWS_OF_A_COLUMN = 5  # report titles on one page: it is the column, whatever the label said


@dataclass(slots=True)
class Found:
    """What a page brought: report links, and the page's own entry when it is itself a report."""

    entries: list[Entry] = field(default_factory=list)
    itself: Entry | None = None


@dataclass(slots=True)
class Discovery:
    """Discovery of one portal; ``budget`` limits the requests that bring no report themselves.

    ``memory`` are the pages that an earlier crawl looked at and ``settled`` the keys of the report links that
    the ledger has dealt with: with them it starts at the listings themselves, and at the portal's front only
    when they no longer hold what they held (``changed`` then says so).
    """

    portal: Portal
    budget: int = BUDGET
    memory: Sequence[Listing] = ()
    settled: Container[str] = frozenset()
    changed: str | None = None
    visited: dict[str, Listing] = field(default_factory=dict)
    scope: Scope = field(init=False)
    frontier: Frontier = field(init=False)
    outlook: str | None = None
    gaps: Gaps = field(init=False)
    resorts: Resorts = field(init=False)
    chains: list[Chain] = field(default_factory=list)
    _start: Step = field(init=False)
    _template: set[str] = field(default_factory=set)
    _entries: dict[str, Entry] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.scope = Scope.of(self.portal)
        self.frontier, self.gaps = Frontier(self.budget), Gaps(self.portal)
        self.resorts = Resorts(self.scope)
        start = self.portal.start or self.portal.url
        reason = (
            f"start page set by the registry: {self.portal.reason}" if self.portal.start else "start page"
        )
        first = Target(start, fallback=Target(other_scheme(start)))  # many hosts answer only one of the two
        self._start = Step(first, Kind.START, 100.0, reason)
        for part in reopened(self.memory, self.scope, self.portal):
            self.scope.grant(part)
        for step in recalled(self.memory) or [self._start]:
            self.frontier.add(step)
        for listing in self.memory:
            self.frontier.mark(listing.url)

    @property
    def recalling(self) -> bool:
        """Whether this crawl goes by what an earlier one remembered."""
        return bool(self.memory) and self.changed is None

    def next(self) -> Step | None:
        """The next request, None when nothing is left that is worth one."""
        floor = _WORTH_ALWAYS if self._satisfied() else _WORTH_WHEN_POOR
        step = self.frontier.next(floor)
        while step is None and self._empty_handed() and (resort := self.resorts.next()) is not None:
            if self.frontier.add(resort):
                step = self.frontier.next(floor)
        return step

    def want(self, entry: Entry) -> None:
        """Put a report on the plan."""
        step = Step(
            Target(entry.url, referer=entry.listing), Kind.REPORT, 90.0, entry.reason, True, entry=entry
        )
        self.frontier.again(step)

    def planned(self, entry: Entry) -> bool:
        """Whether a report link came up in this crawl already."""
        return page_key(entry.url) in self._entries

    def received(self, step: Step, page: Page) -> Found:
        """Learn from a page: its report links come back, everything else goes on the plan."""
        self.frontier.mark(page.url)
        if doors := next_doors(step, page, self.scope):
            for door in doors:
                self.frontier.add(door)
            return Found()
        if step.kind is Kind.SITEMAP:
            for named_there in mapped(step, page, self.scope):
                self.frontier.add(named_there)
            return Found()
        self._look_around(step, page)
        if step.kind is Kind.REPORT:
            return self._instead_of_report(step, page)
        base = step.chain.listing if step.chain else page.url
        dialect = named(step.chain.dialect) if step.chain else dialect_of(page)
        links = [*page.links, *dialect.rows(page, base)]
        if step.searching:
            links = results_of(page, self.scope)
        elif not step.annual and self._is_column(step, page, links):
            step = replace(step, annual=True)
        if not step.annual:
            self._template.update(link.url for link in page.links)
        if not links and step.target.fallback is not None:
            self.failed(step)
            return Found()
        if self.recalling and not self._as_remembered(step, links, base):
            return Found()
        found = Found(self._rows(step, links, base))
        self._note_visit(step, len(found.entries))
        if reads_like_report(page.visible_text) and len(found.entries) < 3:
            found.itself = self._own_entry(step, page)
        self._plan(step, page, links, fruitful=bool(found.entries))
        fresh = [entry for entry in found.entries if page_key(entry.url) not in self.settled]
        if (
            fresh or not self.recalling or self._awaits_script(step)
        ):  # an unchanged first page vouches for those behind it
            self._page_on(step, page, base, links, fruitful=bool(found.entries))
        self.frontier.learned(step, len(found.entries) + (found.itself is not None))
        return found

    def failed(self, step: Step) -> None:
        """A request brought nothing: its fallback, or the next page of its listing, takes its place."""
        if step.target.fallback is not None:
            self.frontier.again(
                replace(step, target=step.target.fallback, reason=f"{step.reason} (other way)")
            )
        elif self.recalling and step.kind is Kind.COLUMN and self._was(step) is not None:
            self._rediscover(f"{step.target.url} does not answer any more")
        elif step.chain is not None:
            step.chain.barren += 1
            self._advance(step, step.chain)

    def shortfalls(self) -> list[str]:
        """What the crawl knows it has not seen, in words: it makes the portal's run incomplete."""
        told = [
            f"{chain.listing} says that it has {chain.promised} rows and gave {len(chain.seen)}"
            for chain in self.chains
            if chain.promised is not None and chain.fruitful and len(chain.seen) < chain.promised
        ]
        if self.frontier.refused:
            told.append(
                f"request budget of {self.budget} spent with {self.frontier.refused} pages not looked at"
            )
        return told + self.gaps.shortfalls(found=bool(self._entries))

    # --- memory ------------------------------------------------------------------------------------

    def _as_remembered(self, step: Step, links: Sequence[PageLink], base: str) -> bool:
        """Whether a remembered listing still holds report links; if not, discovery begins anew."""
        was = self._was(step)
        if was is None or self._awaits_script(step) or self._candidates_for_rows(step, links, base):
            return True
        self._rediscover(f"{was.url} held {was.rows} reports and shows none")
        return False

    def _was(self, step: Step) -> Listing | None:
        """What is remembered of the listing that a step belongs to, when it held reports."""
        first = step.chain.listing if step.chain else step.target.url
        return next((listing for listing in self.memory if listing.url == first and listing.rows), None)

    def _awaits_script(self, step: Step) -> bool:
        """Whether a remembered listing's rows come with its first data request, not with its page."""
        was = self._was(step)
        return was is not None and not was.shown and step.chain is None

    def _rediscover(self, reason: str) -> None:
        self.changed = reason
        self.frontier = Frontier(self.budget, self.frontier.spent)
        self.frontier.add(self._start)
        self.visited.clear()
        for url in self._entries:
            self.frontier.mark(f"http://{url}")

    def _note_visit(self, step: Step, rows: int) -> None:
        """Remember a page for the next crawl; rows of further pages count for the listing's first."""
        first = step.chain.listing if step.chain else step.target.url
        if (known := self.visited.get(first)) is not None:
            self.visited[first] = replace(known, rows=known.rows + rows)
        elif step.annual or rows:
            self.visited[first] = Listing(first, step.trail, step.target.referer, rows, rows > 0)

    # --- what lies around ------------------------------------------------------------------------------

    def _empty_handed(self) -> bool:
        """Whether no report was found on a portal where one may be: time for the last resorts."""
        return not self._entries and not self.recalling and self.outlook is None

    def _look_around(self, step: Step, page: Page) -> None:
        """Take note of what a page is when it is no portal's, and of what it offers as a last resort."""
        if step.kind in {Kind.START, Kind.SPLASH}:
            self.outlook = outlook(page)
        elif step.annual and step.kind is not Kind.REPORT and is_shell(page):
            self.gaps.shells.add(page.url)
        self.resorts.note(step, page)

    # --- reading a page --------------------------------------------------------------------------

    def _instead_of_report(self, step: Step, page: Page) -> Found:
        """A report link that leads to a list instead: read it as a part of the column."""
        if reads_like_report(page.visible_text):
            return Found()
        links = [*page.links, *dialect_of(page).rows(page, page.url)]
        entries = self._rows(step, links, page.url)
        return Found(entries if len(entries) >= 2 else [])

    def _is_column(self, step: Step, page: Page, links: Sequence[PageLink]) -> bool:
        """Whether a page that no label promised to be the column is it, by its name or its rows."""
        named_so = classify(page.title.split("-")[0].split("_")[0]) is Label.ANNUAL
        if step.kind is Kind.START and (named_so or slug_score(page.url) == 1.0):
            return True
        if step.kind is Kind.GUESS and named_so:
            return True
        rows = {entry.url for _, entry in self._candidates_for_rows(step, links, page.url) if entry.published}
        return len(rows) >= _ROWS_OF_A_COLUMN and (named_so or step.kind is not Kind.START)

    def _candidates_for_rows(
        self, step: Step, links: Sequence[PageLink], base: str
    ) -> list[tuple[PageLink, Entry]]:
        return list(
            report_rows(
                links,
                portal=self.portal.key,
                listing=base,
                annual=step.annual,
                trail=step.trail,
                template=self._template,
            )
        )

    def _rows(self, step: Step, links: Sequence[PageLink], base: str) -> list[Entry]:
        new: list[Entry] = []
        for _, entry in self._candidates_for_rows(step, links, base):
            key = page_key(entry.url)
            if not self.scope.allows(entry.url):
                self.gaps.row(entry.url)
            elif key not in self._entries and not self.frontier.knows(entry.url):
                self._entries[key] = entry
                self.frontier.mark(entry.url)
                new.append(entry)
        return new

    def _own_entry(self, step: Step, page: Page) -> Entry | None:
        key = page_key(page.url)
        if key in self._entries:
            return None
        label, reason = (step.trail[-1] if step.trail else page.title), "the column page is the report"
        self._entries[key] = Entry(
            page.url, self.portal.key, label, listing=step.target.referer, reason=reason
        )
        return self._entries[key]

    def _plan(self, step: Step, page: Page, links: Sequence[PageLink], *, fruitful: bool) -> None:
        """Put the links that lead on onto the plan, and where there are none, frames and scripts."""
        planned = 0
        for link in links:
            if page_key(link.url) in self._entries or not self._inside(link, page):
                continue
            offered = candidate(step, page, link, annual=step.annual, template=self._template)
            if offered is not None and (not self.recalling or is_news(offered, self.memory)):
                planned += self.frontier.add(offered)
        if not planned and not fruitful:
            for hidden in hidden_content(step, page):
                if self.scope.allows(hidden.target.url):
                    self.frontier.add(hidden)

    def _inside(self, link: PageLink, page: Page) -> bool:
        """Whether a link stays with the place; a label of disclosure may open its part of a platform."""
        if self.scope.allows(link.url):
            return True
        opened = opened_by(link, page, self.scope, self.portal)
        if opened is None:
            self.gaps.way(link)
        return opened is not None and self.scope.grant(opened)

    def _page_on(
        self, step: Step, page: Page, base: str, links: Sequence[PageLink], *, fruitful: bool
    ) -> None:
        """Go on to the listing's further pages while they bring reports."""
        chain = step.chain
        if chain is not None:
            note_page(chain, page, links, fruitful=fruitful)
        elif fruitful or step.annual:
            chain = open_chain(page, base, links, self.scope, fruitful=fruitful)
            if chain is not None:
                self.chains.append(chain)
        if chain is not None:
            self._advance(step, chain)

    def _advance(self, step: Step, chain: Chain) -> None:
        if step.searching and chain.next >= PAGES:
            return
        following = next_page(step, chain, self.scope)
        if following is not None and self.frontier.add(following):
            self.frontier.budget += 1

    def _satisfied(self) -> bool:
        """Whether enough bodies were found that the detours are not worth a request."""
        bodies = {entry.title.split("20")[0] for entry in self._entries.values()}
        return len(bodies) >= 4 and len(self._entries) >= 8
