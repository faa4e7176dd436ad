"""Which rows of a table belong to which statutory table."""

from __future__ import annotations

from collections.abc import Sequence

from govcrawl.model import Grid
from govcrawl.reports import application_rows, challenge, proactive, proactive_columns, statistics
from govcrawl.reports.lines import Line, lines_of, one_below_the_other
from govcrawl.reports.schema import load_schema
from govcrawl.reports.turned import is_turned, turned

_MOST = 5
LONGEST_LINE = 300
"""Characters of a row from which on it can be no header."""
Marked = list[tuple[str, Line]]


def lines_in(grid: Grid, number: int) -> list[Line]:
    """The rows of table ``number``, those of its parts one below the other, turned where they are columns."""
    if is_turned(grid):
        return lines_of(turned(grid), number, turned=True)
    return one_below_the_other(lines_of(grid, number))


def marked(lines: Sequence[Line], previous: str | None, fewest: int) -> Marked:
    """Each row of one table with the statutory table it belongs to; rows of no such table are left out."""
    if statistics.is_statistics(lines, fewest):
        return [("stat2014", line) for line in lines]
    own = [kind_of(line) for line in lines]
    if not any(own):
        return continued(lines, previous)
    if not _is_form(lines, own, previous):
        return []
    rows: Marked = []
    current = next(kind for kind in own if kind)
    for kind, line in zip(own, lines, strict=True):
        current = kind or current
        rows.append((current, line))
    return rows


def _is_form(lines: Sequence[Line], own: Sequence[str | None], previous: str | None) -> bool:
    """Some other table may name 行政处罚 too: table 二 needs a banner or header, or a piece of it before."""
    if set(own) - {None, "proactive"}:
        return True
    text = "".join(line.text for line in lines)
    headed = proactive_columns.BANNER.search(text) or proactive.HEADER.search(text)
    return bool(headed) or previous == "proactive" or _names_most(lines)


def _names_most(lines: Sequence[Line]) -> bool:
    """Whether a table without any header has so many rows of table 二 that it can be no other."""
    template = load_schema().templates["2021"]
    found = [proactive.match_row(line.plain[n], template) for line in lines for n in line.labels[-1:]]
    return len({row.id for match in found if match for row in match[1:]}) >= _MOST


def continued(lines: Sequence[Line], previous: str | None) -> Marked:
    """The data row of table 四 alone on a new page; a row of table 三 whose name only its place explains."""
    if previous == "application" and len(lines) == 1 and lines[0].numbers:
        last = application_rows.LAST_OF_OTHER
        if any(application_rows.match_label(lines[0].plain[n], last) for n in lines[0].labels):
            return [("application", lines[0])]
    numbers = [line for line in lines if line.numbers and not line.labels]
    if previous == "challenge" and len(numbers) == 1 and len(lines) <= 2 and len(numbers[0].cells) >= 5:
        return [("challenge", numbers[0])]
    return []


def kind_of(line: Line) -> str | None:
    """The statutory table that a row names by its words."""
    text = line.text
    if (
        challenge.GROUP_TITLE.fullmatch(text)
        or challenge.HEADER.search(text)
        or ("行政复议" in text and "行政诉讼" in text)
    ):
        return "challenge" if len(text) < LONGEST_LINE else None
    rows = [application_rows.match_label(line.plain[n]) for n in line.labels]
    if any(rows) or application_rows.HEADER.search(text):
        return "application"
    if proactive_columns.BANNER.search(text) or proactive.HEADER.search(text):
        return "proactive" if len(text) < LONGEST_LINE else None
    template = load_schema().templates["2019"]
    if line.numbers and any(proactive.match_row(line.plain[n], template) for n in line.labels):
        return "proactive"
    return None


def most(kinds: Sequence[str]) -> str:
    """The kind of most rows; of several the one that comes first."""
    return max(dict.fromkeys(kinds), key=kinds.count)
