"""Scans on which too little was recognised to say that they are no report."""

from __future__ import annotations

from collections.abc import Sequence

from govcrawl.model import Document, Paragraph, Table
from govcrawl.reports.titles import report_title

_MUCH = 0.3  # of the cells or lines is doubtful
_FEW = 3  # lines and cells: of fewer nothing is told


def unclear_scan(document: Document, candidates: Sequence[tuple[str, str]]) -> str:
    """Why a document without a report in it may have one all the same; empty where that is not so.

    That is a scan with a report's title, or one of whose cells or lines many are not sure.
    """
    if not any(defect.kind == "recognised" for defect in document.defects):
        return ""
    step = "look at it, or ask the office for a better copy"
    if any(report_title(text) is not None for _, text in candidates):
        return f"scan with the title of a report and no form that could be read; {step}"
    tables = [block for block in document.blocks if isinstance(block, Table)]
    cells = [cell for table in tables for row in table.grid.rows for cell in row if cell.text]
    unsure = sum(cell.uncertain for cell in cells)
    lines = sum(isinstance(block, Paragraph) for block in document.blocks)
    doubtful = sum(defect.kind == "doubtful_text" for defect in document.defects)
    if unsure > max(_FEW, _MUCH * len(cells)) or doubtful > max(_FEW, _MUCH * lines):
        return f"scan badly read, {unsure} of {len(cells)} cells and {doubtful} lines doubtful; {step}"
    return ""
