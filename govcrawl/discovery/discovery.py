"""The discoverer of one portal: a fetched page in, entries and the next request out.

It starts from any page, follows labels towards the 年报 column, pages through its listings, and stops when
what is left is not worth a request. It knows neither Scrapy nor the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from govcrawl.discovery.columns import Label, classify, entrance, names_column, plain, slug_score
from govcrawl.discovery.dialects import Dialect, dialect_of, dialects, looks_like_article
from govcrawl.discovery.frontier import Frontier
from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.rows import reads_like_report, report_rows
from govcrawl.discovery.scope import Scope
from govcrawl.discovery.steps import Chain, Kind, Step, Target
from govcrawl.discovery.urls import other_scheme, page_key
from govcrawl.model import Entry, Portal

BUDGET = 60
"""Requests a portal may cost beyond one for each report and each further page of their listings."""

_SCORE = {
    Label.ANNUAL: 80.0,
    Label.YEAR: 75.0,
    Label.GROUP: 74.0,
    Label.BODY: 70.0,
    Label.DISCLOSURE: 52.0,
    Label.MAP: 20.0,
}
_WORTH_ALWAYS = 44.0  # the column's own parts and the main ways to it
_WORTH_WHEN_POOR = 10.0  # everything, as long as too little was found
_BARREN_PAGES = 2
_MAX_SPLASH = 3


@dataclass(slots=True)
class Found:
    """What a page brought: report links, and the page's own entry when it is itself a report."""

    entries: list[Entry] = field(default_factory=list)
    itself: Entry | None = None


