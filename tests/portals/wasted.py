"""The requests of a crawl that brought no report, by what they were made for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.table import Table

from govcrawl.discovery import Kind, Step
from govcrawl.discovery.columns import classify

_LABEL = re.compile(r"«([^»]*)»")
_URL = re.compile(r"https?://\S+|(?<=page )\d+")
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: why it was made, from where, and the number of report links it brought, None for an error.

    ``again`` marks the page of a report that another request brought already.
    """

    kind: Kind
    reason: str
    url: str
    referer: str | None
    brought: int | None
    again: bool = False

    @classmethod
    def of(cls, step: Step, brought: int | None) -> Asked:
        """The request that a step made."""
        return cls(step.kind, step.reason, step.target.url, step.target.referer, brought)

    @classmethod
    def report(cls, step: Step, *, again: bool) -> Asked:
        """The request for a report's page."""
        return cls(step.kind, step.reason, step.target.url, step.target.referer, 1, again)

    def __str__(self) -> str:
        brought = "error" if self.brought is None else f"{self.brought}"
        return f"{self.kind.value} {self.url} {brought}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Group:
    """Requests of one make: ``outcome`` is ``again``, ``error``, ``way`` (to pages with reports) or ``vain``."""

    kind: Kind
    reason: str
    outcome: str


def groups(requests: Sequence[Asked]) -> Counter[Group]:
    """The requests of one crawl that brought no report of their own, counted by make."""
    paid = _ways(requests)
    counted: Counter[Group] = Counter()
    for asked in requests:
        if asked.again:
            outcome = "again"
        elif asked.brought:
            continue
        elif asked.brought is None:
            outcome = "error"
        else:
            outcome = "way" if asked.url in paid else "vain"
        counted[Group(asked.kind, _make(asked.reason), outcome)] += 1
    return counted


def _ways(requests: Sequence[Asked]) -> set[str]:
    """Addresses of pages from which others that brought reports were reached."""
    from_where = {asked.url: asked.referer for asked in requests}
    paid: set[str] = set()
    for asked in requests:
        above = asked.referer if asked.brought else None
        while above is not None and above not in paid:
            paid.add(above)
            above = from_where.get(above)
    return paid


def _make(reason: str) -> str:
    """A reason without what is particular: labels by their class, addresses and page numbers left out."""
    classes = _LABEL.sub(lambda found: f"«{classify(found[1]).value}»", reason)
    return " ".join(_URL.sub("…", classes).split())


def wasted_table(crawls: Iterable[Sequence[Asked]], reports: int) -> Table:
    """The biggest groups over several crawls, with their share of a request for each report found."""
    counted: Counter[Group] = Counter()
    portals: Counter[Group] = Counter()
    for requests in crawls:
        own = groups(requests)
        counted += own
        portals.update(own.keys())
    made = Table(title="Requests without a report of their own")
    for name in ("kind", "reason", "outcome", "requests", "portals", "per report"):
        made.add_column(name, justify="left" if name in {"kind", "reason", "outcome"} else "right")
    for group, number in counted.most_common(_SHOWN):
        share = f"{number / reports:.4f}" if reports else ""
        made.add_row(group.kind.value, group.reason, group.outcome, f"{number}", f"{portals[group]}", share)
    made.add_row("", "all", "", f"{counted.total()}", "", f"{counted.total() / max(reports, 1):.4f}")
    return made
