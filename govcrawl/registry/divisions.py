"""Administrative divisions since 1980 and today's townships: codes, names, and what became of old ones."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_COUNTY = 6  # digits of a county's code


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


@lru_cache(maxsize=1024)
def townships(county_code: str) -> tuple[Township, ...]:
    """Towns, townships and street offices of a county, or of a city without counties.

    They stand in the file by code, one beside the other, and are looked up in its text: to read all of
    it costs every process that reads reports a tenth of a second.
    """
    text = _towns()
    found: list[Township] = []
    at = text.find(f"\n{county_code}") + 1 if len(county_code) == _COUNTY else 0
    while at and text.startswith(county_code, at):
        end = text.find("\n", at)
        code, name, county = text[at:end].rstrip("\r").split(",")
        found.append(Township(code, name, county))
        at = end + 1
    return tuple(found)


@lru_cache(maxsize=1)
def _towns() -> str:
    text = _text("townships.csv")
    return text if text.endswith("\n") else f"{text}\n"


def _text(name: str) -> str:
    return files("govcrawl.registry").joinpath(name).read_text(encoding="utf-8-sig")


def _shipped(name: str) -> csv.DictReader[str]:
    return csv.DictReader(io.StringIO(_text(name), newline=""))


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
