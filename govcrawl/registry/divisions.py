"""Administrative divisions since 1980 and today's townships: codes, names, and what became of old ones."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Successor:
    """The division that took over; ``year`` is given where it took over only a part, before the end."""

    code: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Division:
    """A division at or above the county in one period of its GB/T 2260 code: a renamed one has several.

    ``level`` is province, prefecture or county; ``since`` and ``until`` are years, ``until`` None while
    it is in use. Old codes lead to today's by ``successors``.
    """

    code: str
    name: str
    level: str
    province: str
    prefecture: str
    in_use: bool
    since: int
    until: int | None
    successors: tuple[Successor, ...]


@dataclass(frozen=True, slots=True)
class Township:
    """A town, township or street office; ``code`` has nine digits, the first six are ``county_code``."""

    code: str
    name: str
    county_code: str


@lru_cache(maxsize=1)
def divisions() -> Mapping[str, tuple[Division, ...]]:
    """Every division by code, its periods newest first."""
    periods: dict[str, list[Division]] = defaultdict(list)
    for cells in _shipped("divisions.csv"):
        division = _division(cells)
        periods[division.code].append(division)
    return {
        code: tuple(sorted(known, key=lambda division: division.since, reverse=True))
        for code, known in periods.items()
    }


@lru_cache(maxsize=1)
def townships() -> Mapping[str, tuple[Township, ...]]:
    """Every township-level division by the six-digit code of its county."""
    towns: dict[str, list[Township]] = defaultdict(list)
    for cells in _shipped("townships.csv"):
        towns[cells["county_code"]].append(Township(cells["code"], cells["name"], cells["county_code"]))
    return {county: tuple(known) for county, known in towns.items()}


def _shipped(name: str) -> csv.DictReader[str]:
    text = files("govcrawl.registry").joinpath(name).read_text(encoding="utf-8-sig")
    return csv.DictReader(io.StringIO(text, newline=""))


def _division(cells: Mapping[str, str]) -> Division:
    return Division(
        code=cells["code"],
        name=cells["name"],
        level=cells["level"],
        province=cells["province"],
        prefecture=cells["prefecture"],
        in_use=cells["in_use"] == "1",
        since=int(cells["since"]),
        until=int(cells["until"]) if cells["until"] else None,
        successors=tuple(_successor(item) for item in cells["successors"].split(";") if item),
    )


def _successor(item: str) -> Successor:
    code, _, year = item.rstrip("]").partition("[")
    return Successor(code, int(year) if year else None)
