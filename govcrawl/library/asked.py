"""What is asked of reports, as a condition of SQL on ``reports`` (alias r)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from govcrawl.errors import UsageError
from govcrawl.text import folded


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
            asked = asked.among("r.year", (years,) if isinstance(years, int) else tuple(years), told=True)
        if agency:
            asked = asked._and("instr(folded(r.agency), ?)", folded(agency))
        if template is not None:
            names = (template,) if isinstance(template, str) else tuple(template)
            asked = asked.among("r.template", names, told=True)
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
