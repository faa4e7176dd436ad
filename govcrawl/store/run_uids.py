"""A name for every run that no run of another database has, so that databases can be put together."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_TOLD = "SELECT id, started, command, arguments, version FROM runs ORDER BY id"
_VISITED = "SELECT portal FROM portal_runs WHERE run_id = ? ORDER BY portal"


def name_runs(db: Database) -> None:
    """Name the runs of an older database by what is known of them: every copy of it names them so."""
    for run_id, *told in db.conn.execute(_TOLD).fetchall():
        visited = [portal for (portal,) in db.conn.execute(_VISITED, (run_id,))]
        digest = blake2b(json.dumps([run_id, told, visited]).encode(), digest_size=16)
        db.conn.execute("UPDATE runs SET uid = ? WHERE id = ?", (digest.hexdigest(), run_id))


ADD_UID = "ALTER TABLE runs ADD COLUMN uid TEXT"
UNIQUE_UID: tuple[str, ...] = (
    "CREATE UNIQUE INDEX runs_uid ON runs(uid)",
    """
    CREATE TRIGGER run_named AFTER INSERT ON runs WHEN new.uid IS NULL
    BEGIN UPDATE runs SET uid = lower(hex(randomblob(16))) WHERE id = new.id; END
    """,
)
