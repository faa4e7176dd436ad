"""The pinned quality gate: what whole pages lose in reading; a fall fails, a rise asks for a new pin.

Renew the pin with GOVCRAWL_PIN=1, and look at what changed before you commit it.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from govcrawl.documents import read_document
from govcrawl.errors import NotAReport, UnreadableDocument
from govcrawl.reports import read_report
from tests.quality.corpus import Sample, samples
from tests.quality.pages import FRAMES, Markup
from tests.quality.plans import WISHES, Plan, render
from tests.quality.printed import Habits
from tests.quality.test_round_trip import wrong

PIN = Path(__file__).with_name("pinned.json")
SCORES = ("cells", "paragraphs", "title", "published", "agency", "year", "template")
FAULTS = ("wrong_cells", "leaked")


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def scored(sample: Sample) -> Counter[str]:
    """What was read right, what was possible, and the faults of one page."""
    truth = sample.truth
    score = Counter({f"{name}_of": 1 for name in SCORES})
    score["cells_of"], score["paragraphs_of"] = len(truth.facts), len(truth.paragraphs)
    try:
        report = read_report(read_document(sample.content, name=sample.name))
    except (NotAReport, UnreadableDocument):
        return score
    found = {fact.fact: fact for fact in report.facts}
    for name, cell in truth.facts.items():
        fact = found.get(name)
        right = fact is not None and (fact.value, fact.status) == (cell.value, cell.status)
        score["cells"] += right
        score["wrong_cells"] += not right and fact is not None and fact.value is not None
    text = bare(report.text)
    score["paragraphs"] = sum(bare(paragraph) in text for paragraph in truth.paragraphs)
    score["leaked"] = sum(bare(line) in text for line in (*sample.boilerplate, *truth.residue))
    score["title"] = int(bare(report.title) == bare(truth.title))
    score["published"] = int(report.published == truth.published.isoformat())
    score["agency"] = int(report.agency in truth.body.aliases)
    score["year"] = int(report.year == truth.year)
    score["template"] = int(report.template == truth.template)
    return score


def misses() -> dict[str, int]:
    """Of all pages together what was not read right, by kind; and the faults of the variations."""
    total: Counter[str] = Counter()
    for sample in samples():
        total.update(scored(sample))
    missed = {name: total[f"{name}_of"] - total[name] for name in SCORES} | {
        name: total[name] for name in FAULTS
    }
    plans = [Plan(t, n, Habits(), Markup(frame=f), wishes=frozenset({w})) for t, n, f, w in _variations()]
    rendered = [render(plan) for plan in plans]
    missed["variations"] = sum(len(wrong(read_report(read_document(r.content)), r)) for r in rendered)
    return missed


def _variations() -> Iterator[tuple[str, int, str, str]]:
    for number, wish in enumerate(WISHES):
        for template in ("2019", "2021"):
            yield template, number, FRAMES[number % len(FRAMES)], wish


@pytest.fixture(scope="module")
def missed() -> dict[str, int]:
    return misses()


def test_nothing_falls(missed: dict[str, int]) -> None:
    assert len(samples()) >= 60
    if os.environ.get("GOVCRAWL_PIN"):
        PIN.write_text(json.dumps(missed, indent=2) + "\n", encoding="utf-8")
    pinned: dict[str, int] = json.loads(PIN.read_text(encoding="utf-8"))
    fell = {name: (pinned[name], missed[name]) for name in missed if missed[name] > pinned[name]}
    assert not fell, f"quality fell; missed before and now: {fell}"
    assert missed == pinned, "quality rose: renew the pin with GOVCRAWL_PIN=1"


def test_no_number_is_wrong(missed: dict[str, int]) -> None:
    assert missed["wrong_cells"] == 0
