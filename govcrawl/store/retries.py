"""When a link that failed is asked for again: by the next run at first, then after 1, 2, 4, 8 ... days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from govcrawl.model import EntryState
from govcrawl.store.clock import now, written

LONGEST = 32
"""Days between two tries at most: nothing is ever forgotten."""

RETRIED = (EntryState.FAILED, EntryState.BLOCKED)
_SLACK = timedelta(
    hours=6
)  # a crawl that begins at the same hour every night finds due what is due that night


def next_try(failures: int, moment: datetime) -> str | None:
    """From when on a link is asked for again after so many failures in a row; None: by the next run."""
    if failures < 2:
        return None
    return written(moment + timedelta(days=min(2 ** (failures - 2), LONGEST)) - _SLACK)


def note_outcome(db: Database, url: str, state: EntryState) -> None:
    """Count a link's failure, or forget those before it, inside the transaction that writes its state."""
    if state not in RETRIED:
        db.conn.execute("UPDATE entries SET failures=0, next_try=NULL WHERE url=?", (url,))
        return
    before = db.conn.execute("SELECT failures FROM entries WHERE url=?", (url,)).fetchone()
    failures = (before[0] if before else 0) + 1
    due = next_try(failures, datetime.now(UTC))
    db.conn.execute("UPDATE entries SET failures=?, next_try=? WHERE url=?", (failures, due, url))


def later_entries(db: Database, portal: str, run_id: int, years: range | None) -> tuple[int, str]:
    """How many links of a portal a run left alone because they are not due, and the day the first one is."""
    first, last = (years[0], years[-1]) if years else (None, None)
    number, due = db.conn.execute(
        "SELECT count(*), min(next_try) FROM entries WHERE portal = ? AND state IN ('failed', 'blocked') "
        "AND next_try > ? AND run_id IS NOT ? AND (? IS NULL OR year IS NULL OR year BETWEEN ? AND ?)",
        (portal, now(), run_id, first, first, last),
    ).fetchone()
    return int(number), (due or "")[:10]
