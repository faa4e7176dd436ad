"""The discoverer of one portal: a fetched page in, entries and the next request out.

It starts from any page, follows labels towards the 年报 column, pages through its listings, and stops when
what is left is not worth a request. It knows neither Scrapy nor the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from govcrawl.discovery.answers import says_none
from govcrawl.discovery.bounds import MOST_PAGES
from govcrawl.discovery.candidates import candidate
from govcrawl.discovery.choices import Choices
from govcrawl.discovery.dialects import dialect_of, looks_like_article
from govcrawl.discovery.finds import Finds, Found, speaks_of_body
from govcrawl.discovery.front import HIDDEN, first_step, hidden_content, hidden_in, next_doors, sent_on
from govcrawl.discovery.frontier import Frontier
from govcrawl.discovery.functions import answered, open_calls
from govcrawl.discovery.gaps import Gaps
from govcrawl.discovery.islands import island_links
from govcrawl.discovery.memory import PATIENCE_WHEN_OPEN, Memory, note_visit
from govcrawl.discovery.missing import shortfalls
from govcrawl.discovery.outlook import is_shell, outlook
from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.paging import Brought, is_notices, missed, named, next_page, note_page, open_chain
from govcrawl.discovery.platforms import reopened
from govcrawl.discovery.resorts import Resorts, mapped
from govcrawl.discovery.scope import Scope
from govcrawl.discovery.search import PAGES, results_of
from govcrawl.discovery.seconds import Seconds
from govcrawl.discovery.shortcuts import Shortcuts
from govcrawl.discovery.siblings import Siblings
from govcrawl.discovery.sightings import Sightings
from govcrawl.discovery.steps import Chain, Kind, Step, Target
from govcrawl.discovery.urls import page_key
from govcrawl.model import Entry, Listing, Portal

BUDGET = 60
"""Requests a portal may cost beyond one for each report and each further page of their listings."""


@dataclass(slots=True)
class Discovery:
    """Discovery of one portal; ``budget`` limits the requests that bring no report themselves.

    With the ``memory`` of an earlier crawl it starts at the listings themselves, and at the portal's front
    only when they no longer hold what they held (``changed`` then says so). ``visited`` is what the next
    crawl may remember.
    """

    portal: Portal
    budget: int = BUDGET
    memory: Memory = field(default_factory=Memory)
    changed: str | None = None
    visited: dict[str, Listing] = field(default_factory=dict)
    scope: Scope = field(init=False)
    frontier: Frontier = field(init=False)
    outlook: str | None = None
    gaps: Gaps = field(init=False)
    seconds: Seconds = field(default_factory=Seconds)
    resorts: Resorts = field(init=False)
    sightings: Sightings = field(default_factory=Sightings)
    chains: list[Chain] = field(default_factory=list)
    finds: Finds = field(init=False)
    choices: Choices = field(init=False)
    _shortcuts: Shortcuts = field(default_factory=Shortcuts)
    _siblings: Siblings = field(default_factory=Siblings)
    _start: Step = field(init=False)

    def __post_init__(self) -> None:
        self.scope = Scope.of(self.portal)
        self.frontier, self.gaps = Frontier(self.budget), Gaps(self.portal)
        self.finds, self.resorts = Finds(self.portal.key, self.scope, self.gaps), Resorts(self.scope)
        self.choices = Choices(self.scope)
        self._start = first_step(self.portal)
        for part in reopened(self.memory.listings, self.scope, self.portal):
            self.scope.grant(part)
        for step in self.memory.steps() or [self._start]:
            self.frontier.add(step)
        for listing in self.memory.listings:
            self.frontier.mark(listing.url)

    @property
    def recalling(self) -> bool:
        """Whether this crawl goes by what an earlier one remembered."""
        return bool(self.memory.listings) and self.changed is None

    def next(self) -> Step | None:
        """The next request, None when nothing is left that is worth one."""
        floor = self.finds.floor()
        step = self.frontier.next(floor)
        while step is None and (resorts := self._resorts()):
            self._only_on(resorts)
            step = self.frontier.next(floor)
        while step is not None and self._is_settled(step):
            self.frontier.give_back(step)
            step = self.frontier.next(floor)
        return step and self.frontier.rather(self._siblings.instead(self._shortcuts.instead(step)), step)

    def _is_settled(self, step: Step) -> bool:
        """Whether what a step was planned for has been found another way meanwhile."""
        if step.kind is Kind.SECTION and step.body and self.finds.has(step.body):
            return True
        return any(chain.fruitful and step.family == hidden_in(chain.listing) for chain in self.chains)

    def want(self, entry: Entry, *, last: bool = False) -> None:
        """Put a report on the plan: before what is not looked at yet, or behind everything."""
        target, score = Target(entry.url, referer=entry.listing), 0.0 if last else 90.0
        self.frontier.again(Step(target, Kind.REPORT, score, entry.reason, True, entry=entry))

    def planned(self, entry: Entry) -> bool:
        """Whether a report link came up in this crawl already, under this very address and no twin of it."""
        found = self.finds.entries.get(page_key(entry.url))
        return found is not None and found.url == entry.url

    def received(self, step: Step, page: Page) -> Found:
        """Learn from a page: its report links come back, everything else goes on the plan."""
        self.frontier.mark(page.url)
        page.answers(step)
        if onward := next_doors(step, page, self.scope) or sent_on(step, page, self.scope):
            self.resorts.note(step, page)
            return self._only_on(onward)
        if step.kind is Kind.SITEMAP:
            return self._only_on(mapped(step, page, self.scope))
        self._look_around(step, page)
        if step.kind is Kind.REPORT:
            return self._instead_of_report(step, page)
        base = step.chain.listing if step.chain else page.url
        dialect = named(step.chain.dialect) if step.chain else dialect_of(page)
        links = [*page.links, *(dialect.rows(page, base) or island_links(page)), *answered(step, page)]
        self.gaps.page_cut(page, annual=step.annual)
        if step.searching:
            links = [*results_of(page, self.scope), *island_links(page)]
        elif not step.annual and self.finds.is_column(step, page, links):
            step = replace(step, annual=True)
        if not step.annual:
            self.finds.template.update(link.url for link in page.links)
        rows = self.finds.candidates(step, links, base)
        self.sightings.note(step, page, rows, self.finds.template)
        new = self.new(rows, step)
        if self._in_vain(step, page, new, links):
            self.failed(replace(step, answered=says_none(page)))
            return Found(new)
        if rows and step.body:
            self._siblings.learn(step)
        if self.recalling and not self._as_remembered(step, rows):
            return Found()
        found = Found(new, self.finds.itself(step, page, len(new)))
        note_visit(self.visited, step, dialect.name, len(new) + bool(step.choice and found.itself))
        planned = self._plan(step, page, links, fruitful=bool(new))
        self._page_on(step, page, links, Brought(rows, new), leaf=not planned)
        filled = any(chain.listing == step.listing for chain in self.chains)
        hit = bool(found.entries or found.itself or (rows and not step.choice))
        memory = self.memory if self.recalling else None
        self._only_on(self.choices.after(step, page, rows, hit=hit, filled=filled, memory=memory))
        self.frontier.learned(step, len(found.entries) + (found.itself is not None))
        return found

    def _only_on(self, steps: Iterable[Step]) -> Found:
        """Nothing but where a page leads."""
        for step in steps:
            self.frontier.add(step)
        return Found()

    def failed(self, step: Step) -> None:
        """A request brought nothing: its fallback, or the next page of its listing, takes its place."""
        if step.choice and step.chain is None:
            self._only_on(self.choices.learn(step, hit=False))
        elif step.original is not None:
            self._siblings.missed()
            self.frontier.again(step.original)
        elif step.target.fallback is not None:
            other = replace(step, target=step.target.fallback, reason=f"{step.reason} (other way)")
            if to_page := step.target.fallback == step.instead:
                self._shortcuts.missed(step)
            elif step.chain is not None:
                step.chain.turned = not step.chain.turned
            self.frontier.again(replace(other, chain=None) if to_page else other)
        elif self.recalling and step.kind is Kind.COLUMN and self.memory.of(step) is not None:
            self._rediscover(f"{step.target.url} does not answer any more")
        elif step.chain is not None:
            missed(step.chain, step.target.url)
            self._advance(step, step.chain)

    def shortfalls(self) -> list[str]:
        """What the crawl knows it has not seen, in words: it makes the portal's run incomplete."""
        return shortfalls(self)

    def _as_remembered(self, step: Step, rows: Sequence[Entry]) -> bool:
        """Whether a remembered listing still holds report links; if not, discovery begins anew."""
        was = self.memory.of(step)
        if was is None or rows or self.memory.awaits_script(step):
            return True
        if any(entry.listing == was.url for entry in self.finds.entries.values()):
            return True  # on a page of it before this one
        if step.target.fallback is not None:
            self.failed(step)
        else:
            self._rediscover(f"{was.url} held {was.rows} reports and shows none")
        return False

    def _in_vain(self, step: Step, page: Page, new: Sequence[Entry], links: Sequence[PageLink]) -> bool:
        """Whether a request that was one of two ways brought nothing, so that the other is to be tried."""
        if step.original is not None:
            return not (
                speaks_of_body(step.body, page, new) if new else dialect_of(page).following(page, page.url)
            )
        guessed = step.kind is Kind.COLUMN and step.chain is not None and not self.recalling
        # only new rows confirm what was told from a sibling's
        missing = not (new if guessed else links or page.frames)
        return step.target.fallback is not None and missing and self.outlook is None

    def _rediscover(self, reason: str) -> None:
        self.changed = reason
        self.frontier = Frontier(self.budget, self.frontier.spent)
        self.frontier.add(self._start)
        self.visited.clear()
        for url in self.finds.entries:
            self.frontier.mark(f"http://{url}")

    def _resorts(self) -> list[Step]:
        """What is tried where nothing is left: on a portal that may have more reports than were found."""
        return [] if self.recalling else self.resorts.next({*self.finds.kinds}, self.outlook)

    def _look_around(self, step: Step, page: Page) -> None:
        """Take note of what a page is when it is no portal's, and of what it offers as a last resort."""
        if step.kind in {Kind.START, Kind.SPLASH}:
            self.outlook = outlook(page)
        elif step.annual and step.kind is not Kind.REPORT and is_shell(page):
            self.gaps.shells.add(page.url)
        self.frontier.column = self.resorts.note(step, page)

    def _instead_of_report(self, step: Step, page: Page) -> Found:
        """A report link that leads to a list instead: read it as a part of the column."""
        rows = self.finds.instead_of_report(step, page)
        if not rows or looks_like_article(page.url):
            return Found(self.new(rows, step))
        return self.received(replace(step, kind=Kind.COLUMN, entry=None, annual=True), page)

    def new(self, rows: Sequence[Entry], step: Step) -> list[Entry]:
        """Those of a page's report links that nothing has asked for yet."""
        unknown = [entry for entry in rows if not self.frontier.knows(entry.url)]
        new = self.finds.new(unknown, step)
        for entry in new:
            self.frontier.mark(entry.url)
            self.seconds.note(entry)
        return new

    def _plan(self, step: Step, page: Page, links: Sequence[PageLink], *, fruitful: bool) -> int:
        """Put the links that lead on onto the plan, and where there are none, frames and scripts."""
        planned, main = 0, False
        for link in links:
            if link.url in self.finds or not self.gaps.inside(self.scope, step, link, page):
                continue
            offered = candidate(step, page, link, annual=step.annual, template=self.finds.template)
            if offered is not None and (not self.recalling or self.memory.is_news(offered)):
                planned += (new := self.frontier.add(offered))
                main |= new and offered.score >= HIDDEN
        hidden = hidden_content(step, page) if not main and not fruitful else []
        more = [*open_calls(step, page), *hidden]
        self._only_on(onward for onward in more if self.scope.allows(onward.target.url))
        return planned

    def _page_on(
        self, step: Step, page: Page, links: Sequence[PageLink], brought: Brought, *, leaf: bool
    ) -> None:
        """Go on to the listing's further pages while they bring reports.

        An unchanged first page of a remembered listing vouches for those behind it.
        """
        new = brought.new
        fresh = any(page_key(entry.url) not in self.memory.settled for entry in new)
        open_list = self.recalling and self.memory.is_open(step.listing)
        if self.recalling and not fresh and not self.memory.awaits_script(step) and not open_list:
            return
        chain = step.chain
        if chain is not None:
            if new and chain.leaf and not chain.fruitful:
                self._shortcuts.learn(step)
            note_page(chain, page, links, brought)
        elif new or step.annual or step.searching or is_notices(step):
            chain = open_chain(step, page, links, self.scope, brought)
        if new and chain is None and not step.searching:
            self.gaps.cut_short(page, links, new)
        if chain is not None:
            chain.leaf = chain.leaf and leaf
            chain.patience = PATIENCE_WHEN_OPEN if open_list else chain.patience
            if chain not in self.chains:
                self.chains.append(chain)
            self._advance(step, chain)

    def _advance(self, step: Step, chain: Chain) -> None:
        if step.searching and chain.next >= PAGES:
            self.gaps.unseen.add(chain.listing)
        elif chain.next >= MOST_PAGES:
            self.gaps.cut[chain.listing] = f"goes on beyond {MOST_PAGES} pages, which were not asked for"
        elif (following := next_page(step, chain, self.scope)) is not None and self.frontier.add(following):
            self.frontier.budget += 1
