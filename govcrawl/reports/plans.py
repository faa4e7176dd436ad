"""What a form says of every cell of its tables: read once for each form, then only the numbers are read.

The mappers themselves make a plan, from a table that has stand-ins for its numbers; it is a function of
the form, the report's year and the group named above, whatever was read before. There is none where anything
but the cell itself would be asked of a number, or the table cannot be read alone: a row or cell that is read
twice, sums of sub-rows, columns that are not told, pieces of a table. Such tables are read by the mappers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import NamedTuple, cast

from govcrawl.model import Cell, Fact, Finding, Grid, Status
from govcrawl.reports import application, challenge, proactive, statistics
from govcrawl.reports.forms import DIGITS, STAND_IN, Form, grid_of
from govcrawl.reports.lines import Line, Reading
from govcrawl.reports.marking import LONGEST_LINE, Marked, continued, kind_of, lines_in, marked, most
from govcrawl.reports.other_years import of_own_year
from govcrawl.reports.own_tables import title_of
from govcrawl.reports.schema import Column
from govcrawl.reports.values import read_value

# What is said of words alone, which the form has.
_OF_WORDS = frozenset(("label_respelled", "split_label_repaired", "synonym_header", "header_split"))
_FIRST = 1
_fact = cast("Callable[[tuple[object, ...]], Fact]", partial(tuple.__new__, Fact))
_REMEMBERED = 256


class Planned(NamedTuple):
    """A fact and the slot of its cell, None where the table has none; ``asked`` is what it is read as."""

    fact: str
    slot: tuple[int, int] | None
    asked: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What a table has of one statutory table; ``labels`` are the slots of its labels."""

    cells: tuple[Planned, ...] = ()
    findings: tuple[Finding, ...] = ()
    labels: tuple[tuple[int, int], ...] = ()
    template: str | None = None

    def labels_in(self, grid: Grid) -> list[str]:
        """Texts of the labels in a table of the form, as printed."""
        return [grid.rows[row][column].text for row, column in self.labels]


@dataclass(frozen=True, slots=True)
class Plan:
    """How to read a table of one form: the kind of most of its rows, if any; its title; its parts by kind."""

    kind: str | None = None
    title: str = ""
    parts: Mapping[str, Part] = field(default_factory=dict)


class _NotPlain(Exception):
    """A cell of the form is not read by its place alone."""


@dataclass
class _Noted(Reading):
    """What a mapper reads, written down."""

    planned: list[Planned] = field(default_factory=list)

    def cell(
        self,
        row: str,
        column: Column,
        cell: Cell | None,
        line: Line,
        *,
        header: str = "",
        label: str = "",
        note: str | None = None,
    ) -> None:
        """Write down where a fact's cell stands, and what beside its text is asked for its value."""
        before = len(self.facts)
        super().cell(row, column, cell, line, header=header, label=label, note=note)
        if len(self.facts) == before:
            raise _NotPlain
        read = self.facts[next(reversed(self.facts))]
        if cell is None or not cell.colspan:
            self.planned.append(Planned(read.fact, None, (), read.note))
            return
        if note:
            raise _NotPlain
        money = column.kind == "money"
        asked = (column.kind, column.unit, header, label) if money else (column.kind, column.unit)
        _, at, below = line.place(cell)
        self.planned.append(Planned(read.fact, (at, below), asked))

    def forget(self, row: str) -> None:
        """A row that is read again."""
        raise _NotPlain

    def ambiguous(
        self, row: str, columns: Sequence[Column], cells: Sequence[Cell], line: Line, reason: str
    ) -> None:
        """A row that quotes its numbers."""
        raise _NotPlain


@lru_cache(maxsize=_REMEMBERED)
def plan_of(form: Form, year: int | None, group: str | None) -> Plan | None:
    """How to read tables of a form in a report of a year; None where the mappers must read each.

    ``group`` is the group of table 四 that the words above the table name.
    """
    grid = grid_of(form)
    if grid is None:
        return None
    lines = of_own_year(lines_in(grid, _FIRST), year)
    if statistics.is_statistics(lines, statistics.FEWEST_OF_A_PIECE) or not all(map(_is_short, lines)):
        return None
    rows = marked(lines, None, statistics.FEWEST)
    if not rows:
        return None if _may_be_a_piece(lines) else Plan()
    try:
        return _plan(rows, grid, group)
    except _NotPlain:
        return None


def _is_short(line: Line) -> bool:
    """Whether a row is as long or as short with any numbers, as far as the mappers ask."""
    return len(line.text) < LONGEST_LINE or len(line.text) - DIGITS * line.numbers >= LONGEST_LINE


def _may_be_a_piece(lines: Sequence[Line]) -> bool:
    """Whether a table by itself is no statutory one, but may be the rest of the table before it."""
    return any(map(kind_of, lines)) or any(continued(lines, kind) for kind in ("application", "challenge"))


def _plan(rows: Marked, grid: Grid, group: str | None) -> Plan:
    own: dict[str, list[Line]] = {}
    for kind, line in rows:
        own.setdefault(kind, []).append(line)
    kinds = [kind for kind, _ in rows]
    parts = {kind: _part(kind, lines, grid, group) for kind, lines in own.items()}
    return Plan(most(kinds), title_of(rows[0][1]), parts)


def _part(kind: str, lines: Sequence[Line], grid: Grid, group: str | None) -> Part:
    out = _Noted()
    template: str | None = None
    if kind == "application":
        template = application.read_application(lines, out)
    elif kind == "proactive":
        template = proactive.template_of(lines)
        if template is None:
            raise _NotPlain
        proactive.read_proactive(lines, template, out)
    else:
        challenge.read_challenge(lines, out, {_FIRST: group})
    quoted = [finding.detail for finding in out.findings]
    quoted += [text for planned in out.planned for text in (*planned.asked, planned.note or "")]
    if len(out.facts) != len(out.planned) or any(STAND_IN in text for text in quoted):
        raise _NotPlain
    if any(finding.kind not in _OF_WORDS for finding in out.findings):
        raise _NotPlain
    return Part(tuple(out.planned), tuple(out.findings), tuple(_label_slots(lines, grid)), template)


def _label_slots(lines: Iterable[Line], grid: Grid) -> Iterable[tuple[int, int]]:
    for line in lines:
        for cell in map(line.cells.__getitem__, line.labels):
            _, row, column = line.place(cell)
            if grid.rows[row][column].text != cell.text:
                raise _NotPlain
            yield row, column


def carry_out(part: Part, grid: Grid, number: int, out: Reading) -> None:
    """Read the cells of a part of table ``number`` into ``out``."""
    rows, facts = grid.rows, out.facts
    for fact, slot, asked, note in part.cells:
        if slot is None:
            facts[fact] = Fact(fact, None, "", Status.MISSING, note=note, table=number)
        else:
            row, column = slot
            text = rows[row][column].text
            value, status, unit, source, notes = read_value(text, *asked)
            facts[fact] = _fact((fact, value, text, status, unit, source, notes or None, number, row, column))
    out.findings += part.findings
