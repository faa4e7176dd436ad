"""Where two readings of one report, a page's and its attached file's, print different numbers."""

from __future__ import annotations

from collections.abc import Iterator

from govcrawl.model import Finding, Report, Status

DISAGREES = "attachment_disagrees"
"""Kind of the finding."""

MOST = 20
"""Findings on one pair; beyond them it is another report."""

Number = int | float


def disagreements(report: Report, other: Report, where: str) -> Iterator[Finding]:
    """A finding for each fact of which both print a number and not the same; ``where`` the other one stands.

    The two are of the same body and year.
    """
    here, there = _numbers(report), _numbers(other)
    differing = [fact for fact in here if fact in there and here[fact] != there[fact]]
    for fact in differing[:MOST]:
        yield Finding(DISAGREES, fact, f"{here[fact]:.10g} here, {there[fact]:.10g} in {where}")
    if (more := len(differing) - MOST) > 0:
        yield Finding(DISAGREES, "report", f"{more} more numbers differ from those in {where}")


def same_subject(report: Report, other: Report) -> bool:
    """Whether two reports are of the same body and year, as far as they say."""
    bodies = {report.agency_norm, other.agency_norm} - {None}
    return report.year == other.year and len(bodies) < 2


def _numbers(report: Report) -> dict[str, Number]:
    """Numbers of cells, and of sentences where no cell has one and all sentences agree."""
    stated: dict[str, set[Number]] = {}
    for statement in report.statements:
        stated.setdefault(statement.fact, set()).add(statement.value)
    found = {fact: values.pop() for fact, values in stated.items() if len(values) == 1}
    cells = {
        fact.fact: fact.value
        for fact in report.facts
        if fact.status is Status.NUMBER and fact.value is not None
    }
    return {**found, **cells}
