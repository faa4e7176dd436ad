"""govcrawl status: what the last runs did, what is there, what is missing and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from govcrawl.cli.options import format_option, opened, output_option
from govcrawl.cli.output import show
from govcrawl.counting import counted
from govcrawl.ingest import FILES
from govcrawl.one_writer import in_words, writer_of
from govcrawl.store import Store
from govcrawl.store.empty_handed import awaited
from govcrawl.store.facts import count_facts
from govcrawl.store.queries import doubted_entries, gone_reports
from govcrawl.store.runs import PORTAL_COUNTS
from govcrawl.store.seen import last_two
from govcrawl.terminal import harmless_json, say

_RUN_COLUMNS = ("run", "command", "started", "finished", "exit", "verdict")
_PORTAL_COLUMNS = ("portal", "name", "reports", "years", "last_outcome")
_ENTRY_COLUMNS = ("portal", "state", "attempts", "next_try", "last_error", "url")
_EXCEPTION_COLUMNS = ("host", "kind", "value", "since", "reason")
_EXCEPTIONS = "SELECT host, kind, value, reason, since, run_id FROM host_exceptions ORDER BY host, kind"
_WHEN, _TOLD = ("last", "previous"), ("run_id", "outcome", "reason", *PORTAL_COUNTS)
_COMPARED = (
    ("listed", "listed"), ("reports_new", "new"), ("reports_changed", "changed"), ("failed", "failed"),
    ("pending", "pending"), ("requests", "requests"),
)  # fmt: skip
_GONE_COLUMNS = ("portal", "agency", "year", "gone_since", "url")
_DOUBTED_COLUMNS = ("portal", "since", "last_error", "url")
_AWAITED_COLUMNS = ("portal", "state", "next_try", "last_error", "url")
_STATES = ("pending", "rejected", "failed", "blocked", "gone")
_FIRST = 20


@click.command()
@output_option
@format_option
@click.option("--runs", default=5, show_default=True, type=click.IntRange(1), help="How many runs to show.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Every link that gave no report, also those that turned out to be none, with the reasons.",
)
def status(output: Path, format_: str, runs: int, everything: bool) -> None:
    """Show the last runs, each portal's last and previous one, and which links failed and why.

    csv has a row for each portal, json all of it.
    """
    writer = writer_of(output)
    with opened(output) as store, store.snapshot():
        if format_ != "table":
            _for_programs(store, format_, runs, everything)
            return
        show(
            (_run(row, None if place else writer) for place, row in enumerate(store.runs(runs))),
            _RUN_COLUMNS, "table",
            notes=_run_counts, title="Runs, newest first (times in UTC)",
        )  # fmt: skip
        if writer is not None:
            say(f"\nBeing written by {in_words(writer)}")
        _portals(store)
        exceptions = store.db.query(_EXCEPTIONS)
        show(
            exceptions, _EXCEPTION_COLUMNS, "table", below=("reason",), title="\nExceptions for single hosts"
        )
        _links(store, output, everything)
        _doubted(store)
        _awaited(store)
        _gone(store)
        say(
            f"\n{counted(store.count('reports'), 'report')}, {counted(count_facts(store.db), 'fact')}, "
            f"{counted(store.count('versions'), 'earlier version')} in {store.path}"
        )


def _gone(store: Store) -> None:
    gone = gone_reports(store.db)
    shown = [{**row, "gone_since": _time(row["gone_since"])} for row in gone[:_FIRST]]
    show(shown, _GONE_COLUMNS, "table", title="\nReports that are on the web no more, and kept")
    if len(gone) > _FIRST:
        say(f"... and {len(gone) - _FIRST} more: gone_since in the table reports")


def _doubted(store: Store) -> None:
    """Reports that may be withdrawn: how many, since when, what their pages said."""
    doubted = doubted_entries(store.db)
    shown = [{**row, "since": _time(row["doubted"])} for row in doubted[:_FIRST]]
    title = "\nStored reports whose pages were without them at the last look"
    show(shown, _DOUBTED_COLUMNS, "table", below=("last_error", "url"), title=title)
    if len(doubted) > _FIRST:
        say(f"... and {len(doubted) - _FIRST} more: doubted in the table entries")


def _awaited(store: Store) -> None:
    """Links that ought to lead to a report and brought none: when they are looked at again."""
    found = awaited(store.db)
    shown = list(map(_entry, found[:_FIRST]))
    title = "\nLinks in doubt: they ought to have a report and brought none"
    show(shown, _AWAITED_COLUMNS, "table", below=("last_error", "url"), title=title)
    if len(found) > _FIRST:
        say(f"... and {len(found) - _FIRST} more: rejected or gone with next_try in the table entries")


def _for_programs(store: Store, format_: str, runs: int, everything: bool) -> None:
    states, compared = store.portal_states(), last_two(store.db)
    portals = [{**row, **_compared(compared.get(row["portal"], ()))} for row in states]
    if format_ == "csv":
        flat = [
            {**row, **{f"{when}_{name}": (row[when] or {}).get(name) for when in _WHEN for name in _TOLD}}
            for row in portals
        ]
        show(flat, [name for name in flat[0] if name not in {*_WHEN, "difference"}] if flat else [], "csv")
        return
    told = {
        "runs": store.runs(runs),
        "portals": portals,
        "exceptions": list(store.db.query(_EXCEPTIONS)),
        "doubted": doubted_entries(store.db),
        "in_doubt": awaited(store.db),
        "links": store.unsettled_entries() + (store.rejected_entries() if everything else []),
    }
    say(harmless_json(told))


def _compared(runs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The last run, the one before it, and the difference of their counts."""
    last, previous = (*runs, None, None)[:2]
    difference = None
    if last is not None and previous is not None:
        difference = {name: last[name] - previous[name] for name in PORTAL_COUNTS}
    return {"last": last, "previous": previous, "difference": difference}