@dataclass(slots=True)
class Discovery:
    """Discovery of one portal; ``budget`` limits the requests that bring no report themselves."""

    portal: Portal
    budget: int = BUDGET
    scope: Scope = field(init=False)
    frontier: Frontier = field(init=False)
    outside: set[str] = field(default_factory=set)
    columns: list[str] = field(default_factory=list)
    agencies: set[str] = field(default_factory=set)
    _template: set[str] = field(default_factory=set)
    _entries: dict[str, Entry] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.scope = Scope.of(self.portal)
        self.frontier = Frontier(self.budget)
        start = self.portal.start or self.portal.url
        reason = (
            f"start page set by the registry: {self.portal.reason}" if self.portal.start else "start page"
        )
        first = Target(start, fallback=Target(other_scheme(start)))  # many hosts answer only one of the two
        self.frontier.add(Step(first, Kind.START, 100.0, reason))

    def next(self) -> Step | None:
        """The next request, None when nothing is left that is worth one."""
        floor = _WORTH_ALWAYS if self._satisfied() else _WORTH_WHEN_POOR
        return self.frontier.next(floor)

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
        if target := self._splash(step, page):
            self.frontier.add(target)
            return Found()
        if step.kind is Kind.REPORT:
            return self._report_page(step, page)
        annual = step.annual or self._is_column(step, page)
        base = step.chain.listing if step.chain else page.url
        dialect = dialect_of(page) if step.chain is None else _named(step.chain.dialect, page)
        links = [*page.links, *dialect.rows(page, base)]
        if not annual:
            self._template.update(link.url for link in page.links)
        found = Found(self._rows(step, links, base, annual=annual))
        if reads_like_report(page.visible_text) and len(found.entries) < 3:
            found.itself = self._own_entry(step, page)
        planned = self._plan(step, page, links, annual=annual)
        self._page_on(step, page, base, found, links)
        if found.entries and annual and step.kind is not Kind.LISTING:
            self.columns.append(page.url)
        self.frontier.learned(step, paid=bool(found.entries or found.itself or planned))
        return found

    def failed(self, step: Step) -> None:
        """A request brought nothing: its fallback, or the next page of its listing, takes its place."""
        if step.target.fallback is not None:
            self.frontier.again(_again(step, step.target.fallback))
        elif step.chain is not None:
            step.chain.barren += 1
            self._advance(step, step.chain)

    # --- reading a page --------------------------------------------------------------------------

    def _splash(self, step: Step, page: Page) -> Step | None:
        if step.kind not in {Kind.START, Kind.SPLASH} or len(step.trail) >= _MAX_SPLASH:
            return None
        if url := page.redirect():
            if self.scope.allows(url) and page_key(url) != page_key(page.url):
                return Step(
                    Target(url, referer=page.url),
                    Kind.SPLASH,
                    100.0,
                    "where the start page sends browsers",
                    trail=(*step.trail, "splash"),
                )
            return None
        inside = [link for link in page.links if self.scope.allows(link.url)]
        if page.size > 5_000 or not 1 <= len(inside) <= 10 or any(_promising(link) for link in inside):
            return None
        doors = [link for link in inside if entrance(link.name)] or inside
        return Step(
            Target(doors[0].url, referer=page.url),
            Kind.SPLASH,
            100.0,
            f"entrance of the splash page: {doors[0].name or 'image'}",
            trail=(*step.trail, "splash"),
        )

    def _report_page(self, step: Step, page: Page) -> Found:
        """A report link that leads to a list instead: read it as a part of the column."""
        if reads_like_report(page.visible_text):
            return Found()
        entries = self._rows(step, list(page.links), page.url, annual=True)
        return Found(entries if len(entries) >= 2 else [])

    def _is_column(self, step: Step, page: Page) -> bool:
        if step.kind is not Kind.START:
            return False
        return classify(page.title.split("-")[0].split("_")[0]) is Label.ANNUAL or slug_score(page.url) == 1.0

    def _rows(self, step: Step, links: Sequence[PageLink], base: str, *, annual: bool) -> list[Entry]:
        new: list[Entry] = []
        rows = report_rows(
            links,
            portal=self.portal.key,
            listing=base,
            annual=annual,
            trail=step.trail,
            template=frozenset(self._template),
        )
        for _, entry in rows:
            key = page_key(entry.url)
            if not self.scope.allows(entry.url):
                self.outside.add(entry.url)
            elif key not in self._entries and not (self.frontier.knows(entry.url)):
                self._entries[key] = entry
                self.frontier.mark(entry.url)
                new.append(entry)
        return new

    def _own_entry(self, step: Step, page: Page) -> Entry | None:
        key = page_key(page.url)
        if key in self._entries:
            return None
        label = step.trail[-1] if step.trail else page.title
        entry = Entry(
            page.url, self.portal.key, label, None, None, step.target.referer, "the column page is the report"
        )
        self._entries[key] = entry
        return entry

    def _plan(self, step: Step, page: Page, links: Sequence[PageLink], *, annual: bool) -> int:
        """Put the links that lead on onto the plan; how many were new."""
        planned = 0
        for link in links:
            if not self.scope.allows(link.url) or page_key(link.url) in self._entries:
                continue
            if (next_step := self._candidate(step, page, link, annual=annual)) is not None:
                planned += self.frontier.add(next_step)
        if step.kind in {Kind.START, Kind.SPLASH} and not planned:
            for url in page.frames[:3]:
                if self.scope.allows(url):
                    frame = Step(Target(url, referer=page.url), Kind.SECTION, 40.0, "frame of the start page")
                    planned += self.frontier.add(frame)
        return planned

    def _candidate(self, step: Step, page: Page, link: PageLink, *, annual: bool) -> Step | None:
        kind = classify(link.name)
        article = looks_like_article(link.url)
        inner = annual and link.url not in self._template
        if kind is Label.ANNUAL and article is not True:
            return _column(step, page, link, _SCORE[kind] + 5 * slug_score(link.url) - _doubt(link, page))
        if kind in {Label.YEAR, Label.GROUP, Label.BODY} and article is not True:
            if (
                inner
                or classify(link.under) is Label.ANNUAL
                or (kind is Label.GROUP and names_column(link.name))
            ):
                return _column(step, page, link, _SCORE[kind])
            if kind is Label.GROUP and not annual:
                score = 30.0 + 8 * ("公开" in plain(link.name)) + 4 * slug_score(link.url)
                return _section(step, page, link, score)
            if kind is Label.BODY and step.trail and classify(step.trail[-1]) is Label.GROUP and not annual:
                return _section(step, page, link, 28.0 + 4 * slug_score(link.url))
        if kind is Label.DISCLOSURE and article is not True:
            full = 6.0 * ("政府信息公开" in plain(link.name)) + 3.0 * ("信息公开" in plain(link.name))
            depth = 4.0 * sum(classify(label) is Label.DISCLOSURE for label in step.trail)
            return _section(step, page, link, _SCORE[kind] + full + 2 * slug_score(link.url) - depth)
        if kind is Label.MAP:
            return _section(step, page, link, _SCORE[kind])
        if kind is Label.OTHER and not link.name and slug_score(link.url) and article is not True:
            return _section(step, page, link, 65.0 if slug_score(link.url) == 1.0 else 35.0)
        return None

    def _page_on(self, step: Step, page: Page, base: str, found: Found, links: Sequence[PageLink]) -> None:
        """Go on to the listing's further pages while they bring reports."""
        if step.chain is not None:
            rows = frozenset(link.url for link in links if link.date or link.row)
            repeated = bool(rows) and rows == step.chain.first_rows
            step.chain.barren = 0 if found.entries and not repeated else step.chain.barren + 1
            dialect = _named(step.chain.dialect, page)
            if step.chain.next >= len(step.chain.targets):
                step.chain.targets += [
                    t for t in dialect.following(page, base) if t not in step.chain.targets
                ]
            self._advance(step, step.chain)
            return
        if not found.entries and not step.annual:
            return
        dialect = dialect_of(page)
        targets = [target for target in dialect.following(page, base) if self.scope.allows(target.url)]
        if not targets and dialect.name != "generic":
            dialect = _named("generic", page)
            targets = [target for target in dialect.following(page, base) if self.scope.allows(target.url)]
        rows = frozenset(link.url for link in links if link.date or link.row)
        if targets:
            # A listing without rows of its own may be filled by a script: one page tells.
            barren = 0 if found.entries else _BARREN_PAGES - 1
            self._advance(step, Chain(base, dialect.name, targets, barren=barren, first_rows=rows))

    def _advance(self, step: Step, chain: Chain) -> None:
        if chain.next >= len(chain.targets) or chain.barren >= _BARREN_PAGES:
            return
        target = chain.targets[chain.next]
        chain.next += 1
        if self.scope.allows(target.url):
            reason = f"page {chain.next + 1} of {chain.listing}"
            following = Step(
                target,
                Kind.LISTING,
                85.0,
                reason,
                step.annual,
                step.trail,
                f"chain {chain.listing}",
                chain=chain,
            )
            if self.frontier.add(following):
                self.frontier.budget += 1

    def _satisfied(self) -> bool:
        """Whether enough bodies were found that the detours are not worth a request."""
        bodies = {entry.title.split("20")[0] for entry in self._entries.values()}
        return len(bodies) >= 4 and len(self._entries) >= 8


