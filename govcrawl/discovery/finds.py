"""What a portal's pages hold: report links, and whether a page is the column itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from govcrawl.discovery.columns import Label, classify, slug_score
from govcrawl.discovery.gaps import Gaps
from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.rows import reads_like_report, report_rows
from govcrawl.discovery.scope import Scope
from govcrawl.discovery.steps import Kind, Step
from govcrawl.discovery.urls import page_key
from govcrawl.model import Entry

_ROWS_OF_A_COLUMN = 5  # report titles on one page: it is the column, whatever the label said
_BODIES, _ENTRIES = 4, 8  # of so many the detours are not worth a request any more


@dataclass(slots=True)
class Finds:
    """Report links of a portal by the key of their address; ``template`` are links that stand everywhere.

    ``gaps`` are told of report links that lead off the portal's hosts.
    """

    portal: str
    scope: Scope
    gaps: Gaps
    entries: dict[str, Entry] = field(default_factory=dict)
    template: set[str] = field(default_factory=set)

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

    def new(self, entries: Sequence[Entry]) -> list[Entry]:
        """Those of some report links that lie inside and were not known before."""
        new: list[Entry] = []
        for entry in entries:
            key = page_key(entry.url)
            if not self.scope.allows(entry.url):
                self.gaps.row(entry.url)
            elif key not in self.entries:
                self.entries[key] = entry
                new.append(entry)
        return new

    def itself(self, step: Step, page: Page, rows: int) -> Entry | None:
        """The page's own entry when it is a report and no list of them."""
        key = page_key(page.url)
        if rows >= 3 or key in self.entries or not reads_like_report(page.visible_text):
            return None
        label, reason = (step.trail[-1] if step.trail else page.title), "the column page is the report"
        self.entries[key] = Entry(page.url, self.portal, label, listing=step.target.referer, reason=reason)
        return self.entries[key]

    def is_column(self, step: Step, page: Page, links: Sequence[PageLink]) -> bool:
        """Whether a page that no label promised to be the column is it, by its name or its rows."""
        named_so = classify(page.title.split("-")[0].split("_")[0]) is Label.ANNUAL
        if step.kind is Kind.START and (named_so or slug_score(page.url) == 1.0):
            return True
        if step.kind is Kind.GUESS and named_so:
            return True
        rows = {entry.url for entry in self.candidates(step, links, page.url) if entry.published}
        return len(rows) >= _ROWS_OF_A_COLUMN and (named_so or step.kind is not Kind.START)

    def enough(self) -> bool:
        """Whether enough bodies were found that the detours are not worth a request."""
        bodies = {entry.title.split("20")[0] for entry in self.entries.values()}
        return len(bodies) >= _BODIES and len(self.entries) >= _ENTRIES
