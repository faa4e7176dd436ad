"""Coverage as the page shows it: shares by region and year, each place's bodies, each body's years."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from govcrawl.coverage import BodyYear, Status, Territory, coverage, gather, years_of
from govcrawl.coverage.bodies import key_of
from govcrawl.coverage.shares import UNCOUNTED
from govcrawl.crawl.hours import BEIJING
from govcrawl.registry import Registry
from govcrawl.serve.site import Site
from govcrawl.store.readonly import open_readonly

Years = Mapping[int, Counter[Status]]


@dataclass(frozen=True)
class Covered:
    """Every body-year of the database's places, judged at ``moment``; ``unassigned`` counts other links."""

    rows: Sequence[BodyYear]
    unassigned: int
    moment: datetime
    registry: Registry

    @cached_property
    def years(self) -> Sequence[int]:
        """The fiscal years judged, oldest first."""
        return sorted({row.year for row in self.rows})

    @cached_property
    def places(self) -> Mapping[str, Territory]:
        """The places by their portal's key, in the order of their codes."""
        return {row.territory.portal: row.territory for row in self.rows}

    @cached_property
    def counts(self) -> Mapping[str, Years]:
        """Statuses by year for each place."""
        found: dict[str, dict[int, Counter[Status]]] = defaultdict(lambda: defaultdict(Counter))
        for row in self.rows:
            found[row.territory.portal][row.year][row.status] += 1
        return found

    @cached_property
    def by_place(self) -> Mapping[str, Mapping[str, Mapping[int, BodyYear]]]:
        """Body-years by place, body and year."""
        found: dict[str, dict[str, dict[int, BodyYear]]] = defaultdict(lambda: defaultdict(dict))
        for row in self.rows:
            found[row.territory.portal][self.key(row)][row.year] = row
        return found

    @cached_property
    def by_url(self) -> Mapping[str, BodyYear]:
        """Found body-years by the address of their report."""
        return {row.url: row for row in self.rows if row.status is Status.FOUND}

    def warm(self) -> None:
        """Work out what pages ask for."""
        self.years, self.places, self.counts, self.by_place, self.by_url  # noqa: B018

    @staticmethod
    def key(row: BodyYear) -> str:
        """What tells a body-year's body from the others of its place."""
        return key_of(row.body.norm, row.body.town)

    def within(self, region: str) -> list[Territory]:
        """The places whose code begins so; all for an empty one."""
        return [place for place in self.places.values() if (place.code or "").startswith(region)]

    def summed(self, places: Iterable[Territory]) -> Years:
        """Statuses by year over some places."""
        found: dict[int, Counter[Status]] = defaultdict(Counter)
        for place in places:
            for year, statuses in self.counts[place.portal].items():
                found[year] += statuses
        return found

    def name_of(self, region: str) -> str:
        """The name of a province, city or county by the digits of its code; the digits where unknown."""
        division = self.registry.division(region.ljust(6, "0"))
        if division is not None:
            return division.name
        portal = next(iter(self.registry.select(region=region)), None)
        named = "" if portal is None else {2: portal.province, 4: portal.prefecture}.get(len(region), "")
        return named or region


def covered(site: Site) -> Covered:
    """The coverage of now, or where that takes longer, of a moment ago."""
    today = datetime.now(BEIJING).date()

    def make() -> Covered:
        with open_readonly(site.database) as store, store.snapshot():
            found = gather(store, site.registry, None)
        rows = coverage(
            found.places, found.reports, found.links, found.mentions,
            years=years_of(found, (), today), today=today,
        )  # fmt: skip
        made = Covered(list(rows), found.unassigned, datetime.now(BEIJING), site.registry)
        made.warm()
        return made

    return site.kept.get("coverage", (site.state(), today), make)


def due(statuses: Counter[Status]) -> int:
    """How many reports were due and looked for."""
    return sum(number for status, number in statuses.items() if status not in UNCOUNTED)


def step(statuses: Counter[Status]) -> str:
    """The colour of a share: none, or 0 to 5, of which 5 is all."""
    total = due(statuses)
    if not total:
        return "unknown" if statuses[Status.NOT_LOOKED] else "none"
    share = statuses[Status.FOUND] / total
    return "s5" if share == 1 else f"s{min(4, int(share * 4) + (share > 0))}"
