"""Addresses of one report that came to differ: it stays where it still is, the others are looked at again."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

from sqlite_utils import Database

from govcrawl.model import Entry
from govcrawl.store import bodies
from govcrawl.store.earlier import is_earlier
from govcrawl.store.ledger import entry_of
from govcrawl.store.sqlite import row

AGAIN = "to be looked at again: "
"""How ``sources.reason`` begins of an address whose bytes are not known to hold its report any more."""

_CHANGED = f"{AGAIN}its report reads otherwise since"
_PARTED = f"{AGAIN}its report was also at "

STALE = f"substr(s.reason, 1, {len(AGAIN)}) = '{AGAIN}'"
"""Whether a row ``s`` of ``sources`` is of such an address."""

_LEFT = "until it moved: it read so here, and reads the same but for its frame at "
_OF_LEFT = f"substr(s.reason, 1, {len(_LEFT)}) = '{_LEFT}'"
_SAME_AGAIN = "corrected here first; it reads so now at "
_OF_SAME_AGAIN = f"substr(s.reason, 1, {len(_SAME_AGAIN)}) = '{_SAME_AGAIN}'"

OVERTAKEN = f"""
    s.url <> r.url AND s.url LIKE 'http%' AND g.reading IS NOT r.reading AND s.sha256 <> r.sha256
    AND NOT {STALE} AND NOT {_OF_LEFT} AND NOT {_OF_SAME_AGAIN} AND NOT {is_earlier("s")} AND EXISTS (
        SELECT 1 FROM versions v WHERE v.report_id = r.id AND v.replaced_at > s.fetched_at
        AND v.replaced_at > coalesce((SELECT n.started FROM runs n WHERE n.id = g.reread_run), ''))
"""
"""Whether the report ``r`` of an address ``s``, read as ``g`` says, changed elsewhere since the look here.

A govcrawl that did not mark such addresses may so have merged a report with another one. The same bytes are
the same report, in whatever frame.
"""

_HOLDERS = f"""
    SELECT s.url, s.sha256, s.source_type, s.fetched_at, g.reading = r.reading AS same,
           e.looked_run IS (SELECT max(id) FROM runs) AS looked
    FROM sources s JOIN reports r ON r.id = s.report_id JOIN entries e ON e.url = s.url
    JOIN readings g ON g.url = s.url
    WHERE s.report_id = ? AND s.url <> ? AND e.state = 'stored' AND e.doubted IS NULL AND e.attempts > 0
    AND (s.url LIKE 'http%' OR g.reading = r.reading) AND NOT {is_earlier("s")}
    ORDER BY g.reading = r.reading DESC, s.url NOT LIKE 'http%', s.first_seen, s.url
