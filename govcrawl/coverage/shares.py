"""Coverage as shares: how many of the reports that are due were found, by place and year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from govcrawl.coverage.model import BodyYear, Status

UNCOUNTED = frozenset({Status.NOT_DUE, Status.NOT_LOOKED})
"""What is neither found nor wanting: the law does not ask yet, or nobody has looked."""

Counts = Mapping[int, Counter[Status]]

_MOST = 40
_LEVELS = (6, 4, 2)


def by_region(rows: Iterable[BodyYear]) -> dict[str, Counts]:
    """Statuses by year for each place, or where there are too many of them, each prefecture or province.

    Keys are division codes or their first digits, and a portal's key where it has no code.
    """
    counts: dict[str, dict[int, Counter[Status]]] = defaultdict(lambda: defaultdict(Counter))
    for row in rows:
        place = row.territory
        counts[place.code or place.portal][row.year][row.status] += 1
    for digits in _LEVELS:
        found = _merged(counts, digits)
        if len(found) <= _MOST:
            break
    return found


def _merged(counts: Mapping[str, Counts], digits: int) -> dict[str, Counts]:
    found: dict[str, dict[int, Counter[Status]]] = defaultdict(lambda: defaultdict(Counter))
    for code, years in counts.items():
        for year, statuses in years.items():
            found[code[:digits] if code.isdigit() else code][year] += statuses
    return dict(found)


def share(statuses: Counter[Status]) -> str:
    """``37/41``: found of due; a dash where nobody has looked, nothing where nothing is due."""
    due = sum(number for status, number in statuses.items() if status not in UNCOUNTED)
    if due:
        return f"{statuses[Status.FOUND]}/{due}"
    return "-" if statuses[Status.NOT_LOOKED] else ""


def totals(counts: Iterable[Counts]) -> Counts:
    """Statuses by year over everything."""
    found: dict[int, Counter[Status]] = defaultdict(Counter)
    for years in counts:
        for year, statuses in years.items():
            found[year] += statuses
    return found


def years_in(counts: Iterable[Counts]) -> Sequence[int]:
    """The years that occur."""
    return sorted({year for years in counts for year in years})
