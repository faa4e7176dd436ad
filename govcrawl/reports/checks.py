"""The accounting identities and consistency rules of one report (domain reference 1.6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

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
Facts = tuple[str, ...]
_BELOW = re.compile(
    r"(?:[镇乡]|街道)(?:人民政府|办事处|党工委)?$|(?:县|旗|自治县)(?:人民政府)?(?:办公室)?$|县.*(?:局|委|办|中心)"
)


@dataclass(frozen=True)
class Subject:
    """What the checks are about: the facts, and what is known of body (``kind`` as in Report) and place."""

    facts: Mapping[str, Fact]
    template: str
    agency: str | None
    place: Place | None
    kind: str | None = None

    def value(self, fact: str) -> int | float | None:
        """The explicit number of a cell, None where it holds none: nothing is assumed to be zero."""
        return self.numbers.get(fact)

    @cached_property
    def numbers(self) -> Mapping[str, int | float]:
        """Cells with an explicit number."""
        number = Status.NUMBER
        return {
            name: fact.value
            for name, fact in self.facts.items()
            if fact.value is not None and fact.status is number
        }


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


def sums(facts: Mapping[str, Fact]) -> Iterable[tuple[str, Facts, Facts]]:
    """The identities between the cells of tables 三 and 四: a rule's name, and the facts of its two sides."""
    form = _form(facts)
    for left, right, _ in _flows():
        yield "A1", left, right
    for total, parts in _result_parts(form):
        yield "A2", parts, (total,)
    for rule, named in (("A3", _applicant_parts(form)), ("C1", _outcome_parts())):
        for _, total, parts in named:
            yield rule, parts, (total,)


def _inflow(subject: Subject) -> Iterable[Check]:
    for left, right, fact in _flows():
        yield _equal("A1", fact, _sum(subject, left), _sum(subject, right))


def _sum_of_results(subject: Subject) -> Iterable[Check]:
    for total, parts in _result_parts(_form(subject.facts)):
        yield _equal("A2", total, _sum(subject, parts), subject.value(total))


def _sum_of_applicants(subject: Subject) -> Iterable[Check]:
    for name, total, parts in _applicant_parts(_form(subject.facts)):
        yield _equal("A3", name, _sum(subject, parts), subject.value(total))


def _sum_of_outcomes(subject: Subject) -> Iterable[Check]:
    for name, total, parts in _outcome_parts():
        yield _equal("C1", name, _sum(subject, parts), subject.value(total))


def _whole_numbers(subject: Subject) -> Iterable[Check]:
    """One pass a table, one fail a cell that is negative or, being a count, no whole number."""
    tables: dict[str, list[Check]] = {}
    kinds = _kinds()
    prefix = " "
    failed: list[Check] = []  # of the table whose facts are passed, one table behind the other
    for fact in subject.facts.values():
        if fact.value is None:
            continue
        if not fact.fact.startswith(prefix):
            table = fact.fact.partition(".")[0]
            prefix, failed = f"{table}.", tables.setdefault(table, [])
        if isinstance(fact.value, int) and fact.value >= 0:
            continue
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


@cache
def _flows() -> tuple[tuple[Facts, Facts, str], ...]:
    """For each column of table 三 what came in, what went out or stayed, and the fact that is tested."""
    names = [
        [
            f"application.{row}:{column}"
            for row in ("received_new", "carried_in", "result.total", "carried_out")
        ]
        for column in _columns()
    ]
    return tuple(((new, old), (closed, left), left) for new, old, closed, left in names)


@cache
def _result_parts(form: str) -> tuple[tuple[str, Facts], ...]:
    """For each column of table 三 the total of results and the results that it sums up."""
    leaves = [row.id for row in _application(form) if row.leaf and row.id.startswith("result.")]
    return tuple(
        (f"{_RESULTS}total:{column}", tuple(f"application.{leaf}:{column}" for leaf in leaves))
        for column in _columns()
    )


@cache
def _applicant_parts(form: str) -> tuple[tuple[str, str, Facts], ...]:
    """For each row of table 三 its name, its total and the applicants that it sums up."""
    names = [f"application.{row.id}" for row in _application(form)]
    kinds = ("natural_person", *ORGANISATIONS)
    return tuple((name, f"{name}:total", tuple(f"{name}:{kind}" for kind in kinds)) for name in names)


@cache
def _outcome_parts() -> tuple[tuple[str, str, Facts], ...]:
    """For each group of table 四 its name, its total and the outcomes that it sums up."""
    template = load_schema().templates["2021"]
    names = [f"challenge.{group.id}" for group in template.groups]
    outcomes = [column.id for column in template.outcomes if column.id != "total"]
    return tuple((name, f"{name}:total", tuple(f"{name}:{column}" for column in outcomes)) for name in names)


def _application(form: str) -> tuple[Row, ...]:
    return load_schema().templates[form].application


def _form(facts: Mapping[str, Fact]) -> str:
    """The template of table 三, by a row that only the newer one has."""
    return "2021" if "application.result.other.misc:total" in facts else "2019"


def _sum(subject: Subject, facts: Iterable[str]) -> int | float | None:
    total: int | float = 0
    numbers = subject.numbers
    try:
        for fact in facts:
            total += numbers[fact]
    except KeyError:
        return None
    return total


def _equal(rule: str, subject: str, expected: int | float | None, actual: int | float | None) -> Check:
    if expected is None or actual is None:
        return Check(rule, subject, Outcome.NOT_ASSESSABLE, _text(expected), _text(actual))
    outcome = Outcome.PASS if expected == actual else Outcome.FAIL
    return Check(rule, subject, outcome, _text(expected), _text(actual))


def _text(value: int | float | None) -> str | None:
    return None if value is None else f"{value:.10g}" if isinstance(value, float) else str(value)
