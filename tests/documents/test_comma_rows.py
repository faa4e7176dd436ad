"""Spreadsheets saved as text with commas."""

from __future__ import annotations

import csv
import io

import pytest

from govcrawl.documents import read_document
from govcrawl.model import Table
from tests.formats.parts import a_report, faults, parts_of, size_of


def with_commas(encoding: str, comma: str = ",", *, filled: bool = True) -> bytes:
    """A report as a spreadsheet program saves it: a merged cell's text in its first field alone."""
    rows: list[list[str]] = []
    for part in parts_of(a_report(2)):
        if isinstance(part, str):
            rows.append([part])
            continue
        height, width = size_of(part)
        table = [[""] * width for _ in range(height)]
        for box in part:
            table[box.row][box.column] = box.text
        rows += table
    width = max(map(len, rows))
    out = io.StringIO()
    if filled:
        rows = [[*row, *[""] * (width - len(row))] for row in rows]
    csv.writer(out, delimiter=comma).writerows(rows)
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_a_report_is_read(encoding: str) -> None:
    assert faults(with_commas(encoding), "report.csv", a_report(2)) == []


def test_a_report_without_commas_at_its_lines_ends_and_one_with_semicolons() -> None:
    assert faults(with_commas("gb18030", filled=False), "report.csv", a_report(2)) == []
    assert faults(with_commas("utf-8-sig", ";"), "report.csv", a_report(2)) == []


@pytest.mark.parametrize(
    "text",
    [
        "收到申请,答复,结转\n" * 4,
        "甲,乙,丙\n" * 9 + "丁,戊\n",
        "本年收到12,345件。\n" * 9,
        "规范性文件 1,234 5,678 9\n行政许可 1,234 5,678 9\n行政处罚 1,234 5,678 9\n" * 3,
    ],
)
def test_other_text_with_commas_is_none(text: str) -> None:
    assert not any(isinstance(block, Table) for block in read_document(text.encode()).blocks)