def _portals(store: Store) -> None:
    compared = last_two(store.db)
    rows = [_portal(row, compared.get(row["portal"], ())) for row in store.portal_states()]
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
        say(f"... and {len(entries) - len(shown)} more: govcrawl status --all --output {output}")
    columns = ("portal", "last_error", "url")
    show(rejected, columns, "table", below=below, title="\nRejected: not a report")


def _entry(row: Mapping[str, Any]) -> dict[str, Any]:
    """A link with the time of its next try, if there is one; a file's is not for us to choose."""
    again = "" if row["state"] == "gone" else "next ingest" if row["portal"] == FILES.key else "next run"
    due = _time(row["next_try"]) if row["next_try"] else again
    return {**row, "next_try": due}


def _run(row: Mapping[str, Any], writer: Mapping[str, str] | None) -> dict[str, Any]:
    return {
        **row,
        "run": row["id"],
        "started": _time(row["started"]),
        "finished": _finished(row),
        "exit": row["exit_status"],
        "verdict": row["verdict"] or ("died" if writer is None else "died or still running"),
    }


def _run_counts(row: Mapping[str, Any]) -> Iterable[str]:
    """What is not zero, in words: a column for each would not stand beside the others."""
    told = [counted(row["requests"], "request")] if row["requests"] else []
    told += [f"{row[f'reports_{kind}']} {kind}" for kind in ("new", "changed", "unchanged")
             if row[f"reports_{kind}"]]  # fmt: skip
    told += [f"{row[f'entries_{state}']} {state}" for state in _STATES if row.get(f"entries_{state}")]
    yield ", ".join(told)


def _portal(row: Mapping[str, Any], runs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    first, latest = row["first_year"], row["last_year"]
    last = runs[0] if runs else {}
    return {
        **row,
        "name": "" if row["name"] == row["portal"] else row["name"],
        "years": "" if first is None else str(first) if first == latest else f"{first}-{latest}",
        "last_outcome": last.get("outcome"),
        "reason": last.get("reason"),
        "compared": _difference(*runs) if len(runs) == 2 else "",
    }


def _difference(last: Mapping[str, Any], previous: Mapping[str, Any]) -> str:
    """The last run beside the one before it: what is other than it was.

    A run that did not read all lists to their end shows fewer links without any being lost: only two whole
    looks are compared in that.
    """
    whole = last["whole"] and previous["whole"]
    counts = ", ".join(
        f"{last[name]} {words} ({last[name] - previous[name]:+d})" for name, words in _COMPARED
        if (last[name] or previous[name]) and (whole or name != "listed")
    )  # fmt: skip
    was = "" if last["outcome"] == previous["outcome"] else f"; it was {previous['outcome']}"
    return f"run {last['run_id']} against run {previous['run_id']}: {counts}{was}"


def _portal_notes(row: Mapping[str, Any]) -> Iterable[str]:
    links = ", ".join(f"{row[state]} {state}" for state in _STATES if row[state])
    yield f"links without a report: {links}" if links else ""
    yield row["compared"]
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
