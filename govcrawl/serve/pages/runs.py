"""Run history: each run's verdict, and for each portal what came of it beside the run before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from govcrawl.serve.asking import Ask, Context, Missing, page
from govcrawl.serve.lists import sliced
from govcrawl.store.sqlite import row

COUNTS = (
    "requests",
    "listed",
    "reports_new",
    "reports_changed",
    "unchanged",
    "rejected",
    "failed",
    "pending",
)

_BEFORE = """
    SELECT p.*, (SELECT max(q.run_id) FROM portal_runs q
                 WHERE q.portal = p.portal AND q.run_id < p.run_id) AS earlier
    FROM portal_runs p WHERE p.run_id = ? ORDER BY p.outcome = 'complete', p.portal
"""


def runs(ask: Ask) -> Context:
    """The runs, the last one first."""
    return {"slice": sliced(ask, "/runs", "SELECT * FROM runs ORDER BY id DESC", ())}


def run(ask: Ask) -> Context:
    """One run: what was asked for, what came of it, portal by portal."""
    db = ask.store.db
    found = row(db, "SELECT * FROM runs WHERE id = ?", (int(ask.parts["id"]),))
    if found is None:
        raise Missing(f"no run has the number {ask.parts['id']}")
    shown = sliced(ask, f"/runs/{found['id']}", _BEFORE.strip(), (found["id"],))
    lines = [_line(ask, one) for one in shown.rows]
    return {
        "run": found,
        "asked": json.loads(found["arguments"] or "{}"),
        "detail": json.loads(found["detail"] or "{}"),
        "slice": shown,
        "lines": lines,
        "counts": COUNTS,
    }


def _line(ask: Ask, one: Mapping[str, Any]) -> dict[str, Any]:
    before = None
    if one["earlier"] is not None:
        sql = "SELECT * FROM portal_runs WHERE run_id = ? AND portal = ?"
        before = row(ask.store.db, sql, (one["earlier"], one["portal"]))
    changed = {name: one[name] - before[name] for name in COUNTS} if before else {}
    return {**one, "before": before, "changed": changed}


RUNS = page("runs.html", runs)
RUN = page("run.html", run)
