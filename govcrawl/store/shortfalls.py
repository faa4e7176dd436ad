"""What a portal's last full look is known not to have seen: its memory says so until the next one."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from govcrawl.store.sqlite import write

SHORTFALLS: tuple[str, ...] = (
    """
    CREATE TABLE shortfalls (
        portal TEXT NOT NULL, url TEXT NOT NULL, said TEXT NOT NULL, run_id INTEGER REFERENCES runs(id),
        PRIMARY KEY (portal, url, said)
    ) STRICT
    """,
)
"""A row for each thing said to be missing; ``url`` is a list to ask again, if any."""


def keep(db: Database, portal: str, missing: Iterable[tuple[str, str]], run_id: int) -> None:
    """Replace what is known to be missing of a portal: (list to ask again or nothing, in words)."""
    with write(db):
        db.conn.execute("DELETE FROM shortfalls WHERE portal = ?", (portal,))
        db.conn.executemany(
            "INSERT OR IGNORE INTO shortfalls (portal, url, said, run_id) VALUES (?, ?, ?, ?)",
            [(portal, url, said, run_id) for url, said in missing],
        )


def kept(db: Database, portal: str) -> tuple[tuple[str, str], ...]:
    """What is known to be missing of a portal, in the order in which it was said."""
    rows = db.conn.execute("SELECT url, said FROM shortfalls WHERE portal = ? ORDER BY rowid", (portal,))
    return tuple((str(url), str(said)) for url, said in rows)
