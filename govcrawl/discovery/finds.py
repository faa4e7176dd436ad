"""What a portal's pages hold: report links, and whether a page is the column itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from govcrawl.discovery.columns import Label, classify, plain, slug_score, year_of
from govcrawl.discovery.dialects import dialect_of
from govcrawl.discovery.gaps import Gaps
from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.rows import reads_like_report, report_rows
from govcrawl.discovery.scope import Scope
from govcrawl.discovery.steps import Kind, Step
from govcrawl.discovery.urls import page_key
from govcrawl.model import Entry
from govcrawl.text import line

_ROWS_OF_A_COLUMN = 5  # report titles on one page: it is the column, whatever the label said
_ENTRIES = 8  # report links, of bodies of each kind: with fewer a portal is hardly seen
_WORTH_WHEN_COMPLETE = 64.0  # the column's own parts only
_WORTH_ALWAYS = 44.0  # those and the main ways to the column
_WORTH_WHEN_POOR = 10.0  # everything, as long as too little was found
_YEARS = 5  # an old column that stands elsewhere holds the years before
_TOWN = re.compile(r"镇|乡|街道|苏木")
_DEPARTMENT = re.compile(r"局|委员会|部门|中心|(?<!政府)办公室|委(?![托员])|院|管理处")
_PAST = re.compile(
    r"[以之]前|历史|归档|往年|旧"
)  # a column of former years: the present ones stand elsewhere
_ASKS = re.compile(r"\$\.(?:get|post|ajax|getJSON)\s*\(|\bfetch\s*\(|XMLHttpRequest|\baxios\b|\.load\s*\(")
_OFFICE = re.compile(r"(?:人民政府|办事处)$")
_GOVERNMENT = re.compile(r"(?:县|市|区|旗|州|盟)(?:人民)?政府|政府办")


@dataclass(slots=True)
class Found:
    """What a page brought: report links, and the page's own entry when it is itself a report."""

    entries: list[Entry] = field(default_factory=list)
    itself: Entry | None = None