def _column(step: Step, page: Page, link: PageLink, score: float) -> Step:
    reason = f"«{link.name}» on {page.url}"
    family = f"{page.url} {classify(link.name).value} {link.block}"
    return Step(
        Target(link.url, referer=page.url), Kind.COLUMN, score, reason, True, (*step.trail, link.name), family
    )


def _section(step: Step, page: Page, link: PageLink, score: float) -> Step:
    reason = f"«{link.name or link.url}» on {page.url}"
    family = f"{page.url} {classify(link.name).value}"
    return Step(
        Target(link.url, referer=page.url),
        Kind.SECTION,
        score,
        reason,
        False,
        (*step.trail, link.name),
        family,
    )


def _again(step: Step, target: Target) -> Step:
    return Step(
        target,
        step.kind,
        step.score,
        f"{step.reason} (other way)",
        step.annual,
        step.trail,
        step.family,
        step.entry,
        step.chain,
    )


def _named(name: str, page: Page) -> Dialect:
    return next((dialect for dialect in dialects() if dialect.name == name), dialect_of(page))


def _promising(link: PageLink) -> bool:
    return classify(link.name) in {Label.ANNUAL, Label.DISCLOSURE} or slug_score(link.url) > 0


def _doubt(link: PageLink, page: Page) -> float:
    """A bare 年度报告 is the column only beside the other statutory entries."""
    if "公开" in plain(link.name):
        return 0.0
    beside = " ".join(plain(other.label) for other in page.links if other.block == link.block)
    return 0.0 if "公开" in beside or "指南" in beside else 40.0
