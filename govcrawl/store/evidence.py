"""Evidence that lasts: a stored report's page is gone when its list agrees, or a second look a day later.

A server that answers for no report says nothing about any.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from govcrawl.model import EntryState
from govcrawl.store.clock import now, written
from govcrawl.store.earlier import is_earlier
from govcrawl.store.sqlite import row

DOUBTS: tuple[str, ...] = ("ALTER TABLE entries ADD COLUMN doubted TEXT",)
"""When a stored report's page was first seen without it; NULL: at the last look it was there."""

HALF = "its page breaks off; what came is kept, and it is asked for again by the next run"
"""What a link says whose page came only in part, until it has come whole."""

_APART = timedelta(hours=18)  # a crawl that begins at the same hour every night looks a day later
_LONG = timedelta(days=30)  # nothing else of the portal is there to compare with: then time alone tells
_WITHOUT = (EntryState.GONE, EntryState.REJECTED)
ANSWERS = """
    SELECT 1 FROM entries e WHERE e.portal = ? AND e.looked_run = ? AND e.url <> ? AND e.state = 'stored'
    AND e.doubted IS NULL AND e.attempts > 0
"""
_ELSEWHERE = f"""
    SELECT 1 FROM sources s JOIN sources o ON o.report_id = s.report_id JOIN entries e ON e.url = o.url
    WHERE s.url = ? AND o.url <> ? AND e.state = 'stored' AND e.doubted IS NULL AND e.attempts > 0
    AND NOT {is_earlier("o")}
"""  # noqa: S608 - a text of ours


def settled_by(moment: datetime) -> str:
    """The latest first doubt that a second look at a moment settles."""
    return written(moment - _APART)


def without_file(db: Database, url: str) -> EntryState:
    """What a link is whose page is there and whose files are not: gone where a report is stored from there.

    Where none is, the file may still be put there: that is so from the third look on, a day after the second.
    """
    held = row(db, "SELECT 1 FROM sources WHERE url = ?", (url,))
    known = row(db, "SELECT 1 FROM entries WHERE url = ? AND (failures > 1 OR doubted IS NOT NULL)", (url,))
    return EntryState.GONE if held or known else EntryState.FAILED


def weigh(
    db: Database, url: str, state: EntryState, reason: str | None, run_id: int | None,
    *, unlisted: bool = False,
) -> tuple[EntryState, str | None]:  # fmt: skip
    """The state that a look at a link leaves it in, inside the transaction that writes it, and the reason.

    The page of a stored report that no other address has, and that no list has dropped (``unlisted``), is
    only doubted at first, and stays stored; a file on disk is looked at once. A second look counts when the
    same run has had another report of the portal.
    """
    if state is EntryState.STORED:
        db.conn.execute("UPDATE entries SET doubted=NULL WHERE url=?", (url,))
    else:
        reason = _still_half(db, url, reason)
    known = row(
        db,
        "SELECT e.state, e.doubted, e.portal FROM entries e JOIN sources s ON s.url = e.url WHERE e.url = ?",
        (url,),
    )
    if known is None or state not in _WITHOUT:
        return state, reason
    if state is EntryState.REJECTED:
        reason = f"its page holds the report no more: {reason}"
    moment = datetime.now(UTC)
    agreed = known["doubted"] is not None and known["doubted"] <= settled_by(moment)
    agreed = agreed and (
        known["doubted"] <= written(moment - _LONG)
        or row(db, ANSWERS, (known["portal"], run_id, url)) is not None
    )
    agreed |= state is EntryState.GONE and unlisted
    known_well = not url.startswith("http") or known["state"] == EntryState.GONE
    if agreed or known_well or row(db, _ELSEWHERE, (url, url)) is not None:
        return EntryState.GONE, reason
    db.conn.execute("UPDATE entries SET doubted=coalesce(doubted, ?) WHERE url=?", (now(), url))
    return EntryState.STORED, f"{reason}; gone if a look a day later agrees"


def _still_half(db: Database, url: str, reason: str | None) -> str | None:
    """Why a link gave nothing, and that what is stored from there has come only in part, if so."""
    known = row(db, "SELECT 1 FROM entries WHERE url = ? AND instr(last_error, ?)", (url, HALF))
    return reason if known is None or HALF in (reason or "") else "; ".join(filter(None, (reason, HALF)))
