"""Whether the numbers of a row of table 四 that is too long stand below their headers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govcrawl.model import Cell
from govcrawl.reports.lines import Line
from govcrawl.reports.values import read_value


def goes_on(line: Line, headers: Sequence[Line]) -> bool:
    """Whether a row has a cell of its own behind the last slot that has a header."""
    end = max(n for header in headers for n, cell in enumerate(header.slots, 1) if cell.colspan)
    return any(cell.colspan for cell in line.slots[end:])


def sums_up(named: Mapping[tuple[str, str], Cell], groups: Sequence[str]) -> bool:
    """Whether the total of each group is the sum of its outcomes."""
    for group in groups:
        values = {
            outcome: read_value(cell.text).number for (own, outcome), cell in named.items() if own == group
        }
        total = values.pop("total", None)
        if total is None or None in values.values() or sum(filter(None, values.values())) != total:
            return False
    return True
