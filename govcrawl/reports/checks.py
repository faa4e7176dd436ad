"""The accounting identities and consistency rules of one report (domain reference 1.6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from govcrawl.model import Check, Fact, Outcome, Status
from govcrawl.reports.place import Place
from govcrawl.reports.schema import Row, load_schema

ORGANISATIONS = ("org.business", "org.research", "org.public_welfare", "org.legal_service", "org.other")
BLOCK_SUMS = {
    "application.received": ("in_person", "fax", "online", "letter"),
    "application.closed": ("on_time", "extended"),
    "application.answered.refused": (
        "state_secret", "trade_secret", "privacy", "security_stability", "not_gov_information", "other_legal",
    ),
    "review": ("upheld", "corrected", "other"),
    "litigation": ("upheld", "corrected", "other"),
    "capacity.staff": ("full_time", "part_time"),
}  # fmt: skip
_RESULTS = "application.result."
_BELOW = re.compile(
    r"(?:[镇乡]|街道)(?:人民政府|办事处|党工委)?$|(?:县|旗|自治县)(?:人民政府)?(?:办公室)?$|县.*(?:局|委|办|中心)"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What the checks are about: the facts, and what is known of body (``kind`` as in Report) and place."""

    facts: Mapping[str, Fact]
    template: str
    agency: str | None
    place: Place | None
    kind: str | None = None

    def value(self, fact: str) -> int | float | None:
        """The explicit number of a cell, None where it holds none: nothing is assumed to be zero."""
        found = self.facts.get(fact)
        return found.value if found is not None and found.status is Status.NUMBER else None


def run_checks(subject: Subject) -> tuple[Check, ...]:
    """All identities that apply to the report's tables, in a fixed order."""
    if subject.template not in ("2019", "2021"):
        return (*_whole_numbers(subject), *_block_sums(subject))
    rules: Sequence[Callable[[Subject], Iterable[Check]]] = (
        _inflow,
        _sum_of_results,
        _sum_of_applicants,
        _sum_of_outcomes,
        _whole_numbers,
        _regulations,
        _disclosed,
    )
    return tuple(check for rule in rules for check in rule(subject))


def year_check(year: int | None, rivals: Mapping[str, int]) -> Check:
    """Y1: whether title, stated period and plans name the same fiscal year; ``rivals`` by source."""
    if year is None or not rivals:
        return Check("Y1", "report", Outcome.NOT_ASSESSABLE, str(year) if year else None)
    wrong = {source: rival for source, rival in rivals.items() if rival != year}
    actual = ", ".join(f"{source} {rival}" for source, rival in (wrong or rivals).items())
    return Check("Y1", "report", Outcome.FAIL if wrong else Outcome.PASS, str(year), actual)


def _inflow(subject: Subject) -> Iterable[Check]:
    for column in _columns():
        left = _sum(subject, (f"application.received_new:{column}", f"application.carried_in:{column}"))
        right = _sum(subject, (f"{_RESULTS}total:{column}", f"application.carried_out:{column}"))
        yield _equal("A1", f"application.carried_out:{column}", left, right)


def _sum_of_results(subject: Subject) -> Iterable[Check]:
    leaves = [row.id for row in _application(subject) if row.leaf and row.id.startswith("result.")]
    for column in _columns():
        total = f"{_RESULTS}total:{column}"
        parts = _sum(subject, [f"application.{leaf}:{column}" for leaf in leaves])
        yield _equal("A2", total, parts, subject.value(total))


def _sum_of_applicants(subject: Subject) -> Iterable[Check]:
    for row in _application(subject):
        name = f"application.{row.id}"
        parts = _sum(subject, [f"{name}:{column}" for column in ("natural_person", *ORGANISATIONS)])
        yield _equal("A3", name, parts, subject.value(f"{name}:total"))


def _sum_of_outcomes(subject: Subject) -> Iterable[Check]:
    template = load_schema().templates["2021"]
    for group in template.groups:
        name = f"challenge.{group.id}"
        parts = _sum(subject, [f"{name}:{column.id}" for column in template.outcomes if column.id != "total"])
        yield _equal("C1", name, parts, subject.value(f"{name}:total"))


