"""Sums over the own reports of a region by year: applications, outcomes, reviews and lawsuits.

Of several reports of one body and year the one that was stored first counts; the others are `second_report`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from govcrawl.reports.schema import load_schema
from govcrawl.serve.site import Site
from govcrawl.store import Store
from govcrawl.store.bodies import SECOND
from govcrawl.store.facts import values_among
from govcrawl.store.readonly import open_readonly

_RESULT = "application.result."
_GROUPS: Final = {
    "granted": (f"{_RESULT}granted",),
    "partial": (f"{_RESULT}partial",),
    "not_open": (f"{_RESULT}not_open.",),
    "unable": (f"{_RESULT}unable.",),
    "not_processed": (f"{_RESULT}not_processed.",),
    "other_result": (f"{_RESULT}other",),
}
_OUTCOMES: Final = ("upheld", "corrected", "other", "pending")


def _rows(*beginnings: str) -> tuple[str, ...]:
    """The totals of all rows of table 三 whose ids begin so, of both forms."""
    return tuple(
        fact.id
        for fact in load_schema().all_facts()
        if fact.column == "total" and any(f"{fact.table}.{fact.row}".startswith(name) for name in beginnings)
    )


def _court(*groups: str) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(f"challenge.{group}:{name}" for group in groups) for name in _OUTCOMES}


MEASURES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "applications": {
        "received": ("application.received_new:total",),
        "carried_in": ("application.carried_in:total",),
        "received_2014": ("stat2014.application.received",),
    },
    "outcomes": {name: _rows(*beginnings) for name, beginnings in _GROUPS.items()},
    "reviews": _court("review"),
    "lawsuits": _court("litigation_direct", "litigation_after_review"),
}
"""What is summed: for each measure its series, and the cells that each adds up."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of explicit numbers, and of how many reports at most one of its cells has one."""

    value: int | float
    reports: int


Sums = Mapping[tuple[str, int], Mapping[str, Sum]]
"""By (division code, year), then by fact."""

NOTHING: Final = Sum(0, 0)


def sums(site: Site) -> Sums:
    """The sums of every division and year; a government's sum over its bodies is left out."""

    def make() -> Sums:
        with open_readonly(site.database) as store:
            return summed(store)

    return site.kept.get("sums", site.state(), make)


def summed(store: Store) -> Sums:
    """The sums of every division and year, as the database has them now."""
    wanted = frozenset(fact for series in MEASURES.values() for facts in series.values() for fact in facts)
    values: dict[tuple[str, int], dict[str, float]] = defaultdict(lambda: defaultdict(int))
    numbers: dict[tuple[str, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    own = (
        "SELECT id, coalesce(division_code, ''), year FROM reports INDEXED BY reports_division "  # noqa: S608
        "WHERE scope = 'own' AND year IS NOT NULL "
        f"AND id NOT IN (SELECT report_id FROM findings WHERE kind = '{SECOND}')"
    )
    for (_, *place), fact, value in values_among(store.db, own, wanted):
        values[tuple(place)][fact] += value
        numbers[tuple(place)][fact] += 1
    return {
        place: {fact: Sum(value, numbers[place][fact]) for fact, value in own.items()}
        for place, own in values.items()
    }


def years_in(found: Sums, region: str, measure: str) -> list[int]:
    """The years in which reports of a region have any number of a measure."""
    facts = {fact for own in MEASURES[measure].values() for fact in own}
    return sorted(
        {year for (code, year), by in found.items() if code.startswith(region) and facts & by.keys()}
    )


def series_of(found: Sums, region: str, measure: str) -> Mapping[str, Mapping[int, Sum]]:
    """The series of a measure over a region, by year."""
    years = years_in(found, region, measure)
    return {
        name: {year: over(found, region, year, facts) for year in years}
        for name, facts in MEASURES[measure].items()
    }


def over(found: Sums, region: str, year: int, facts: Sequence[str]) -> Sum:
    """Some cells over a region in a year."""
    cells = [by for (code, of), by in found.items() if of == year and code.startswith(region)]
    value = sum(by[fact].value for by in cells for fact in facts if fact in by)
    reports = max((sum(by[fact].reports for by in cells if fact in by) for fact in facts), default=0)
    return Sum(round(value, 6), reports)


def regions_in(found: Sums, region: str) -> list[str]:
    """The codes of the regions below one: provinces, cities or counties, whichever are several first."""
    codes: list[str] = []
    for digits in (2, 4, 6):
        if digits > len(region):
            codes = sorted({code[:digits] for code, _ in found if code and code.startswith(region)})
        if len(codes) > 1:
            break
    return codes
