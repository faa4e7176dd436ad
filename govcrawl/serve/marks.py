"""What is wrong with one report, each finding with the cells that it speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from govcrawl.export.rules import RULES as DESCRIBED
from govcrawl.reports.across import RULES as ACROSS
from govcrawl.reports.across import cells_across
from govcrawl.reports.concerned import cells_of
from govcrawl.serve.words import Words
from govcrawl.store.queries import Row

_GRAVITY = {rule: severity for rule, _, _, severity, _ in DESCRIBED}
_OF_CHECK = "identity_fail:"


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding with its number on the page.

    ``cell`` is where it is marked, None where it speaks of no cell that is shown; ``operands`` are the other
    cells that it compares, ``earlier`` those of the year before.
    """

    number: int
    rule: str
    gravity: str
    subject: str
    cell: str | None
    operands: Sequence[str]
    earlier: Sequence[str]
    expected: str | None = None
    actual: str | None = None
    detail: str = ""

    @property
    def order(self) -> tuple[int, bool, str]:
        """What findings are grouped by: the gravest first, rules before other findings."""
        return _order(self.gravity), self.rule not in _GRAVITY, self.rule


def marks(checks: Iterable[Row], findings: Iterable[Row], shown: Collection[str]) -> list[Mark]:
    """The failed checks, the gravest first, then the findings that no check stands for."""
    failed = [check for check in checks if check["outcome"] == "fail"]
    failed.sort(key=lambda check: (_order(gravity(check["rule"])), check["rule"]))
    own = [finding for finding in findings if not finding["kind"].startswith(_OF_CHECK)]
    numbers = count(1)
    return [
        *(_checked(next(numbers), check, shown) for check in failed),
        *(_found(next(numbers), finding, shown) for finding in own),
    ]


def by_cell(found: Iterable[Mark]) -> Mapping[str, list[int]]:
    """The numbers of the findings marked at each cell."""
    cells: dict[str, list[int]] = defaultdict(list)
    for mark in found:
        if mark.cell is not None:
            cells[mark.cell].append(mark.number)
    return cells


def gravity(rule: str) -> str:
    """error, warning or info for a rule; a finding beside the rules is worth a look: info."""
    return _GRAVITY.get(rule, "info")


def rule_name(rule: str, say: Words) -> str:
    """What a rule or kind of finding is called."""
    return say.known(f"rule.{rule}", say.known(f"finding.{rule}", rule))


def cell_of(rule: str, subject: str, shown: Collection[str]) -> str | None:
    """The cell at which a finding is marked: its own, its row's total, or one it compares."""
    _, operands = cells_across(rule, subject) if rule in ACROSS else ((), cells_of(rule, subject))
    for name in (subject, f"{subject}:total", *reversed(operands)):
        if name in shown:
            return name
    return None


def _order(severity: str) -> int:
    return ("error", "warning", "info").index(severity)


def _checked(number: int, check: Row, shown: Collection[str]) -> Mark:
    rule, subject = check["rule"], check["subject"]
    earlier, own = cells_across(rule, subject) if rule in ACROSS else ((), cells_of(rule, subject))
    cell = cell_of(rule, subject, shown)
    others = [name for name in own if name in shown and name != cell]
    sides = (check["expected"], check["actual"])
    return Mark(number, rule, gravity(rule), subject, cell, others, earlier, *sides)


def _found(number: int, finding: Row, shown: Collection[str]) -> Mark:
    kind, subject = finding["kind"], finding["subject"]
    cell = subject if subject in shown else None
    return Mark(number, kind, gravity(kind), subject, cell, (), (), detail=finding["detail"])
