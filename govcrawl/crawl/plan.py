"""What a crawl was asked to do: the spider's arguments, checked before anything is fetched or written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from govcrawl.discovery.urls import normalised
from govcrawl.errors import UsageError
from govcrawl.hosts import host_of
from govcrawl.model import Portal
from govcrawl.registry import Registry, load
from govcrawl.registry.hosts import fault

ARGUMENTS = ("url", "portals", "region", "years")
SCRAPYD = "_job"
"""An argument that scrapyd gives to every spider: the id of its job, which goes into ``runs.arguments``."""

_FIRST_YEAR, _LAST_YEAR = 2008, 2100  # the first Regulation came into force in 2008


@dataclass(frozen=True, slots=True)
class Plan:
    """Portals to visit and fiscal years wanted; ``years`` is None when all are."""

    portals: tuple[Portal, ...]
    years: range | None = None
    arguments: Mapping[str, str] = field(default_factory=dict)

    def wants(self, year: int | None) -> bool:
        """Whether a report of this fiscal year is wanted; an unknown year may be."""
        return self.years is None or year is None or year in self.years


def plan(arguments: Mapping[str, str], registry_file: str | None = None) -> Plan:
    """The plan that spider arguments describe; UsageError says in one line what is wrong with them."""
    unknown = sorted(set(arguments) - {*ARGUMENTS, SCRAPYD})
    if unknown:
        raise UsageError(f"unknown argument {unknown[0]!r}: annual_reports takes {', '.join(ARGUMENTS)}")
    chosen = [name for name in ("url", "portals", "region") if name in arguments]
    if len(chosen) > 1:
        raise UsageError(f"give one of url, portals and region, not {' and '.join(chosen)}")
    registry = load(Path(registry_file) if registry_file else None)
    years = parse_years(arguments["years"]) if "years" in arguments else None
    return Plan(_portals(arguments, registry), years, dict(arguments))


def parse_years(text: str) -> range:
    """``2023`` or ``2019-2025`` as a range of fiscal years."""
    found = re.fullmatch(r"\s*(\d{4})\s*(?:[-–~]\s*(\d{4})\s*)?", text)
    if found is None:
        raise UsageError(f"years={text!r} is no fiscal year: write years=2023 or years=2019-2025")
    first, last = int(found[1]), int(found[2] or found[1])
    if not _FIRST_YEAR <= first <= last <= _LAST_YEAR:
        raise UsageError(f"years={text!r}: fiscal years begin with {_FIRST_YEAR} and must not run backwards")
    return range(first, last + 1)


def portal_named(name: str, registry: Registry) -> Portal:
    """The portal of an address, or of a key or division code of the registry."""
    name = name.strip()
    return _at(name, registry) if "://" in name else registry.find(name)


def _portals(arguments: Mapping[str, str], registry: Registry) -> tuple[Portal, ...]:
    if "url" in arguments:
        return (_at(arguments["url"].strip(), registry),)
    if "portals" in arguments:
        names = [name.strip() for name in arguments["portals"].split(",") if name.strip()]
        if not names:
            raise UsageError("portals= is empty: give division codes or keys, such as portals=450703,qinbei")
        found = {portal.key: portal for portal in map(registry.find, names)}
        return tuple(found.values())
    region = arguments.get("region")
    portals = registry.select(region=region)
    if not portals:
        raise UsageError(
            f"region={region}: no portal's division code starts so; see govcrawl portals --region"
        )
    return tuple(portals)


def _at(url: str, registry: Registry) -> Portal:
    """The portal at an address: its registry row when a row has that host, else one of its own."""
    wrong = fault(url)
    if wrong is None and (start := normalised(url)) is not None:
        host = host_of(start)
        row = registry.for_host(host)
        if row is None:
            return Portal(host, host, start)
        at_home = start.split("://")[1] == row.url.split("://")[1]
        return (
            row
            if at_home
            else Portal(
                row.key,
                row.name,
                row.url,
                row.division_code,
                row.level,
                row.province,
                row.prefecture,
                row.hosts,
                start,
                "address given on the command line",
            )
        )
    raise UsageError(f"url={url!r} is no web address ({wrong}): write url=http://www.example.gov.cn/")
