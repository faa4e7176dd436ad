"""The same reports through every container: each number at its place, each paragraph kept."""

from __future__ import annotations

import pytest

from tests.formats.makers import Print, as_docx, as_pdf, as_xlsx
from tests.formats.parts import a_report, faults, parts_of

_LAYOUTS = [
    Print(),
    Print(landscape=True),
    Print(rotated=90),
    Print(rotated=180),
    Print(rotated=270, landscape=True),
    Print(running="临水县政府信息公开"),
    Print(shading=True),
    Print(size=7, numbers=False),
    Print(lines="LINEABOVE"),
    Print(lines="", cut=7),
    Print(lines="BOX", rotated=90, repeat=3),
    *(Print(cut=cut, repeat=2 * (cut % 2)) for cut in range(2, 14)),
]


@pytest.mark.parametrize("number", range(12))
def test_word(number: int) -> None:
    report = a_report(number)
    assert faults(as_docx(list(parts_of(report))), "report.docx", report) == []


@pytest.mark.parametrize("number", range(12))
def test_workbook(number: int) -> None:
    report = a_report(number)
    content = as_xlsx(list(parts_of(report)), sheets=number % 2 == 1)
    assert faults(content, "report.xlsx", report) == []


@pytest.mark.parametrize("layout", _LAYOUTS, ids=str)
def test_pdf(layout: Print) -> None:
    report = a_report(_LAYOUTS.index(layout))
    assert faults(as_pdf(list(parts_of(report)), layout), "report.pdf", report) == []
