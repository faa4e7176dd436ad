"""How reports were reached: the pages a crawl looked at, each with the one before it, and who refused."""

from __future__ import annotations

from dataclasses import asdict

from sqlite_utils import Database

from govcrawl.model import Declined, Visit
from govcrawl.store.clock import now
from govcrawl.store.queries import Row
from govcrawl.store.sqlite import row, write

_LONGEST = 50  # steps; real paths have four or five

_NOTE_AGAIN = """
    INSERT INTO pages (portal, url, asked, parent, label, kind, reason, dialect, trouble,
                       first_seen, last_seen, run_id)
    VALUES (:portal, :url, :asked, :parent, :label, :kind, :reason, :dialect, :trouble,
            :moment, :moment, :run_id)
    ON CONFLICT (portal, url) DO UPDATE SET dialect=coalesce(excluded.dialect, dialect),
        trouble=excluded.trouble, last_seen=excluded.last_seen, run_id=excluded.run_id
"""
_NOTE = (
    _NOTE_AGAIN
    + ", asked=excluded.asked, parent=excluded.parent, label=excluded.label, kind=excluded.kind"
    + ", reason=excluded.reason"
)


def note_visit(db: Database, visit: Visit, run_id: int, *, again: bool) -> None:
    """Write down a page and the way to it.

    ``again`` says that the crawl came straight to a page that an earlier one had found: the way that is
    known stays then, and only the state of the page is brought up to date.
    """
    with write(db):
        db.conn.execute(_NOTE_AGAIN if again else _NOTE, {**asdict(visit), "run_id": run_id, "moment": now()})


def note_refusal(db: Database, declined: Declined, run_id: int) -> None:
    """Write down a refusal with its evidence."""
    values = {**asdict(declined), "headers": ", ".join(declined.headers)}
    with write(db):
        db.conn.execute(
            "INSERT INTO refusals (run_id, portal, url, system, status, evidence, headers, sha256, seen_at) "
            "VALUES (:run_id, :portal, :url, :system, :status, :evidence, :headers, :sha256, :moment)",
            {**values, "run_id": run_id, "moment": now()},
        )


def refusals(db: Database, portal: str) -> list[Row]:
    """The refusals that a portal's last refused run met, in their order."""
    return list(
        db.query(
            "SELECT * FROM refusals WHERE portal = :portal AND run_id = "
            "(SELECT max(run_id) FROM refusals WHERE portal = :portal) ORDER BY id",
            {"portal": portal},
        )
    )


def way_to(db: Database, portal: str, url: str) -> list[Row]:
    """The pages from a portal's start page to the one at ``url``, itself the last, as rows of ``pages``.

    ``entries`` counts the report links found there. A page of which no more is known than that a link stood
    on it has ``kind`` NULL; a report's page that turned out to be a list has kind ``entry``.
    """
    way: list[Row] = []
    seen: set[str] = set()
    current: str | None = url
    while current is not None and current not in seen and len(way) < _LONGEST:
        seen.add(current)
        found = _page(db, portal, current) or _listed(db, portal, current) or _unknown(current)
        found["entries"] = _held(db, portal, found["url"])
        way.append(found)
        current = found["parent"]
    return way[::-1]


def _page(db: Database, portal: str, url: str) -> Row | None:
    """The row of a page, by the address that answered or else by the one that was asked for."""
    return row(db, "SELECT * FROM pages WHERE portal = ? AND url = ?", (portal, url)) or row(
        db, "SELECT * FROM pages WHERE portal = ? AND asked = ?", (portal, url)
    )


def _listed(db: Database, portal: str, url: str) -> Row | None:
    """A report link that led to a list instead."""
    return row(
        db,
        "SELECT url, listing AS parent, title AS label, 'entry' AS kind, reason, NULL AS asked, "
        "NULL AS dialect, NULL AS trouble, first_seen, last_seen, run_id FROM entries "
        "WHERE portal = ? AND url = ?",
        (portal, url),
    )


def _unknown(url: str) -> Row:
    names = ("asked", "parent", "kind", "dialect", "trouble", "first_seen", "last_seen", "run_id")
    return {"url": url, "label": "", "reason": "how it was reached is not recorded", **dict.fromkeys(names)}


def _held(db: Database, portal: str, url: str) -> int:
    found = db.conn.execute(
        "SELECT count(*) FROM entries WHERE portal = ? AND listing = ?", (portal, url)
    ).fetchone()
    return int(found[0])
