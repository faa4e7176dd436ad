"""Runs and what each portal gave in them."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlite_utils import Database

from govcrawl import __version__
from govcrawl.model import Portal
from govcrawl.store.ahead import forget_what_is_ahead
from govcrawl.store.clock import now
from govcrawl.store.sqlite import write

RUN_COUNTS = (
    "requests",
    "reports_new",
    "reports_changed",
    "reports_unchanged",
    "entries_rejected",
    "entries_failed",
    "entries_pending",
    "entries_blocked",
)
PORTAL_COUNTS = (
    "requests",
    "reports_new",
    "reports_changed",
    "unchanged",
    "rejected",
    "failed",
    "pending",
    "listed",
    "whole",
    "measured",
    "numbers",
)


def start_run(db: Database, command: str, arguments: Mapping[str, str]) -> int:
    """Write down that a run began; its ``finished`` stays NULL if it dies."""
    with write(db):
        forget_what_is_ahead(db)
        cursor = db.conn.execute(
            "INSERT INTO runs (started, command, arguments, version) VALUES (?, ?, ?, ?)",
            (now(), command, json.dumps(dict(arguments), ensure_ascii=False, sort_keys=True), __version__),
        )
        return int(cursor.lastrowid or 0)


def finish_run(
    db: Database,
    run_id: int,
    *,
    verdict: str,
    exit_status: int,
    counts: Mapping[str, int],
    detail: Mapping[str, object],
) -> None:
    """Write down how a run ended; counts without a column of their own go into ``detail``."""
    known = {name: counts.get(name, 0) for name in RUN_COUNTS}
    others = {name: count for name, count in counts.items() if name not in known}
    told = {**({"counts": others} if others else {}), **detail}
    columns = ", ".join(f"{name}=:{name}" for name in RUN_COUNTS)
    values = {
        **known,
        "id": run_id,
        "finished": now(),
        "verdict": verdict,
        "exit_status": exit_status,
        "detail": json.dumps(told, ensure_ascii=False, sort_keys=True, default=str),
    }
    with write(db):
        db.conn.execute(
            "UPDATE runs SET finished=:finished, verdict=:verdict, exit_status=:exit_status, detail=:detail, "
            f"{columns} WHERE id=:id",
            values,
        )


def note_portal(db: Database, portal: Portal, run_id: int) -> None:
    """Remember a portal and the run that last visited it (inside a transaction)."""
    db.conn.execute(
        "INSERT INTO portals (key, name, url, division_code, first_seen, last_run) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (key) DO UPDATE SET name=excluded.name, url=excluded.url, last_run=excluded.last_run, "
        "division_code=coalesce(excluded.division_code, division_code)",
        (portal.key, portal.name, portal.url, portal.division_code, now(), run_id),
    )


def note_portal_run(
    db: Database,
    run_id: int,
    portal: Portal,
    *,
    outcome: str,
    reason: str | None,
    counts: Mapping[str, int],
) -> None:
    """Write down what a run found at a portal; a later call for the same pair replaces the earlier one.

    Raises ValueError for a count that is none of ``PORTAL_COUNTS``.
    """
    if unknown := sorted(counts.keys() - set(PORTAL_COUNTS)):
        raise ValueError(f"portal_runs has no column {', '.join(unknown)}")
    numbers = tuple(counts.get(name, 0) for name in PORTAL_COUNTS)
    with write(db):
        note_portal(db, portal, run_id)
        db.conn.execute(
            f"INSERT OR REPLACE INTO portal_runs (run_id, portal, name, outcome, reason, "
            f"{', '.join(PORTAL_COUNTS)}) VALUES (?, ?, ?, ?, ?{', ?' * len(numbers)})",
            (run_id, portal.key, portal.name, outcome, reason, *numbers),
        )