@dataclass(slots=True)
class Finds:
    """Report links of a portal by the key of their address; ``template`` are links that stand everywhere.

    ``kinds`` counts them by the kind of their body, ``own`` those on the own pages of a body by its name;
    ``current`` is false while all came from columns of past years.
    ``gaps`` are told of report links that lead off the portal's hosts.
    """

    portal: str
    scope: Scope
    gaps: Gaps
    entries: dict[str, Entry] = field(default_factory=dict)
    template: set[str] = field(default_factory=set)
    current: bool = False
    kinds: Counter[str] = field(default_factory=Counter)
    own: Counter[str] = field(default_factory=Counter)

    def __contains__(self, url: str) -> bool:
        return page_key(url) in self.entries

    def candidates(self, step: Step, links: Sequence[PageLink], base: str) -> list[Entry]:
        """Every report link of a page, new or not."""
        rows = report_rows(
            links,
            portal=self.portal,
            listing=base,
            annual=step.annual,
            trail=step.trail,
            template=self.template,
        )
        return [entry for _, entry in rows]

    def instead_of_report(self, step: Step, page: Page) -> list[Entry]:
        """The report links, at least two, of a page that stands at a report's address and is none."""
        if reads_like_report(page.visible_text):
            return []
        rows = self.candidates(step, [*page.links, *dialect_of(page).rows(page, page.url)], page.url)
        return rows if len(rows) > 1 else []

    def new(self, entries: Sequence[Entry], step: Step) -> list[Entry]:
        """Those of some report links that lie inside and were not known before; ``step`` led to them."""
        new, trail = list[Entry](), step.trail
        for entry in entries:
            key = page_key(entry.url)
            if not self.scope.allows(entry.url):
                self.gaps.row(entry.url)
            elif key not in self.entries:
                self._count(entry, trail)
                new.append(entry)
        if step.body:
            self.own[step.body] += len(new)
        return new

    def _count(self, entry: Entry, trail: Sequence[str]) -> None:
        self.entries[page_key(entry.url)] = entry
        self.current |= not any(map(_PAST.search, trail))
        self.kinds[kind_of(entry.title) or kind_of(" ".join(trail[-2:]))] += 1

    def itself(self, step: Step, page: Page, rows: int) -> Entry | None:
        """The page's own entry when it is a report and no list of them."""
        key = page_key(page.url)
        if step.chain is not None and step.chain.reports:
            return None  # a report that stands in the place of a list's page stands elsewhere too
        if rows >= 3 or key in self.entries or not reads_like_report(page.visible_text):
            return None
        label, reason = (step.trail[-1] if step.trail else page.title), "the column page is the report"
        year = next((year for said in reversed(step.trail) if (year := year_of(said))), None)
        self._count(Entry(page.url, self.portal, label, year, None, step.target.referer, reason), step.trail)
        return self.entries[key]

    def is_column(self, step: Step, page: Page, links: Sequence[PageLink]) -> bool:
        """Whether a page that no label promised to be the column is it, by its name or its rows."""
        named_so = classify(page.title.split("-")[0].split("_")[0]) is Label.ANNUAL
        if step.kind is Kind.START and (named_so or slug_score(page.url) == 1.0):
            return True
        if step.kind is Kind.GUESS and named_so:
            return True
        if step.kind is Kind.SECTION and ((named_so and _names_itself(page)) or _is_tabbed(page)):
            return True
        rows = {entry.url for entry in self.candidates(step, links, page.url) if entry.published}
        return len(rows) >= _ROWS_OF_A_COLUMN and (named_so or step.kind is not Kind.START)

    def enough(self) -> bool:
        """Whether bodies of every kind were found, so that the detours are not worth a request."""
        return len(self.entries) >= _ENTRIES and {"government", "department", "town"} <= set(self.kinds)

    def floor(self) -> float:
        """The score that a step must have to be worth its request, after what was found so far."""
        if self.complete():
            return _WORTH_WHEN_COMPLETE
        return _WORTH_ALWAYS if self.enough() else _WORTH_WHEN_POOR

    def has(self, body: str) -> bool:
        """Whether reports of a body were found: at least two on its own pages, or whose titles name it."""
        if self.own[body] >= 2:
            return True
        name = _OFFICE.sub("", plain(body))
        return sum(name in entry.title for entry in self.entries.values()) >= 2

    def complete(self) -> bool:
        """Whether, besides, the reports go back so far that no older column is to be expected elsewhere."""
        years = [entry.year for entry in self.entries.values() if entry.year is not None]
        far_back = bool(years) and max(years) - min(years) >= _YEARS
        return self.enough() and self.current and far_back


def _names_itself(page: Page) -> bool:
    """Whether the entry 年报 on a page leads to the page itself."""
    own = page_key(page.url)
    return any(page_key(link.url) == own and classify(link.name) is Label.ANNUAL for link in page.links)


def _is_tabbed(page: Page) -> bool:
    """Whether a page holds the column in a tab of its own, which a script fills: no address leads to it."""
    if not _ASKS.search(page.functions) or any(classify(link.name) is Label.ANNUAL for link in page.links):
        return False
    tabs = page.root.xpath("//a[starts-with(@href, '#') or starts-with(@href, 'javascript:')]")
    return any(classify(line(tab.text_content())) is Label.ANNUAL for tab in tabs)


def speaks_of_body(body: str, page: Page, entries: Sequence[Entry]) -> bool:
    """Whether a page's report links, its title or its place on the site name a body."""
    name = _OFFICE.sub("", plain(body))
    return any(name in said for said in (*(entry.title for entry in entries), page.title, page.breadcrumb))


def kind_of(words: str) -> str:
    """Kind of the body that a title or label names: town, department, government, or nothing."""
    for kind, pattern in (("town", _TOWN), ("department", _DEPARTMENT), ("government", _GOVERNMENT)):
        if pattern.search(words):
            return kind
    return ""
