"""Prints scores as a table, and below it what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from rich.console import Console
from rich.table import Table

from tests.portals.score import PortalScore

_COLUMNS = (
    "portal",
    "expected",
    "found",
    "false",
    "facts right",
    "text kept",
    "leaks",
    "requests",
    "per report",
)


def score_table(scores: Sequence[PortalScore]) -> Table:
    """One row a portal."""
    table = Table(title="Imitation portals")
    for name in _COLUMNS:
        table.add_column(name, justify="left" if name == "portal" else "right")
    for s in scores:
        asked = "-" if s.requests is None else str(s.requests)
        ratio = "-" if s.per_report is None else f"{s.per_report:.2f}"
        table.add_row(
            s.key, str(s.expected), str(s.found), str(len(s.false)), f"{s.facts_right}/{s.facts}",
            f"{s.paragraphs_kept}/{s.paragraphs}", str(len(s.leaks)), asked, ratio,
        )  # fmt: skip
    return table


def print_scores(scores: Sequence[PortalScore], console: Console, examples: int = 5) -> None:
    """The table, then up to ``examples`` of each kind of mistake."""
    console.print(score_table(scores))
    for result in scores:
        for entry in fields(result):
            wrong = getattr(result, entry.name)
            if isinstance(wrong, list) and wrong:
                console.print(f"{result.key}: {entry.name} ({len(wrong)})", style="bold")
                for line in wrong[:examples]:
                    console.print(f"  {line}", markup=False, highlight=False, soft_wrap=True)
