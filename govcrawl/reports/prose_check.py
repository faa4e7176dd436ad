"""T1: what the prose states against what the tables print (domain reference 1.6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govcrawl.model import Check, Finding, Outcome, Statement
from govcrawl.reports.checks import Subject
from govcrawl.reports.statement_patterns import LITIGATION, RECEIVED
from govcrawl.text import folded

RULE = "T1"
LAWSUITS = ("challenge.litigation_direct:total", "challenge.litigation_after_review:total")
_WITH_STOCK = (RECEIVED, "application.carried_in:total")


def text_checks(subject: Subject, statements: Sequence[Statement]) -> Iterator[tuple[Check, Finding | None]]:
    """One check a statement whose cell the report has, with the sentence as a finding where they differ.

    Lawsuits are the sum of both groups. ``收到`` without ``新`` may count what was carried over as well.
    """
    for statement in statements:
        cells = LAWSUITS if statement.fact == LITIGATION else (statement.fact,)
        if not all(cell in subject.facts for cell in cells):
            continue
        values = [subject.value(cell) for cell in cells]
        known = [value for value in values if value is not None]
        stated = str(statement.value)
        if len(known) < len(values):
            yield Check(RULE, statement.fact, Outcome.NOT_ASSESSABLE, None, stated), None
            continue
        printed = sum(known)
        if statement.value == printed or statement.value == _with_stock(subject, statement):
            yield Check(RULE, statement.fact, Outcome.PASS, str(printed), stated), None
            continue
        detail = f"table prints {printed}, text says {stated}: {statement.sentence}"
        yield (
            Check(RULE, statement.fact, Outcome.FAIL, str(printed), stated),
            Finding(f"identity_fail:{RULE}", statement.fact, detail),
        )


def _with_stock(subject: Subject, statement: Statement) -> int | float | None:
    if statement.fact != RECEIVED or "新收" in folded(statement.sentence):
        return None
    values = [subject.value(cell) for cell in _WITH_STOCK]
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
