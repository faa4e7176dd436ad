"""Any report of either template, rendered in any way, reads back exactly."""

from __future__ import annotations

import os
import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from govcrawl.documents import read_document
from govcrawl.model import Fact, Report
from govcrawl.reports import read_report
from tests.quality.plans import Plan, Rendering, plans, render
from tests.quality.printed import Habits

EXAMPLES = int(os.environ.get("GOVCRAWL_ROUND_TRIPS", "10000"))
# A failing plan says enough by itself; shrinking it would take minutes.
_SETTINGS = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)


def bare(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


def wrong(report: Report, truth: Rendering) -> list[str]:
    """What was read otherwise than printed; a fact that the rendering destroyed may be ambiguous or missing."""
    found: dict[str, Fact] = {fact.fact: fact for fact in report.facts}
    faults = []
    for name, cell in truth.facts.items():
        fact = found.get(name)
        if fact is None:
            faults.append(f"{name}: no such fact")
        elif name in truth.unsure and fact.status in ("ambiguous", "missing"):
            continue
        elif fact.value != cell.value or fact.status != cell.status:
            faults.append(f"{name}: {cell} read as {fact.value} {fact.status} {fact.raw!r} {fact.note}")
        elif cell.raw and bare(fact.raw) != bare(cell.raw):
            faults.append(f"{name}: raw {fact.raw!r} for {cell.raw!r}")
    extra = [
        n
        for n, f in found.items()
        if n not in truth.facts and ".other_services." not in n and f.value is not None
    ]
    faults += [f"{name}: not in the report" for name in extra]
    return faults


def check(plan: Plan) -> None:
    truth = render(plan)
    report = read_report(read_document(truth.content, name="report"))
    faults = wrong(report, truth)
    assert not faults, f"{plan}\n" + "\n".join(faults[:12])
    assert report.template == plan.template
    assert (report.title, report.agency, report.year) == (truth.said.title, truth.said.agency, truth.year)
    text = bare(report.text)
    assert [line for line in truth.prose if bare(line) not in text] == []


FOUND = (  # plans that the long run has found
    Plan("2019", 43804, Habits(0.0, 0.1, 0.0, 0.5, 0.0, 0.5, 0.5), None, "pipes", "empty",
         frozenset({"remarks", "heads_twice", "break"}), ""),
    Plan("2019", 126298, Habits(0.05, 0.1, 0.0, 0.0, 0.1, 0.1), None, "cell_lines", "empty",
         frozenset({"break_again", "split_label", "remarks", "sub_rows"}), ""),
    Plan("2019", 2263361, Habits(0.0, 0.0, 0.5, 0.1, 0.0, 0.0, 0.1), None, "cell_lines", "once",
         frozenset({"enumerators", "heads_twice"}), "breaks"),
)  # fmt: skip


@pytest.mark.parametrize("plan", FOUND, ids=lambda plan: str(plan.seed))
def test_what_was_found_stays_mended(plan: Plan) -> None:
    check(plan)


@settings(_SETTINGS, max_examples=200)
@given(plans())
def test_every_number_reads_back(plan: Plan) -> None:
    check(plan)


@pytest.mark.soak
@settings(_SETTINGS, max_examples=EXAMPLES, derandomize=False)
@given(plans())
def test_every_number_reads_back_in_the_long_run(plan: Plan) -> None:
    check(plan)
