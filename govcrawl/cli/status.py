"""govcrawl status: what the last runs did, what is there, what is missing and why."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from govcrawl.cli.options import opened, output_option
from govcrawl.cli.output import console, show
from govcrawl.store import Store

_RUN_COLUMNS = (
    "run",
    "command",
    "started",
    "finished",
    "verdict",
    "exit",
    "requests",
    "new",
    "changed",
    "unchanged",
    "rejected",
    "failed",
)
_PORTAL_COLUMNS = (
    "portal",
    "name",
    "reports",
    "years",
    "pending",
    "rejected",
    "failed",
    "blocked",
    "gone",
    "last_outcome",
)
_ENTRY_COLUMNS = ("portal", "state", "attempts", "url", "last_error")


@click.command()
@output_option
@click.option("--runs", default=5, show_default=True, type=click.IntRange(1), help="How many runs to show.")
@click.option("--all", "everything", is_flag=True, help="Every link that gave no report, not only the first.")
def status(output: Path, runs: int, everything: bool) -> None:
    """Show the last runs, the reports of each portal, and which links failed and why."""
    with opened(output) as store, store.snapshot():
        show(map(_run, store.runs(runs)), _RUN_COLUMNS, "table", "Runs, newest first")
        outcomes = _last_outcomes(store)
        show((_portal(row, outcomes) for row in store.portal_states()), _PORTAL_COLUMNS, "table", "\nPortals")
        unsettled = store.unsettled_entries()
        shown = unsettled if everything else unsettled[:20]
        show(shown, _ENTRY_COLUMNS, "table", "\nLinks without a report")
        if len(shown) < len(unsettled):
            console().print(f"... and {len(unsettled) - len(shown)} more: govcrawl status --all")
        console().print(
            f"\n{store.count('reports')} reports, {store.count('fact_cells')} facts, "
            f"{store.count('versions')} earlier versions in {store.path}"
        )


def _run(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "run": row["id"],
        "command": row["command"],
        "started": row["started"],
        "finished": row["finished"] or "never (died or running)",
        "verdict": row["verdict"],
        "exit": row["exit_status"],
        "requests": row["requests"],
        "new": row["reports_new"],
        "changed": row["reports_changed"],
        "unchanged": row["reports_unchanged"],
        "rejected": row["entries_rejected"],
        "failed": row["entries_failed"],
    }


def _portal(row: Mapping[str, Any], outcomes: Mapping[str, str]) -> dict[str, Any]:
    first, last = row["first_year"], row["last_year"]
    years = "" if first is None else str(first) if first == last else f"{first}-{last}"
    return {**row, "years": years, "last_outcome": outcomes.get(row["portal"], "")}


def _last_outcomes(store: Store) -> dict[str, str]:
    return {
        row["portal"]: f"{row['outcome']}: {row['reason']}" if row["reason"] else row["outcome"]
        for row in store.last_portal_runs()
    }
