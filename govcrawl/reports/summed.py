"""Cells of a scan that were not read surely and that a sum of the form proves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from govcrawl.model import Fact, Status
from govcrawl.reports.checks import sums
from govcrawl.reports.lines import UNCERTAIN
from govcrawl.reports.values import Value, read_value


def confirmed(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts, numbers that were not read surely made certain where a sum of table 三 or 四 proves them.

    That sum holds with the number as it was read and has no other cell without a sure number; no other such
    sum fails. A nought is never proved: the sum would hold with a blank cell, too. No reading is changed.
    Sums are tried again with the cells that others proved.
    """
    while (told := _with_one_doubt(facts)) != facts:
        facts = told
    return facts


def _with_one_doubt(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    by_name = {fact.fact: fact for fact in facts}
    doubted = {fact.fact: value for fact in facts if (value := _as_read(fact)) is not None}
    if not doubted:
        return facts
    outcomes: dict[str, dict[str, bool]] = {}
    for rule, left, right in sums(by_name):
        open_cells = [name for name in (*left, *right) if not _is_sure(by_name.get(name))]
        if len(open_cells) == 1 and (name := open_cells[0]) in doubted:
            holds = _sum(left, by_name, doubted) == _sum(right, by_name, doubted)
            outcomes.setdefault(name, {})[rule] = holds
    return tuple(_told(fact, doubted.get(fact.fact), outcomes.get(fact.fact, {})) for fact in facts)


def _as_read(fact: Fact) -> Value | None:
    """The number of a cell whose only doubt is its reading."""
    if fact.status is not Status.AMBIGUOUS or fact.note != UNCERTAIN:
        return None
    value = read_value(fact.raw)
    return value if value.status is Status.NUMBER and value.number else None


def _is_sure(fact: Fact | None) -> bool:
    return fact is not None and fact.status is Status.NUMBER and fact.value is not None


def _sum(names: Iterable[str], facts: Mapping[str, Fact], doubted: Mapping[str, Value]) -> int | float:
    values = [doubted[name].number if name in doubted else facts[name].value for name in names]
    return sum(value for value in values if value is not None)


def _told(fact: Fact, value: Value | None, outcomes: Mapping[str, bool]) -> Fact:
    if value is None or not outcomes or not all(outcomes.values()):
        return fact
    note = f"{UNCERTAIN}; the sum of {', '.join(sorted(outcomes))} holds with it"
    return fact._replace(value=value.number, status=Status.NUMBER, note=note)