"""


_OF_SOURCE = "SELECT 1 FROM sources s JOIN reports r ON r.id = s.report_id JOIN readings g ON g.url = s.url"


def held_elsewhere(db: Database, report_id: int, url: str) -> bool:
    """Whether another address than ``url`` had a report at the last look at it."""
    return row(db, _HOLDERS, (report_id, url)) is not None


def hand_over(db: Database, report_id: int, url: str) -> bool:
    """Let a report stand under another address that has it, ``url`` having another now; False without one.

    Inside a transaction. The addresses that stay are looked at again, unless this run has found them as
    they were; links that were taken for the report by what a list said are fetched.
    """
    holders = list(db.query(_HOLDERS, (report_id, url)))
    if not holders:
        return False
    first = holders[0]
    db.conn.execute("DELETE FROM sources WHERE url=?", (url,))
    db.conn.execute(
        "UPDATE reports SET url=:url, sha256=:sha256, source_type=:source_type, fetched_at=:fetched_at "
        "WHERE id=:id",
        {**{name: first[name] for name in ("url", "sha256", "source_type", "fetched_at")}, "id": report_id},
    )
    bodies.refresh(db, bodies.neighbours(db, report_id))
    unsure = [one["url"] for one in holders if not (one["same"] and one["looked"])]
    _mark(db, unsure, f"{_PARTED}{url}")
    db.conn.execute(
        "UPDATE entries SET state='pending', last_error=NULL, report_id=NULL WHERE report_id=? "
        "AND state='stored' AND attempts=0",
        (report_id,),
    )
    return True


def parted_from(db: Database, url: str, report_id: int) -> bool:
    """Whether the report of an address was also at the one where another report is stored from now."""
    known = row(db, "SELECT reason FROM sources WHERE url = ?", (url,))
    other = row(db, "SELECT url FROM reports WHERE id = ?", (report_id,))
    return known is not None and other is not None and known["reason"] == f"{_PARTED}{other['url']}"


def note_changed(db: Database, report_id: int, url: str, reading: str) -> None:
    """Have the other addresses of a report that changed at ``url`` looked at again (inside a transaction).

    Those that were read as it reads now are left alone.
    """
    found = db.conn.execute(
        "SELECT s.url FROM sources s JOIN entries e ON e.url = s.url JOIN readings g ON g.url = s.url "
        f"WHERE s.report_id = ? AND s.url <> ? AND g.reading IS NOT ? AND NOT {is_earlier('s')}",
        (report_id, url, reading),
    )
    _mark(db, [other for (other,) in found.fetchall()], _CHANGED)


def note_left(db: Database, report_id: int, reading: str, now_at: str) -> None:
    """Write down which addresses read as a report did until it moved unchanged (inside a transaction).

    That is where a version, written down after the look there, could be taken for a change elsewhere.
    """
    db.conn.execute(
        "UPDATE sources AS s SET reason=? WHERE report_id=? AND url<>? AND url LIKE 'http%' "
        f"AND url IN (SELECT url FROM readings WHERE reading=?) AND NOT {STALE} AND NOT {is_earlier('s')} "
        "AND EXISTS (SELECT 1 FROM versions v "
        "WHERE v.report_id = s.report_id AND v.replaced_at > s.fetched_at)",
        (f"{_LEFT}{now_at}", report_id, now_at, reading),
    )


def mark_again(db: Database, urls: list[str], other: str) -> None:
    """Have addresses of a report looked at again that reads otherwise at ``other`` (inside a transaction)."""
    _mark(db, urls, f"{AGAIN}its report reads otherwise at {other}")


def note_same_again(db: Database, urls: list[str], now_at: str) -> None:
    """Write down that a report reads at ``now_at`` too as it does at addresses (inside a transaction)."""
    reason = f"{_SAME_AGAIN}{now_at}"
    db.conn.executemany("UPDATE sources SET reason=? WHERE url=?", [(reason, url) for url in urls])


def is_overtaken(db: Database, url: str) -> bool:
    """Whether a report was changed at another address by a govcrawl that did not look at this one then."""
    return row(db, f"{_OF_SOURCE} WHERE s.url = ? AND {OVERTAKEN}", (url,)) is not None


def note_overtaken(db: Database, url: str) -> None:
    """Have such an address looked at again by the next crawl (inside a transaction)."""
    _mark(db, [url], _CHANGED)


def is_stale(db: Database, url: str) -> bool:
    """Whether what lies at a stored report's address has to be read again, however unchanged it is."""
    return row(db, f"SELECT 1 FROM sources s WHERE s.url = ? AND {STALE}", (url,)) is not None


def stale(db: Database, portal: str, run_id: int) -> list[Entry]:
    """The links of a portal's reports whose bytes may not be theirs, that a run has not looked at."""
    found = db.query(
        "SELECT e.* FROM entries e JOIN sources s ON s.url = e.url WHERE e.portal = ? "
        f"AND e.state = 'stored' AND e.doubted IS NULL AND e.looked_run IS NOT ? AND {STALE} "
        "ORDER BY e.rowid",
        (portal, run_id),
    )
    return [entry_of(known) for known in found]


def _mark(db: Database, urls: list[str], reason: str) -> None:
    web = [url for url in urls if url.startswith("http")]  # a file on disk is looked at when it is ingested
    db.conn.executemany("UPDATE sources SET reason=? WHERE url=?", [(reason, url) for url in web])
    db.conn.executemany("DELETE FROM validators WHERE url=?", [(url,) for url in web])
