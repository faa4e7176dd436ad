"""Tables that an image cuts off, or that have no borders at their sides: closed where their rules end."""

from __future__ import annotations

from collections.abc import Iterator

from govcrawl.documents.printed import PrintedPage, Rule
from govcrawl.documents.printed.ruled import TOLERANCE, ruled_tables

_OPEN = 12.0  # points: a column beyond the last border is wider
_FEWEST = 3  # rules that run on there


def open_sides(page: PrintedPage) -> Iterator[Rule]:
    """The borders that are missing at the sides of a page's tables, which hold no text yet.

    A lone number beyond the last border would be looked for as prose is, and easily be overlooked.
    """
    for table in ruled_tables(page):
        top, bottom = table.ys[0] - TOLERANCE, table.ys[-1] + TOLERANCE
        left, right = table.xs[0], table.xs[-1]
        own = [
            rule
            for rule in page.across
            if top <= rule.at <= bottom and rule.start <= right + TOLERANCE and rule.end >= left - TOLERANCE
        ]
        if len(own) < _FEWEST:
            continue
        start = sorted(rule.start for rule in own)[_FEWEST - 1]
        end = sorted(rule.end for rule in own)[-_FEWEST]
        if left - start > _OPEN:
            yield Rule(start, table.ys[0], table.ys[-1])
        if end - right > _OPEN:
            yield Rule(end, table.ys[0], table.ys[-1])
