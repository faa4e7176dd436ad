"""The memory of discovery: pages that a portal's last full discovery looked at."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlite_utils import Database

from govcrawl.model import Listing
from govcrawl.store.sqlite import write


def remember(db: Database, portal: str, listings: Iterable[Listing], run_id: int) -> None:
    """Replace what is remembered of a portal by what a full discovery has just seen."""
    with write(db):
        db.conn.execute("DELETE FROM listings WHERE portal = ?", (portal,))
        db.conn.executemany(
            "INSERT INTO listings (portal, url, trail, parent, rows, shown, run_id) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(portal, *_cells(seen), run_id) for seen in listings],
        )


def remembered(db: Database, portal: str, days: int) -> list[Listing]:
    """What a full discovery of the last ``days`` days saw of a portal; nothing when it is older."""
    rows = db.conn.execute(
        "SELECT l.url, l.trail, l.parent, l.rows, l.shown FROM listings l JOIN runs r ON r.id = l.run_id "
        "WHERE l.portal = ? AND julianday('now') - julianday(r.started) < ? ORDER BY l.rowid",
        (portal, days),
    )
    return [
        Listing(url, tuple(json.loads(trail)), parent, count, bool(shown))
        for url, trail, parent, count, shown in rows
    ]


def _cells(seen: Listing) -> tuple[str, str, str | None, int, int]:
    return (seen.url, json.dumps(seen.trail, ensure_ascii=False), seen.parent, seen.rows, int(seen.shown))


def forget(db: Database, portal: str) -> None:
    """Drop what is remembered of a portal whose site has changed."""
    with write(db):
        db.conn.execute("DELETE FROM listings WHERE portal = ?", (portal,))
