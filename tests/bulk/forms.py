"""Statutory tables as the project reads them, each drawn once and shared by many generated reports."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from random import Random

from govcrawl.model import Check, Document, Fact, Finding, Grid, Paragraph, ReportTable, Table
from govcrawl.reports import read_report
from govcrawl.reports.markdown import table_text
from tests.bulk import figures, prose
from tests.portals import figures as single
from tests.portals.figures import Figures
from tests.portals.forms import form, stat_rows
from tests.portals.look import draw_look, printed
from tests.portals.model import FactTruth
from tests.portals.tables import Grid as Printed
from tests.portals.tables import application, challenge, proactive, statistics
from tests.reports.forms import grid

KINDS = ("county", "department", "town")
LIVES = 8
"""How many different series of figures there are of each kind; bodies share them."""

_FIRST = 2019


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that was filled in and read: ``texts`` are its tables as they stand in a report's text."""

    template: str
    tables: tuple[ReportTable, ...]
    texts: tuple[str, ...]
    facts: tuple[Fact, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    applications: int | None


_EMPTY = Filled("free", (), (), (), (), (), None)


@lru_cache(maxsize=2048)
def filled(seed: int, kind: str, life: int, year: int) -> Filled:
    """The form that a body of that kind and life fills in for a fiscal year."""
    rng = Random(f"{seed} form {kind} {life} {year}")
    if year >= _FIRST:
        return _read(_template(year), _statutory(seed, kind, life, year, rng), year)
    return _read("2014", [_statistics(rng)], year) if year >= 2014 and kind != "town" else _EMPTY


def _template(year: int) -> str:
    return "2019" if year < 2021 else "2021"


@lru_cache(maxsize=2048)
def _figures(seed: int, kind: str, life: int, year: int) -> Figures:
    before = _figures(seed, kind, life, year - 1) if year > _FIRST else None
    return figures.following(
        form(_template(year)), kind, before, Random(f"{seed} figures {kind} {life} {year}")
    )


def _statutory(seed: int, kind: str, life: int, year: int, rng: Random) -> list[Grid]:
    official, look = form(_template(year)), draw_look(rng)
    money = {c.id: c.kind for b in official.blocks for c in b.columns}
    values = _figures(seed, kind, life, year)
    facts = {
        fact: printed(fact, values[fact], money.get(fact.rpartition(":")[2], "count"), look, rng)
        for fact in official.ids()
    }
    drawn = proactive(official, facts, look, year, rng)
    drawn += [application(official, facts, look, rng), challenge(official, facts, look, rng)]
    return list(map(_expanded, drawn))


def _statistics(rng: Random) -> Grid:
    values = single.statistics([row for row, _, unit in stat_rows() if unit], rng)
    return _expanded(
        statistics({f"stat2014.{row}": FactTruth(v, "number", f"{v}") for row, v in values.items()})
    )


def _expanded(drawn: Printed) -> Grid:
    return grid([[(cell.text, cell.rowspan, cell.colspan) for cell in row] for row in drawn])


def _read(template: str, grids: list[Grid], year: int) -> Filled:
    """Let the project's own reader say what the tables hold."""
    places = [1, *[1] * (len(grids) - 3), 2, 3] if template != "2014" else [1]
    blocks: list[Paragraph | Table] = [Paragraph(f"石坞县民政局{year}年政府信息公开工作年度报告")]
    heads = prose.HEADS if template != "2014" else prose.OLD_HEADS
    for number, head in enumerate(heads):
        blocks += [Paragraph(head), Paragraph("按要求做好有关工作，群众查阅方便。")]
        blocks += [Table(own) for own, place in zip(grids, places, strict=True) if place == number]
    report = read_report(Document("html", tuple(blocks)))
    numbers = {fact.fact: fact.value for fact in report.facts}
    received = numbers.get("application.received_new:total")
    return Filled(
        template,
        report.tables,
        tuple(table_text(table.grid) for table in report.tables),
        report.facts,
        report.checks,
        report.findings,
        received if isinstance(received, int) else None,
    )
