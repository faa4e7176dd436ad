"""The summary of a run for programs: ``OUTPUT_DIR/logs/<run>-summary.json``, described in docs/summary.md."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from govcrawl.store import Store
from govcrawl.store.runs import PORTAL_COUNTS, RUN_COUNTS
from govcrawl.store.seen import portal_before

SCHEMA = 1
KEPT = 50
"""Summaries of earlier runs that stay in the folder."""

_SUFFIX = "-summary.json"
_TOLD = ("outcome", "reason", *PORTAL_COUNTS)


def summary_of(store: Store, run_id: int) -> dict[str, Any]:
    """What a finished run did, from the database. KeyError for a run that is not there."""
    run = next(iter(store.db.query("SELECT * FROM runs WHERE id = ?", (run_id,))), None)
    if run is None:
        raise KeyError(run_id)
    detail = json.loads(run["detail"])
    names = ("started", "finished", "verdict", "exit_status", "command", "version")
    return {
        "schema": SCHEMA,
        "run": run["id"],
        **{name: run[name] for name in names},
        "arguments": json.loads(run["arguments"]),
        "database": str(store.path.resolve()),
        "reports_stored": store.count("reports"),
        "counts": {name: run[name] for name in RUN_COUNTS},
        "requests_by_kind": detail.get("requests", {}),
        "outcomes": detail.get("portals", {}),
        "exceptions": [
            dict(row)
            for row in store.db.query(
                "SELECT host, kind, value, reason, since FROM host_exceptions WHERE run_id = ? "
                "ORDER BY host, kind",
                (run_id,),
            )
        ],
        "portals": [_portal(store, row) for row in store.portal_runs(run_id)],
    }


def _portal(store: Store, row: Mapping[str, Any]) -> dict[str, Any]:
    before = portal_before(store.db, row["portal"], row["run_id"])
    return {
        "portal": row["portal"],
        "name": row["name"],
        **{name: row[name] for name in _TOLD},
        "previous": None if before is None else {name: before[name] for name in ("run_id", *_TOLD)},
    }


def summary_file(folder: Path, run_id: int) -> Path:
    """Where the summary of a run is kept."""
    return folder / f"{run_id:06d}{_SUFFIX}"


def write_summary(folder: Path, summary: Mapping[str, Any]) -> Path:
    """Write a summary into the folder of the logs, and drop those of runs long ago. OSError as it comes."""
    folder.mkdir(parents=True, exist_ok=True)
    path = summary_file(folder, int(summary["run"]))
    replace_file(path, json.dumps(summary, ensure_ascii=False, indent=1) + "\n")
    for old in sorted(folder.glob(f"*{_SUFFIX}"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return path


def replace_file(path: Path, text: str) -> None:
    """Put a text in the place of a file, so that nobody ever reads half of it."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_text(text, encoding="utf-8")
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
