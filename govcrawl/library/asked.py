"""What is asked of reports, as a condition of SQL on ``reports`` (alias r)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import index
from typing import Any

from govcrawl.errors import UsageError
from govcrawl.text import folded

TEMPLATES = ("2014", "2019", "2021", "free")


def several(names: str | Iterable[str] | None) -> tuple[str, ...]:
    """One name or several, as a tuple."""
    return () if names is None else (names,) if isinstance(names, str) else tuple(names)


def one_of(what: str, names: str | Iterable[str] | None, choices: Sequence[str]) -> tuple[str, ...]:
    """Names that have to be of some; UsageError for another one, which would find nothing and say nothing."""
    asked = several(names)
    for name in asked:
        if name not in choices:
            raise UsageError(f"{what} {name!r} is none of {', '.join(choices)}")
    return asked


def numbers(years: int | Iterable[int] | None) -> tuple[int, ...]:
    """A fiscal year or several, as a tuple; UsageError for one that is no whole number, such as a text."""
    if years is None or isinstance(years, int):
        return () if years is None else (years,)
    asked = (years,) if isinstance(years, str) else tuple(years)
    found = []
    for year in asked:
        try:
            found.append(index(year))  # NumPy's and pandas' whole numbers too
        except TypeError as error:
            raise UsageError(f"year {year!r} is no whole number; say 2021 or range(2019, 2026)") from error
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Asked:
    """Conditions that all have to hold, each with its values."""

    conditions: tuple[str, ...] = ()
    values: tuple[Any, ...] = ()

    @classmethod
    def of(
        cls,
        region: str | None,
        years: int | Iterable[int] | None,
        agency: str,
        template: str | Iterable[str] | None,
    ) -> Asked:
        """The filters that reports, facts, checks and statements have in common."""
        asked = cls()
        if region is not None:
            if not re.fullmatch(r"\d{1,12}", region):
                raise UsageError(
                    f"region {region!r} is not the beginning of a division code, such as 45 or 4507"
                )
            asked = asked._and("substr(r.division_code, 1, ?) = ?", len(region), region)
        if years is not None:
            asked = asked.among("r.year", numbers(years), told=True)
        if agency:
            asked = asked._and("instr(folded(r.agency), ?)", folded(agency))
        if template is not None:
            asked = asked.among("r.template", one_of("template", template, TEMPLATES), told=True)
        return asked

    def among(self, column: str, values: Iterable[Any], *, told: bool = False) -> Asked:
        """With a column that is one of some values; none means any, unless the filter was ``told``."""
        known = tuple(values)
        if not known and not told:
            return self
        return self._and(f"{column} IN ({', '.join('?' * len(known))})", *known)

    def where(self) -> tuple[str, tuple[Any, ...]]:
        """The condition and its parameters."""
        return " AND ".join(self.conditions) or "1", self.values

    def _and(self, condition: str, *values: Any) -> Asked:
        return replace(self, conditions=(*self.conditions, condition), values=(*self.values, *values))
