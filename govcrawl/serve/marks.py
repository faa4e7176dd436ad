"""What is wrong with one report, each finding with the cells that it speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from govcrawl.export.rules import RULES as DESCRIBED
from govcrawl.reports.across import RULES as ACROSS
from govcrawl.reports.across import cells_across
from govcrawl.reports.concerned import cells_of
from govcrawl.serve.words import Words
from govcrawl.store.queries import Row

_GRAVITY = {rule: severity for rule, _, _, severity, _ in DESCRIBED}
_CHINESE = {rule: name for rule, name, _, _, _ in DESCRIBED}
_MEANING = {rule: meaning for rule, _, _, _, meaning in DESCRIBED}
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


def marks(checks: Iterable[Row], findings: Iterable[Row], shown: Collection[str]) -> list[Mark]:
    """The failed checks, the gravest first, then the findings that no check stands for."""
    failed = [check for check in checks if check["outcome"] == "fail"]
    failed.sort(key=lambda check: (_order(gravity(check["rule"])), check["rule"]))
    own = [finding for finding in findings if not finding["kind"].startswith(_OF_CHECK)]
    told = (_checked(check, shown) for check in failed)
    others = (_found(finding, shown) for finding in own)
    return [Mark(number, *mark) for number, mark in enumerate((*told, *others), 1)]


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
    chinese = _CHINESE.get(rule)
    if chinese is not None:
        return chinese if say.language == "zh" else _MEANING[rule]
    return say.known(f"finding.{rule}", rule)


def cell_of(rule: str, subject: str, shown: Collection[str]) -> str | None:
    """The cell at which a finding is marked: its own, else the total of its row, else the first it compares."""
    _, operands = cells_across(rule, subject) if rule in ACROSS else ((), cells_of(rule, subject))
    for name in (subject, f"{subject}:total", *reversed(operands)):
        if name in shown:
            return name
    return None


def _order(severity: str) -> int:
    return ("error", "warning", "info").index(severity)


def _checked(check: Row, shown: Collection[str]) -> Iterator[object]:
    rule, subject = check["rule"], check["subject"]
    earlier, own = cells_across(rule, subject) if rule in ACROSS else ((), cells_of(rule, subject))
    cell = cell_of(rule, subject, shown)
    others = [name for name in own if name in shown and name != cell]
    yield from (rule, gravity(rule), subject, cell, others, earlier, check["expected"], check["actual"])


def _found(finding: Row, shown: Collection[str]) -> Iterator[object]:
    kind, subject = finding["kind"], finding["subject"]
    cell = subject if subject in shown else None
    yield from (kind, "info", subject, cell, (), (), None, None, finding["detail"])
