"""Sums that prove cells of a scan which were not read surely."""

from __future__ import annotations

import pytest

from govcrawl.model import Fact, Status
from govcrawl.reports.lines import UNCERTAIN
from govcrawl.reports.summed import confirmed

KINDS = ("business", "research", "public_welfare", "legal_service", "other")


def row(group: str, *values: int | str) -> list[Fact]:
    """A group of table 四; a number in a string was not read surely."""
    from govcrawl.reports.checks import _outcome_parts

    total, parts = next((t, p) for name, t, p in _outcome_parts() if name == f"challenge.{group}")
    return [
        Fact(name, value, str(value), Status.NUMBER, "件", "format_default")
        if isinstance(value, int)
        else Fact(name, None, value, Status.AMBIGUOUS, "件", "format_default", UNCERTAIN)
        for name, value in zip((*parts, total), values, strict=True)
    ]


def told(*values: int | str) -> list[int | float | None]:
    return [fact.value for fact in confirmed(tuple(row("review", *values)))]


def test_a_number_that_a_sum_proves_becomes_certain() -> None:
    facts = confirmed(tuple(row("review", 3, "4", 0, 1, 8)))
    assert facts[1][:4] == (facts[1].fact, 4, "4", Status.NUMBER)
    assert facts[1].note == f"{UNCERTAIN}; the sum of C1 holds with it"
    assert told(3, 4, 0, 1, "8") == [3, 4, 0, 1, 8]


@pytest.mark.parametrize(
    "values",
    [
        (3, "5", 0, 1, 8),  # read otherwise
        (3, "4", 0, "1", 8),  # two doubtful cells
        (3, "0", 0, 1, 4),  # as much a blank
        (3, "4〓", 0, 1, 8),
        (3, "", 0, 1, 4),
    ],
)
def test_a_sum_proves_nothing_else(values: tuple[int | str, ...]) -> None:
    assert told(*values) == [value if isinstance(value, int) else None for value in values]


def test_no_sum_may_fail_with_it() -> None:
    from govcrawl.reports.checks import _applicant_parts

    rows = {
        name.partition(".")[2]: (*parts, total)
        for name, total, parts in _applicant_parts("2021")
        if name.partition(".")[2] in ("received_new", "carried_in", "result.total", "carried_out")
    }

    def fact(name: str, value: int) -> Fact:
        return Fact(name, value, str(value), Status.NUMBER)

    amounts = {"received_new": 5, "carried_in": 0, "result.total": 5, "carried_out": 0}
    facts = [fact(cells[0], amounts[key]) for key, cells in rows.items()]
    facts += [fact(name, 0) for cells in rows.values() for name in cells[1:-1]]
    facts += [fact(cells[-1], amounts[key]) for key, cells in rows.items()]
    doubted = [
        own._replace(value=None, status=Status.AMBIGUOUS, note=UNCERTAIN)
        if own.fact == rows["received_new"][0]
        else own
        for own in facts
    ]
    assert {own.fact: own.value for own in confirmed(tuple(doubted))}[rows["received_new"][0]] == 5
    closed = rows["result.total"]
    failing = [own._replace(value=4) if own.fact in (closed[0], closed[-1]) else own for own in doubted]
    assert {own.fact: own.value for own in confirmed(tuple(failing))}[rows["received_new"][0]] is None


def test_a_cell_that_one_sum_proves_serves_another() -> None:
    received = ["application.received_new:natural_person", "application.received_new:total"]
    parts = [f"application.received_new:org.{kind}" for kind in KINDS]
    column = [f"application.{key}:total" for key in ("carried_in", "result.total", "carried_out")]
    amounts = dict(zip([*received, *parts, *column], (5, 5, 0, 0, 0, 0, 0, 0, 5, 0), strict=True))
    facts = [
        Fact(name, None, str(value), Status.AMBIGUOUS, note=UNCERTAIN)
        if name in received
        else Fact(name, value, str(value), Status.NUMBER)
        for name, value in amounts.items()
    ]
    assert {fact.fact: fact.value for fact in confirmed(tuple(facts))} == amounts


def test_other_doubts_are_left_alone() -> None:
    facts = row("review", 3, "4", 0, 1, 8)
    facts[1] = facts[1]._replace(note=f"{UNCERTAIN}; two rows of this name with different numbers")
    assert confirmed(tuple(facts))[1].value is None
