"""Which bodies of a place owe reports: the government, the towns of the register, and whoever reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from govcrawl.coverage.law import REFORM
from govcrawl.coverage.model import GOVERNMENT, Body, Mention, Reported, Territory

_GOVERNMENTS = {"county": "county_gov", "prefecture": "city_gov", "province": "province_gov"}
_TOWNS = frozenset({"township", "subdistrict"})
_UNKNOWN = "other"


def key_of(norm: str, town: str | None) -> str:
    """What tells a body from the others of its place: its code where it has one, else its name."""
    return town or norm


def bodies_of(
    place: Territory, reports: Iterable[Reported], mentions: Iterable[Mention]
) -> Mapping[str, Body]:
    """The bodies of a place by their key, the government first, then towns, then the others by name.

    Whoever is known only from its reports owes them from the first one on. It is not expected any more after
    the reform of 2018 if it has not reported since, nor a town that today's register does not have after
    its last one. Whoever is only named in a column is expected from the year in which it was seen there.
    """
    kind = _GOVERNMENTS.get(place.level or "", "county_gov")
    found = {GOVERNMENT: Body(GOVERNMENT, place.name, kind, None, place.since, place.until)}
    for town in place.towns:
        found[town.code] = Body(town.norm, town.name, "township", town.code, place.since, place.until)
    by_name = {body.norm: key for key, body in found.items()}
    own: dict[str, list[Reported]] = defaultdict(list)
    for report in reports:
        if key_of(report.norm, report.town) not in found and report.norm not in by_name:
            own[report.norm].append(report)
    for norm in sorted(own):
        found[norm] = _from_reports(place, norm, own[norm])
    for mention in sorted(mentions, key=lambda mention: (mention.norm, mention.year)):
        if mention.norm not in found and mention.norm not in by_name:
            found[mention.norm] = Body(
                mention.norm, mention.name, mention.kind or _UNKNOWN, None, mention.year, place.until
            )
    return found


def _from_reports(place: Territory, norm: str, reports: list[Reported]) -> Body:
    newest = max(reports, key=lambda report: report.year)
    kind, last = newest.kind or _UNKNOWN, place.until
    if kind in _TOWNS and place.towns:
        last = newest.year
    elif newest.year <= REFORM:
        last = REFORM
    return Body(norm, newest.name, kind, None, min(report.year for report in reports), last)
