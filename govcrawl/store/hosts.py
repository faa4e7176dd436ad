"""What is remembered of hosts: exceptions made for them, and how often each was asked on which day."""

from __future__ import annotations

from collections.abc import Mapping

from sqlite_utils import Database

from govcrawl.model import HostException
from govcrawl.store.sqlite import write

_DAYS_KEPT = 7


def note_exception(db: Database, found: HostException, run_id: int) -> None:
    """Remember an exception; the one of the same kind that the host had before is replaced."""
    with write(db):
        db.conn.execute(
            "INSERT OR REPLACE INTO host_exceptions (host, kind, value, reason, since, run_id) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (found.host, found.kind, found.value, found.reason, found.since, run_id),
        )


def exceptions(db: Database, days: int) -> list[HostException]:
    """The exceptions of the last ``days`` days; older ones have to show again that they are needed."""
    rows = db.conn.execute(
        "SELECT host, kind, value, reason, since FROM host_exceptions "
        "WHERE abs(julianday('now') - julianday(since)) < ? ORDER BY host, kind",
        (days,),
    )
    return [HostException(*row) for row in rows]


def requests_of(db: Database, day: str) -> dict[str, int]:
    """Requests that each host got on a day."""
    return dict(db.conn.execute("SELECT host, requests FROM host_days WHERE day = ?", (day,)))


def add_requests(db: Database, day: str, counts: Mapping[str, int]) -> None:
    """Add to the requests of a day; what is older than a week is forgotten."""
    with write(db):
        db.conn.executemany(
            "INSERT INTO host_days (host, day, requests) VALUES (?, ?, ?) "
            "ON CONFLICT (host, day) DO UPDATE SET requests = requests + excluded.requests",
            [(host, day, count) for host, count in counts.items()],
        )
        db.conn.execute("DELETE FROM host_days WHERE day < date(?, ?)", (day, f"-{_DAYS_KEPT} days"))
