"""Reports that a browser prints in many layouts: no number is another, hardly one is lost."""

from __future__ import annotations

import os
from random import Random

import pytest

from tests.formats.browser import needs_browser, printer, sheet_of
from tests.formats.parts import a_report, faults, parts_of

TIMES = int(os.environ.get("GOVCRAWL_PRINTS", "60"))
SEED = os.environ.get("GOVCRAWL_PRINTS_SEED", "")


@needs_browser
@pytest.mark.soak
def test_printed_reports() -> None:
    pytest.importorskip("playwright")
    wrong: dict[int, list[str]] = {}
    with printer() as printed:
        for number in range(TIMES):
            rng = Random(f"browser {SEED} {number}")
            report = a_report(rng.randrange(1000))
            told = faults(printed(sheet_of(list(parts_of(report)), rng)), "report.pdf", report)
            if told:
                wrong[number] = told
    print(f"\n{TIMES} prints, {len(wrong)} not read whole")
    assert wrong == {}
