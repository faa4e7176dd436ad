"""Defects of a published report that its office would want to know of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govcrawl.model import Check, Fact, Finding, Outcome, Status
from govcrawl.reports.schema import load_schema
from govcrawl.reports.tables import KINDS, TableReading
from govcrawl.text import folded

LARGE = 100_000
LARGE_FOR_A_TOWN = 1_000
_STATES = ((Status.BLANK, "blank_cells"), (Status.DASH, "dash_cells"), (Status.NONE_WORD, "none_word_cells"))
_NAMES = {"proactive": "二", "application": "三", "challenge": "四"}


def findings_of(
    facts: Sequence[Fact],
    checks: Sequence[Check],
    tables: TableReading,
    template: str,
    images: frozenset[str],
) -> Iterable[Finding]:
    """Findings of tables, cells and identities, in that order."""
    yield from tables.reading.findings
    if template in ("2019", "2021"):
        yield from _absent(tables, images)
    yield from _cells(facts)
    yield from _totals(facts)
    yield from _amounts(facts)
    for check in checks:
        if check.outcome is Outcome.FAIL and check.rule not in ("T1", "Y1"):
            detail = f"expected {check.expected}, printed {check.actual}"
            yield Finding(f"identity_fail:{check.rule}", check.subject, detail)


def _absent(tables: TableReading, images: frozenset[str]) -> Iterable[Finding]:
    shown = {fact.partition(".")[0] for fact in tables.reading.facts}
    for kind in KINDS:
        if kind not in shown:
            found = "tables_as_image" if kind in images else "tables_missing"
            yield Finding(
                found, kind, f"table {_NAMES[kind]} is {'an image' if kind in images else 'absent'}"
            )


def _cells(facts: Sequence[Fact]) -> Iterable[Finding]:
    states = {status for status, _ in _STATES}
    named: dict[tuple[Status, str], list[str]] = {}
    number = Status.NUMBER
    for fact in facts:
        if fact.status is not number and fact.status in states:
            named.setdefault((fact.status, fact.fact.partition(".")[0]), []).append(fact.fact)
    for status, kind in _STATES:
        for table in (*KINDS, "stat2014"):
            if cells := named.get((status, table)):
                more = "" if len(cells) <= 10 else f" and {len(cells) - 10} more"
                yield Finding(kind, table, f"{len(cells)} cells: {', '.join(cells[:10])}{more}")


def _totals(facts: Sequence[Fact]) -> Iterable[Finding]:
    """Rows of table 三 whose applicants are filled in but whose total is not."""
    empty = {
        fact.fact for fact in facts if fact.value is None and fact.status in (Status.BLANK, Status.MISSING)
    }
    if not any(fact.endswith(":total") for fact in empty):
        return
    by_id = {fact.fact: fact for fact in facts}
    applicants = [column.id for column in load_schema().applicants if column.id != "total"]
    rows = [
        fact.fact.removesuffix(":total")
        for fact in facts
        if fact.fact in empty
        and fact.fact.startswith("application.")
        and fact.fact.endswith(":total")
        and all(by_id[f"{fact.fact.removesuffix('total')}{name}"].value is not None for name in applicants)
    ]
    if rows:
        yield Finding("missing_total_column", "application:total", f"{len(rows)} rows: {', '.join(rows)}")


def _amounts(facts: Sequence[Fact]) -> Iterable[Finding]:
    """Amounts without a printed unit that are so large that 元 is more likely than 万元; kept as printed."""
    for fact in facts:
        if fact.unit == "万元" and fact.unit_source == "format_default" and isinstance(fact.value, int):
            whole = "." not in folded(fact.raw)
            if whole and fact.value >= LARGE_FOR_A_TOWN:
                sure = "probably" if fact.value >= LARGE else "perhaps"
                yield Finding("unit_suspect_yuan", fact.fact, f"{fact.raw.strip()} without unit is {sure} 元")