def _whole_numbers(subject: Subject) -> Iterable[Check]:
    """One pass a table, one fail a cell that is negative or, being a count, no whole number."""
    tables: dict[str, list[Check]] = {}
    kinds = _kinds()
    for fact in subject.facts.values():
        if fact.value is None:
            continue
        failed = tables.setdefault(fact.fact.partition(".")[0], [])
        kind = kinds.get(fact.fact) or _kind_by_column(fact.fact)
        whole = kind == "money" or fact.value == int(fact.value)
        if not whole or (fact.value < 0 and kind != "signed_count"):
            failed.append(Check("N1", fact.fact, Outcome.FAIL, "a whole number, 0 or more", fact.raw.strip()))
    for table, failed in tables.items():
        yield from failed or [Check("N1", table, Outcome.PASS)]


def _kind_by_column(fact: str) -> str:
    return "signed_count" if fact.endswith(":items_change") else "count"


def _regulations(subject: Subject) -> Iterable[Check]:
    """P1: no body below a prefecture-level city can have made a regulation (规章)."""
    name = "proactive.art20_1.rules"
    facts = [fact for key, fact in subject.facts.items() if key.startswith(name + ":")]
    values = [fact.value for fact in facts if fact.value is not None]
    below = _is_below(subject)
    if not values or below is None:
        yield Check("P1", name, Outcome.NOT_ASSESSABLE, "0")
        return
    made = [fact for fact in facts if fact.value]
    actual = ", ".join(f"{fact.fact.rsplit(':', 1)[1]} {fact.raw.strip()}" for fact in made)
    yield Check("P1", name, Outcome.FAIL if made and below else Outcome.PASS, "0", actual or "0")


def _is_below(subject: Subject) -> bool | None:
    """Whether the body ranks below a prefecture-level city; None where name and place do not tell."""
    if subject.kind in ("township", "subdistrict", "county_gov"):
        return True
    level = subject.place.level if subject.place is not None else ""
    if level == "county" or (subject.agency and _BELOW.search(subject.agency)):
        return True
    return False if level else None


def _disclosed(subject: Subject) -> Iterable[Check]:
    if "proactive.art20_1.rules:disclosed_total" not in subject.facts:
        return
    for row in ("rules", "normative_docs"):
        name = f"proactive.art20_1.{row}"
        new, total = subject.value(f"{name}:disclosed_new"), subject.value(f"{name}:disclosed_total")
        if new is None or total is None:
            yield Check("X4", name, Outcome.NOT_ASSESSABLE)
        else:
            outcome = Outcome.PASS if total >= new else Outcome.FAIL
            yield Check("X4", name, outcome, f"at least {_text(new)}", _text(total))


def _block_sums(subject: Subject) -> Iterable[Check]:
    """L1: totals of the form of 2014 against the rows that they sum up."""
    for total, parts in BLOCK_SUMS.items():
        name = f"stat2014.{total}"
        if name in subject.facts:
            expected = _sum(subject, [f"{name}.{part}" for part in parts])
            yield _equal("L1", name, expected, subject.value(name))


@cache
def _columns() -> tuple[str, ...]:
    return tuple(column.id for column in load_schema().applicants)


@cache
def _kinds() -> Mapping[str, str]:
    """What each fact of the schema counts."""
    return {fact.id: fact.kind for fact in load_schema().all_facts()}


def _application(subject: Subject) -> tuple[Row, ...]:
    new = "application.result.other.misc:total" in subject.facts
    return load_schema().templates["2021" if new else "2019"].application


def _sum(subject: Subject, facts: Iterable[str]) -> int | float | None:
    total: int | float = 0
    for fact in facts:
        value = subject.value(fact)
        if value is None:
            return None
        total += value
    return total


def _equal(rule: str, subject: str, expected: int | float | None, actual: int | float | None) -> Check:
    if expected is None or actual is None:
        return Check(rule, subject, Outcome.NOT_ASSESSABLE, _text(expected), _text(actual))
    outcome = Outcome.PASS if expected == actual else Outcome.FAIL
    return Check(rule, subject, outcome, _text(expected), _text(actual))


def _text(value: int | float | None) -> str | None:
    return None if value is None else f"{value:.10g}" if isinstance(value, float) else str(value)
