"""Which division a code is today: followed where one took over one, and where nothing else did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from govcrawl.registry.divisions import Division, divisions


@cache
def today(code: str) -> str:
    """The code that a division bears today, itself where it still does or where it was merged or divided.

    A division is the same as its successor when that began as it ended, took over all of it, and took over
    nobody else: 密云县 (110228) is 密云区 (110118), 崇文区 is not 东城区.
    """
    seen = {code}
    while (heir := _heir(code)) is not None and heir not in seen:
        seen.add(heir)
        code = heir
    return code


@cache
def names(code: str) -> tuple[Division, ...]:
    """Every period of today's division under all its codes and names, the newest first."""
    found = [period for old in (code, *_earlier(code)) for period in divisions().get(old, ())]
    return tuple(sorted(found, key=lambda period: -period.since))


def _heir(code: str) -> str | None:
    periods = divisions().get(code, ())
    if not periods or any(period.in_use for period in periods):
        return None
    last = periods[0]
    if len(last.successors) != 1 or last.successors[0].year is not None or last.until is None:
        return None
    heir = last.successors[0].code
    began = min((period.since for period in divisions().get(heir, ())), default=None)
    return heir if began == last.until and _predecessors().get(heir) == {code} else None


@cache
def _predecessors() -> Mapping[str, set[str]]:
    """The codes that each division took over anything from."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, periods in divisions().items():
        for period in periods:
            for successor in period.successors:
                found[successor.code].add(code)
    return found


def _earlier(code: str) -> list[str]:
    found: list[str] = []
    for old in sorted(_predecessors().get(code, ())):
        if _heir(old) == code:
            found += [old, *_earlier(old)]
    return found
