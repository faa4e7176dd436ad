"""Strokes of signs that are left among the rules of a page: no table's, and as small as a line of print."""

from __future__ import annotations

from collections.abc import Sequence

from govcrawl.documents.printed import PrintedPage, Rule
from govcrawl.documents.printed.ruled import TOLERANCE, RuledTable

_LINE = 40.0  # points: two lines of a title are no lower, and a table is higher
_WIDE = 0.5  # of the page: what is left of a table behind a page's break is wider, if it is low


def tables_of_rules(tables: Sequence[RuledTable], page: PrintedPage) -> list[RuledTable]:
    """The tables without those that the strokes of a few signs seem to make."""
    return [
        table
        for table in tables
        if table.ys[-1] - table.ys[0] >= _LINE or table.xs[-1] - table.xs[0] >= _WIDE * page.width
    ]


def drop_strokes_of_signs(page: PrintedPage, tables: Sequence[RuledTable]) -> None:
    """Leave the page the rules of its tables, and long ones with those that meet them.

    With the signs that stand between the others, two strokes of one would make a table of it.
    """
    own = [[rule for rule in page.across if _is_in(rule, tables, down=False)]]
    own.append([rule for rule in page.down if _is_in(rule, tables, down=True)])
    across = [rule for rule in page.across if rule.end - rule.start >= _WIDE * page.width]
    down = [rule for rule in page.down if rule.end - rule.start >= _LINE]
    across += [rule for rule in page.across if any(_meet(rule, other) for other in down)]
    down += [rule for rule in page.down if any(_meet(other, rule) for other in across)]
    page.across = sorted({*own[0], *across})
    page.down = sorted({*own[1], *down})


def _is_in(rule: Rule, tables: Sequence[RuledTable], *, down: bool) -> bool:
    for table in tables:
        across, along = (table.xs, table.ys) if down else (table.ys, table.xs)
        if (
            across[0] - TOLERANCE <= rule.at <= across[-1] + TOLERANCE
            and rule.start <= along[-1] + TOLERANCE
            and rule.end >= along[0] - TOLERANCE
        ):
            return True
    return False


def _meet(across: Rule, down: Rule) -> bool:
    return (
        across.start - TOLERANCE <= down.at <= across.end + TOLERANCE
        and down.start - TOLERANCE <= across.at <= down.end + TOLERANCE
    )
