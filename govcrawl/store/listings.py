"""The memory of discovery: pages that a portal's last full discovery looked at."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import astuple

from sqlite_utils import Database

from govcrawl.model import DataRequest, Listing
from govcrawl.store.clock import now
from govcrawl.store.sqlite import write

_COLUMNS = "portal, url, trail, parent, rows, shown, data, looked"


def remember(db: Database, portal: str, listings: Iterable[Listing], run_id: int) -> None:
    """Replace what is remembered of a portal by what a full discovery has just seen."""
    with write(db):
        db.conn.execute("DELETE FROM listings WHERE portal = ?", (portal,))
        db.conn.executemany(
            f"INSERT INTO listings ({_COLUMNS}, run_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            [(*_cells(portal, seen), run_id) for seen in listings],
        )


def look_again(db: Database, portal: str, listings: Iterable[Listing]) -> None:
    """Note a later look at some of a portal's listings; new ones join what the full discovery saw."""
    with write(db):
        full = db.conn.execute("SELECT max(run_id) FROM listings WHERE portal = ?", (portal,)).fetchone()[0]
        if full is None:
            return
        db.conn.executemany(
            f"INSERT INTO listings ({_COLUMNS}, run_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "  # noqa: S608
            "ON CONFLICT (portal, url) DO UPDATE SET looked = excluded.looked, "
            "rows = max(rows, excluded.rows), data = coalesce(excluded.data, data)",
            [(*_cells(portal, seen), full) for seen in listings],
        )


def remembered(db: Database, portal: str, days: int) -> list[Listing]:
    """What a full discovery of the last ``days`` days saw of a portal; nothing when it is older."""
    rows = db.conn.execute(
        "SELECT l.url, l.trail, l.parent, l.rows, l.shown, l.data, l.looked "
        "FROM listings l JOIN runs r ON r.id = l.run_id "
        "WHERE l.portal = ? AND abs(julianday('now') - julianday(r.started)) < ? ORDER BY l.rowid",
        (portal, days),
    )
    return [_listing(*found) for found in rows]


def forget(db: Database, portal: str) -> None:
    """Drop what is remembered of a portal whose site has changed."""
    with write(db):
        db.conn.execute("DELETE FROM listings WHERE portal = ?", (portal,))


def _listing(
    url: str, trail: str, parent: str | None, rows: int, shown: int, data: str | None, looked: str
) -> Listing:
    request = DataRequest(*json.loads(data)) if data else None
    return Listing(url, tuple(json.loads(trail)), parent, rows, bool(shown), request, looked)


def _cells(portal: str, seen: Listing) -> tuple[str, str, str, str | None, int, int, str | None, str]:
    trail = json.dumps(seen.trail, ensure_ascii=False)
    data = json.dumps(astuple(seen.data), ensure_ascii=False) if seen.data else None
    return (portal, seen.url, trail, seen.parent, seen.rows, int(seen.shown), data, now())
