"""The cells that a rule is about, so that whoever published them can find them."""

from __future__ import annotations

from functools import cache

from govcrawl.reports.checks import BLOCK_SUMS, ORGANISATIONS
from govcrawl.reports.prose_check import LAWSUITS, RULE
from govcrawl.reports.schema import load_schema
from govcrawl.reports.statement_patterns import LITIGATION, RECEIVED

_APPLICATION = "application."
_OBVIOUS = ("三、本年度办理结果", "申请人情况", "法人或其他组织")


def cells_of(rule: str, subject: str) -> tuple[str, ...]:
    """Facts that a rule of one report compares, by its subject, in the order of the form.

    Of the two forms' rows both are named: a report has those of its own.
    """
    row, _, column = subject.rpartition(":")
    if rule == "A1":
        rows = ("received_new", "carried_in", "result.total", "carried_out")
        return tuple(f"{_APPLICATION}{name}:{column}" for name in rows)
    if rule == "A2":
        return tuple(f"{_APPLICATION}{name}:{column}" for name in (*_results(), "result.total"))
    if rule == "A3":
        return tuple(f"{subject}:{name}" for name in ("natural_person", *ORGANISATIONS, "total"))
    if rule == "C1":
        return tuple(f"{subject}:{column.id}" for column in load_schema().templates["2021"].outcomes)
    if rule == "L1":
        parts = BLOCK_SUMS[subject.removeprefix("stat2014.")]
        return (*(f"{subject}.{part}" for part in parts), subject)
    if rule in ("P1", "X4"):
        return tuple(name for name in _labels() if name.startswith(f"{subject}:"))
    if rule == RULE:
        spoken = (RECEIVED, "application.carried_in:total") if subject == RECEIVED else (subject,)
        return LAWSUITS if subject == LITIGATION else spoken
    return (subject,) if row or subject in _labels() else ()


def label_of(fact: str) -> str:
    """A fact's own labels: its row and column as the form prints them, the id where the form has no such."""
    return _labels().get(fact, fact)


@cache
def _labels() -> dict[str, str]:
    return {
        fact.id: " / ".join(part for part in fact.label[1:] if part not in _OBVIOUS)
        for fact in load_schema().all_facts()
    }


@cache
def _results() -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in ("2019", "2021"):
        for row in load_schema().templates[name].application:
            if row.leaf and row.id.startswith("result.") and row.id != "result.total":
                found[row.id] = None
    return tuple(found)
