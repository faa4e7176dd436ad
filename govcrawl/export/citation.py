"""CITATION.cff: how the dataset is cited (https://citation-file-format.github.io)."""

from __future__ import annotations

import json

from govcrawl import __version__
from govcrawl.export.manifest import Told

HOME = "https://pypi.org/project/govcrawl/"


def citation(told: Told) -> str:
    """The file; its author is the program, until whoever publishes the dataset adds their own name."""
    reports = told.tally.totals["reports"]
    lines = (
        "cff-version: 1.2.0",
        "message: Please cite the dataset, and each report by its own address.",
        "type: dataset",
        f"title: {_quoted(f'政府信息公开工作年度报告 ({reports:,} reports, as of {told.day})')}",
        "authors:",
        "  - name: govcrawl",
        f"version: {_quoted(__version__)}",
        f"date-released: {told.day}",
        "keywords:",
        "  - 政府信息公开",
        "  - open government information",
        "  - China",
    )
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
