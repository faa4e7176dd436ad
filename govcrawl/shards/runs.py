"""Runs carried over: known by their uid, in the order in which they began."""
# ruff: noqa: S608 - only names of columns are put into SQL; values are bound

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from govcrawl.shards.layout import columns
from govcrawl.shards.shard import opened
from govcrawl.store.sqlite import row, write


def carry_runs(db: Database, folders: Sequence[Path]) -> dict[Path, dict[int, int]]:
    """Add the runs of all shards that a database does not know, in order of time; their ids there by folder.

    One transaction. A run that several shards are parts of is one; where the database has it unfinished and
    a shard finished, its end is taken over.
    """
    names = [name for name in columns(db, "runs") if name != "id"]
    settings = ", ".join(f"{name}=?" for name in names)
    ids: dict[Path, dict[int, int]] = {folder: {} for folder in folders}
    found = [(folder, told) for folder in ids for told in _runs(folder)]
    with write(db):
        for folder, told in sorted(found, key=lambda one: (one[1]["started"], one[1]["id"])):
            known = row(db, "SELECT id, finished FROM runs WHERE uid = ?", (told["uid"],))
            values = [_value(ids[folder], told, name) for name in names]
            if known is None:
                cursor = db.conn.execute(
                    f"INSERT INTO runs ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", values
                )
                ids[folder][told["id"]] = int(cursor.lastrowid or 0)
                continue
            ids[folder][told["id"]] = known["id"]
            if known["finished"] is None and told["finished"] is not None:
                db.conn.execute(f"UPDATE runs SET {settings} WHERE id=?", (*values, known["id"]))
    return ids


def _runs(folder: Path) -> list[dict[str, Any]]:
    with opened(folder) as shard:
        return list(shard.store.db.query("SELECT * FROM runs ORDER BY id"))


def _value(ids: Mapping[int, int], told: dict[str, Any], name: str) -> Any:
    """A column of a run; a re-reading names the run that it goes on from."""
    if name != "arguments" or told["command"] != "reextract":
        return told[name]
    arguments = json.loads(told["arguments"])
    if (since := arguments.get("since", "")).isdigit() and int(since) in ids:
        arguments["since"] = str(ids[int(since)])
    return json.dumps(arguments, ensure_ascii=False, sort_keys=True)
