"""govcrawl status: what the last runs did, what is there, what is missing and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from govcrawl.cli.options import opened, output_option
from govcrawl.cli.output import show
from govcrawl.counting import counted
from govcrawl.store import Store
from govcrawl.store.lasting import count_gone

_RUN_COLUMNS = ("run", "command", "started", "finished", "exit", "verdict")
_PORTAL_COLUMNS = ("portal", "name", "reports", "years", "last_outcome")
_ENTRY_COLUMNS = ("portal", "state", "attempts", "next_try", "last_error", "url")
_STATES = ("pending", "rejected", "failed", "blocked", "gone")
_FIRST = 20


@click.command()
@output_option
@click.option("--runs", default=5, show_default=True, type=click.IntRange(1), help="How many runs to show.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Every link that gave no report, also those that turned out to be none, with the reasons.",
)
def status(output: Path, runs: int, everything: bool) -> None:
    """Show the last runs, the reports of each portal, and which links failed and why."""
    with opened(output) as store, store.snapshot():
        show(
            map(_run, store.runs(runs)), _RUN_COLUMNS, "table",
            notes=_run_counts, title="Runs, newest first (times in UTC)",
        )  # fmt: skip
        _portals(store)
        _links(store, output, everything)
        if gone := count_gone(store.db):
            click.echo(
                f"\n{counted(gone, 'report')} {'is' if gone == 1 else 'are'} on the web no more, and kept"
            )
        click.echo(
            f"\n{counted(store.count('reports'), 'report')}, {counted(store.count('fact_cells'), 'fact')}, "
            f"{counted(store.count('versions'), 'earlier version')} in {store.path}"
        )


def _portals(store: Store) -> None:
    last = {row["portal"]: row for row in store.last_portal_runs()}
    rows = [_portal(row, last.get(row["portal"], {})) for row in store.portal_states()]
    named = any(row["name"] for row in rows)
    columns = [column for column in _PORTAL_COLUMNS if named or column != "name"]
    show(rows, columns, "table", notes=_portal_notes, title="\nPortals")


def _links(store: Store, output: Path, everything: bool) -> None:
    entries = store.unsettled_entries()
    rejected = store.rejected_entries() if everything else []
    shown = list(map(_entry, entries if everything else entries[:_FIRST]))
    below = ("last_error", "url")
    show(shown, _ENTRY_COLUMNS, "table", below=below, title="\nLinks without a report")
    if len(shown) < len(entries):
        click.echo(f"... and {len(entries) - len(shown)} more: govcrawl status --all --output {output}")
    columns = ("portal", "last_error", "url")
    show(rejected, columns, "table", below=below, title="\nRejected: not a report")


def _entry(row: Mapping[str, Any]) -> dict[str, Any]:
    """A link with the time of its next try; what is gone is not asked for again."""
    due = "" if row["state"] == "gone" else _time(row["next_try"]) if row["next_try"] else "next run"
    return {**row, "next_try": due}


def _run(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "run": row["id"],
        "started": _time(row["started"]),
        "finished": _finished(row),
        "exit": row["exit_status"],
        "verdict": row["verdict"] or "died or still running",
    }


def _run_counts(row: Mapping[str, Any]) -> Iterable[str]:
    """What is not zero, in words: a column for each would not stand beside the others."""
    told = [counted(row["requests"], "request")] if row["requests"] else []
    told += [f"{row[f'reports_{kind}']} {kind}" for kind in ("new", "changed", "unchanged")
             if row[f"reports_{kind}"]]  # fmt: skip
    told += [f"{row[f'entries_{state}']} {state}" for state in _STATES if row.get(f"entries_{state}")]
    yield ", ".join(told)


def _portal(row: Mapping[str, Any], last: Mapping[str, Any]) -> dict[str, Any]:
    first, latest = row["first_year"], row["last_year"]
    return {
        **row,
        "name": "" if row["name"] == row["portal"] else row["name"],
        "years": "" if first is None else str(first) if first == latest else f"{first}-{latest}",
        "last_outcome": last.get("outcome"),
        "reason": last.get("reason"),
    }


def _portal_notes(row: Mapping[str, Any]) -> Iterable[str]:
    links = ", ".join(f"{row[state]} {state}" for state in _STATES if row[state])
    yield f"links without a report: {links}" if links else ""
    yield row["reason"] or ""


def _finished(row: Mapping[str, Any]) -> str:
    """When a run ended: the time alone where it ended on the day that it began."""
    if row["finished"] is None:
        return ""
    day = row["started"][:10]
    return _time(row["finished"]).removeprefix(f"{day} ")


def _time(moment: str) -> str:
    """``2026-01-02 03:04`` of a time as the database keeps it."""
    return moment[:16].replace("T", " ")
