"""Lists of all notices: pages of months in which no report comes out are leapt over.

Such a list has hundreds of rows a year, newest first, and the reports of a year stand together in it: those
of January to April. From the dates of the pages seen the place of the next such months is estimated; where a
leap went too far, the pages between are asked for backwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from govcrawl.discovery.page import PageLink
from govcrawl.discovery.steps import Chain
from govcrawl.model import Entry

_MONTHS = range(1, 5)
_CAUTION = 0.8  # of the estimated distance
_FEWEST = 5  # pages of a list that is worth it


def may_leap(chain: Chain) -> bool:
    """Whether a list of notices is long enough, with all its pages known."""
    return len(chain.targets) >= _FEWEST


def note_days(chain: Chain, links: Iterable[PageLink], new: Sequence[Entry]) -> None:
    """Take note of the days that a page's rows cover; a list in another order is read page by page."""
    days = [date.fromisoformat(link.date) for link in links if link.date]
    if not days:
        chain.leaping &= chain.next == 0  # the first page of a list that a script fills shows no rows
        chain.days.setdefault(chain.next, None)
        return
    chain.days[chain.next] = (max(days), min(days))
    known = [span for _, span in sorted(chain.days.items()) if span is not None]
    falling = all(one[1] >= other[0] for one, other in pairwise(known))
    expected = all(date.fromisoformat(e.published).month in _MONTHS for e in new if e.published)
    chain.leaping &= falling and expected


def leap(chain: Chain) -> int:
    """Place of the page to ask for next among the list's further ones; their number at its end."""
    if not chain.leaping:
        return next((n for n in range(len(chain.targets)) if n + 1 not in chain.days), len(chain.targets))
    asked = sorted(chain.days)
    for before, after in pairwise(asked):
        if after - before > 1 and _reports_between(chain, before, after):
            return after - 2
    return min(asked[-1] + _pages_without(chain, asked), max(len(chain.targets) - 1, asked[-1]))


def _reports_between(chain: Chain, before: int, after: int) -> bool:
    """Whether days on which reports come out may lie on the pages between two that were seen."""
    upper, lower = chain.days[before], chain.days[after]
    if upper is None or lower is None:
        return True
    first, last = lower[0], upper[1]
    return first.month in _MONTHS or last.month in _MONTHS or last.year > first.year


def _pages_without(chain: Chain, asked: Sequence[int]) -> int:
    """How many pages from the last one seen on may hold no report."""
    known = [(page, span) for page in asked if (span := chain.days[page]) is not None]
    if not known or known[-1][0] != asked[-1] or known[-1][1][1].month in _MONTHS:
        return 0
    (start, (newest, _)), (end, (_, oldest)) = known[0], known[-1]
    distance = (oldest - date(oldest.year, _MONTHS[-1], 30)).days
    each = (newest - oldest).days / (end - start + 1)
    return int(distance / each * _CAUTION) if each > 0 else 0
