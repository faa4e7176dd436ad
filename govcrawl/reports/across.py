"""The rules that need two years of the same body (domain reference 1.6): X1, X2, X3 and D1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from govcrawl.model import Check, Outcome

RULES = ("X1", "X2", "X3", "D1")
Number = int | float
Cells = Mapping[str, Number | None]
"""Facts of a report, None where the cell holds no explicit number."""


def across_years(earlier: Cells, later: Cells) -> Iterator[Check]:
    """Checks of the later year against the year before; only rules whose tables both years have."""
    for fact, row, column in _compared(tuple(later)):
        if row == "application.carried_in":
            if (before := f"application.carried_out:{column}") in earlier:
                yield _check("X1", fact, earlier[before], later[fact])
        elif column == "items_prev":
            if fact in earlier and f"{row}:items_change" in earlier:
                expected = _sum(earlier[fact], earlier[f"{row}:items_change"])
                yield _check("X2", fact, expected, later[fact])
        elif fact in earlier:
            repealed = later.get(f"{row}:repealed")
            expected = _sum(
                earlier[fact], later.get(f"{row}:issued"), None if repealed is None else -repealed
            )
            yield _check("X3", fact, expected, later[fact])
    yield _copied(earlier, later)


@lru_cache(maxsize=512)
def _compared(facts: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    """The facts that may have something of the year before to be compared with, by row and column."""
    split = ((fact, *fact.rpartition(":")[::2]) for fact in facts)
    return tuple(
        (fact, row, column)
        for fact, row, column in split
        if row == "application.carried_in" or column in ("items_prev", "in_force")
    )


def cells_across(rule: str, fact: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The facts that a rule compares: those of the year before, those of the later year."""
    row = fact.rpartition(":")[0]
    if rule == "X1":
        return (fact.replace("carried_in", "carried_out"),), (fact,)
    if rule == "X2":
        return (fact, f"{row}:items_change"), (fact,)
    if rule == "X3":
        return (fact,), (f"{row}:issued", f"{row}:repealed", fact)
    return (), ()


def _copied(earlier: Cells, later: Cells) -> Check:
    """D1: every number of both years the same, and not all of them zero."""
    if not any(later.values()) or not any(earlier.values()):
        return Check("D1", "report", Outcome.NOT_ASSESSABLE)
    if any(value is not None and earlier.get(fact) != value for fact, value in later.items()):
        return Check("D1", "report", Outcome.PASS)
    numbers = {fact: value for fact, value in later.items() if value is not None}
    if numbers == {fact: value for fact, value in earlier.items() if value is not None}:
        return Check(
            "D1", "report", Outcome.FAIL, "numbers of its own", f"all {len(numbers)} as the year before"
        )
    return Check("D1", "report", Outcome.PASS)


def _check(rule: str, subject: str, expected: Number | None, actual: Number | None) -> Check:
    if expected is None or actual is None:
        return Check(rule, subject, Outcome.NOT_ASSESSABLE, _text(expected), _text(actual))
    outcome = Outcome.PASS if expected == actual else Outcome.FAIL
    return Check(rule, subject, outcome, _text(expected), _text(actual))


def _sum(*values: Number | None) -> Number | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _text(value: Number | None) -> str | None:
    return None if value is None else f"{value:.10g}"
