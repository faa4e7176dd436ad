"""Broken pages: no crash, no hang, and no number that the page does not show."""

from __future__ import annotations

import os
import re
import time
from random import Random

import pytest

from govcrawl.documents import read_document
from govcrawl.errors import NotAReport, UnreadableDocument
from govcrawl.model import Document, Report, Status, Table
from govcrawl.reports import read_report
from govcrawl.reports.schema import load_schema
from govcrawl.reports.values import read_value
from tests.quality.corpus import real_pages, samples
from tests.quality.mutations import mutated

LONGEST = 2.0
PAGES = int(os.environ.get("GOVCRAWL_FUZZ_PAGES", "100000"))
SEED = int(os.environ.get("GOVCRAWL_FUZZ_SEED", "1"))
_KINDS = {fact.id: fact.kind for fact in load_schema().all_facts()}


def invented(document: Document, report: Report) -> list[str]:
    """Facts whose raw text stands in no table of the page, or whose value does not follow from it."""
    cells = {
        cell.text
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.grid.rows
        for cell in row
    }
    faults = []
    for fact in report.facts:
        if fact.status is not Status.NUMBER:
            if fact.value is not None:
                faults.append(f"{fact.fact}: a value without a number {fact}")
            continue
        parts = fact.raw.split(" + ") if "derived" in (fact.note or "") else [fact.raw]
        if any(part not in cells and part not in {cell.strip() for cell in cells} for part in parts):
            faults.append(f"{fact.fact}: {fact.raw!r} is in no cell")
        elif len(parts) == 1 and not _follows(fact.fact, fact.raw, fact.value):
            faults.append(f"{fact.fact}: {fact.value} from {fact.raw!r}")
    return faults


def _follows(name: str, raw: str, value: float | None) -> bool:
    """Whether the digits of a value are those of its cell; amounts may be scaled by their unit."""
    digits = re.sub(r"[^\d.]", "", re.sub(r"[（(].*", "", raw.translate(_NARROW)))
    kind = _KINDS.get(name, "signed_count")
    if not digits.strip("."):
        return value == 0
    shown = float(digits.strip("."))
    scales = (1, 10_000, 1e-4) if kind == "money" or "万" in raw else (1,)
    return value is not None and any(
        abs(abs(value) - shown * scale) <= 1e-9 * max(1, shown * scale) for scale in scales
    )


_NARROW = {0xFF10 + n: str(n) for n in range(10)} | dict.fromkeys(map(ord, "²³¹⁰⁴⁵⁶⁷⁸⁹①②③④⑤⑥⑦⑧⑨⑩"), None)


def fuzz(pages: int, seed: int) -> int:
    """Read that many broken pages; how many were still reports."""
    whole = [sample.content for sample in samples()] + real_pages()
    reports = 0
    for number in range(pages):
        rng = Random(f"{seed}:{number}")
        content = mutated(rng.choice(whole), rng)
        started = time.process_time()
        try:
            document = read_document(content, name=f"page {seed}:{number}")
            report = read_report(document)
        except (NotAReport, UnreadableDocument):
            continue
        finally:
            assert time.process_time() - started < LONGEST, f"page {seed}:{number}"
        faults = invented(document, report)
        assert not faults, f"page {seed}:{number}: {faults[:5]}"
        assert "\ufffd" not in report.text
        reports += 1
    return reports


def test_broken_pages() -> None:
    assert fuzz(150, SEED) > 30


@pytest.mark.soak
def test_broken_pages_in_the_long_run() -> None:
    assert fuzz(PAGES, SEED) > PAGES // 5


@pytest.mark.parametrize(("raw", "follows"), [("1,234件", True), ("无", False), ("12（其中修订3件）", True)])
def test_the_fuzz_would_notice(raw: str, follows: bool) -> None:
    value = read_value(raw).number
    assert _follows("application.received_new:total", raw, value) is follows
    assert not _follows("application.received_new:total", raw, 99)
