"""What coverage is judged by: places of the registry and the database, reports, links and looks."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from sys import intern

from govcrawl.coverage.model import GOVERNMENT, Known, Look, Mention, Reported, Territory, Town
from govcrawl.coverage.places import places_of
from govcrawl.crawl.hours import BEIJING
from govcrawl.crawl.plan import parse_years
from govcrawl.model import Portal
from govcrawl.registry import Registry
from govcrawl.reports import Place
from govcrawl.reports.body import GOVERNMENTS, body_of, normalised
from govcrawl.store import Store
from govcrawl.store.covered import filed_under, labels, looks, reported, unsettled

_EVER = 1981
"""The first year of the divisions' lists, which also stands for everything older."""


@dataclass(frozen=True, slots=True)
class Material:
    """All that ``coverage`` takes; ``unassigned`` counts links of which no body or year is known."""

    places: Sequence[Territory]
    reports: Sequence[Reported]
    links: Sequence[Known]
    mentions: Sequence[Mention]
    unassigned: int


def gather(store: Store, registry: Registry, region: str | None) -> Material:
    """What is known of the places in the database, or of all places of a region, crawled or not."""
    seen = {row["key"]: row for row in store.db.query("SELECT * FROM portals WHERE key <> 'file'")}
    by_key = {portal.key: portal for portal in registry.portals}
    portals = [by_key.get(key) or _ad_hoc(row) for key, row in seen.items()]
    if region is not None:
        chosen = {portal.key: portal for portal in registry.select(region=region)}
        chosen |= {
            portal.key: portal for portal in portals if (portal.division_code or "").startswith(region)
        }
        portals = list(chosen.values())
    homes = {portal.division_code: portal for portal in portals if portal.division_code}
    for code in filed_under(store.db):
        if code not in homes and code.startswith(region or ""):
            homes[code] = _home(code, registry)
            portals.append(homes[code])
    portals.sort(key=lambda portal: (portal.division_code or "~", portal.key))
    looked: dict[str, list[Look]] = defaultdict(list)
    for row in looks(store.db):
        looked[row["portal"]].append(_look(row))
    places = [_territory(portal, registry, looked.get(portal.key, ())) for portal in portals]
    known = {portal.key: portal for portal in portals}
    where = places_of(known, reported(store.db))
    links, unassigned = _links(store, where)
    reports = list(_reports(store, known, where, {code: home.key for code, home in homes.items()}))
    return Material(places, reports, links, list(_mentions(store, where)), unassigned)


def _home(code: str, registry: Registry) -> Portal:
    """The place whose reports were ingested, whether a portal of it is known or not."""
    division = registry.division(code)
    own = next((portal for portal in registry.portals if portal.division_code == code), None)
    if own is not None or division is None:
        return own or Portal(code, code, "", code)
    return Portal(code, division.name, "", code, division.level, division.province, division.prefecture)


def _ad_hoc(row: Mapping[str, str | None]) -> Portal:
    return Portal(row["key"] or "", row["name"] or "", row["url"] or "", row["division_code"])


def _look(row: Mapping[str, str | None]) -> Look:
    asked = json.loads(row["arguments"] or "{}").get("years")
    moment = datetime.fromisoformat(row["started"] or "")  # a crawl of weeks may have looked on its first day
    years = parse_years(asked) if asked else None
    return Look(moment.astimezone(BEIJING).date(), row["outcome"] or "", row["reason"] or "", years)


def _territory(portal: Portal, registry: Registry, seen: Sequence[Look]) -> Territory:
    periods = registry.history(portal.division_code or "")
    since = min((period.since for period in periods), default=_EVER)
    ended = [period.until for period in periods if period.until is not None]
    living = not periods or any(period.in_use for period in periods)
    towns = registry.townships(portal.division_code or "")  # of a county, or of a city without counties
    return Territory(
        portal.key,
        portal.name,
        portal.division_code,
        portal.level,
        since if since > _EVER else None,
        None if living or not ended else max(ended),
        [Town(town.code, town.name, _town_norm(town.name)) for town in towns],
        seen,
    )


@lru_cache(maxsize=65536)
def _town_norm(name: str) -> str:
    return normalised(name, None)


def _reports(
    store: Store, portals: Mapping[str, Portal], where: Mapping[str, Place | None], homes: Mapping[str, str]
) -> Iterator[Reported]:
    """Stored reports with the place they belong to: a city may publish those of its counties.

    ``homes`` are the portals of the divisions that ingested files are of.
    """
    below = {
        (portal.division_code[:4], normalised(portal.name, None)): portal.key
        for portal in portals.values()
        if portal.division_code and portal.level == "county"
    }
    for row in reported(store.db):
        key, norm, kind, aggregate = (
            row["portal"],
            row["agency_norm"],
            row["agency_type"],
            row["scope"] != "own",
        )
        if key == "file":
            key = homes.get(row["division_code"])
        if key not in portals:
            continue
        if portals[key].division_code is None and where[key] is not None:
            body = body_of(row["agency"], where[key])
            norm, kind = body.norm, body.kind
        if norm is None or (aggregate and norm.endswith("政府办公室")):
            if not aggregate:
                continue  # nobody can tell whose it is
            norm = GOVERNMENT
        elif kind == "county_gov" and norm != GOVERNMENT:
            county = below.get(((row["division_code"] or "")[:4], norm))
            key, norm = (county, GOVERNMENT) if county else (key, norm)
        elif kind in GOVERNMENTS:
            norm = GOVERNMENT
        agency, town = row["agency"] or "", row["township_code"]
        yield Reported(
            # the names of a body come again with every year
            intern(key), intern(norm), intern(agency), kind and intern(kind), town and intern(town),
            row["year"], aggregate, row["url"],
        )  # fmt: skip


def _links(store: Store, where: Mapping[str, Place | None]) -> tuple[list[Known], int]:
    found, unassigned = [], 0
    for row in unsettled(store.db):
        if row["portal"] not in where:
            continue
        names, place = (row["agency"], *row["trail"]), where[row["portal"]]
        norm = next(filter(None, (_norm(name, place) for name in names if name)), None)
        if norm is None or row["year"] is None:
            unassigned += 1
            continue
        reason, came = row["last_error"] or "", row["sha256"] is not None
        found.append(Known(row["portal"], norm, row["year"], row["state"], reason, row["url"], came))
    return found, unassigned


def _norm(name: str, place: Place | None) -> str | None:
    body = body_of(name, place)
    return GOVERNMENT if body.kind in GOVERNMENTS else body.norm


def _mentions(store: Store, where: Mapping[str, Place | None]) -> Iterator[Mention]:
    """Bodies that a column names as a part of its own, and that report: departments, towns, committees."""
    for row in labels(store.db):
        if row["portal"] not in where:
            continue
        body = body_of(row["label"], where[row["portal"]])
        if body.norm is not None and body.kind in {"department", "township", "subdistrict", "committee"}:
            year = int(row["first_seen"][:4]) - 1
            yield Mention(row["portal"], body.norm, row["label"], body.kind, year)


def years_of(material: Material, asked: Iterable[int], today: date) -> list[int]:
    """The fiscal years to judge: those asked for, else from the first found to the last that ended."""
    if chosen := sorted(set(asked)):
        return chosen
    first = min((report.year for report in material.reports), default=today.year - 1)
    return list(range(min(first, today.year - 1), today.year))
