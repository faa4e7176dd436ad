"""Keeping the search index: a report's words are written with it, those of older databases bit by bit."""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils import Database

from govcrawl.store.grams import words
from govcrawl.store.keys import known
from govcrawl.store.search_tables import SEARCH_ANEW
from govcrawl.store.sqlite import at_end, write
from govcrawl.text import folded

_BATCH = 500  # reports to a transaction: others that write wait for a second
_ROOM = (
    1 << 25
)  # bytes of the index kept in memory before they are written: the fewer pieces, the less merging
_SPARE = 1000
_AT_END = "search index"
_WAITING = (
    "SELECT r.title, r.text, r.year, r.division_code, r.agency FROM search_pending p "
    "JOIN reports r ON r.id = p.report_id WHERE p.report_id = ?"
)
_SIZES = """
    SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'search_docs'), 0),
           (SELECT count(*) FROM search_docs) + (SELECT count(*) FROM search_pending)
"""


def index_report(db: Database, report_id: int) -> None:
    """Have a report's words put into the index at the end of the transaction, if they are not in it.

    All at once: each statement between them that may write several rows has the index written out.
    """
    _wanted(db).append(report_id)
    at_end(db, _AT_END, lambda: _index(db, _wanted(db)))


def _wanted(db: Database) -> list[int]:
    found: list[int] = known(db).other(_AT_END).setdefault("ids", [])
    return found


def _index(db: Database, report_ids: list[int]) -> None:
    """Put the words of reports that wait into the index (inside a transaction)."""
    made = []
    for report_id in dict.fromkeys(report_ids):
        found = db.conn.execute(_WAITING, (report_id,)).fetchone()
        if found is None:
            continue
        title, text, year, division, agency = found
        # a new document each time: without their text none can be taken out of an index in older SQLites
        document = db.conn.execute(
            "INSERT INTO search_docs (report_id, year, division_code, agency) VALUES (?, ?, ?, ?)",
            (report_id, year, division, folded(agency or "")),
        ).lastrowid
        made.append((document, words(title, text)))
        db.conn.execute("DELETE FROM search_pending WHERE report_id = ?", (report_id,))
    db.conn.executemany("INSERT INTO search_grams (rowid, grams) VALUES (?, ?)", made)
    report_ids.clear()


def pending(db: Database) -> int:
    """Number of reports that are not in the index yet."""
    return int(db.conn.execute("SELECT count(*) FROM search_pending").fetchone()[0])


def wasteful(db: Database) -> bool:
    """Whether most documents of the index are of texts that are there no more."""
    made, known = db.conn.execute(_SIZES).fetchone()
    return bool(made > 2 * known + _SPARE)


def catch_up(db: Database, done: Callable[[], None] | None = None) -> None:
    """Index all reports that wait, a few to a transaction; ``done`` is called after each of them.

    A wasteful index is made anew.
    """
    if wasteful(db):
        _make_room(db)
    if pending(db) > _BATCH:
        with write(db):
            db.conn.execute("INSERT INTO search_grams (search_grams, rank) VALUES ('hashsize', ?)", (_ROOM,))
    while True:
        with write(db):
            waiting = db.conn.execute(f"SELECT report_id FROM search_pending LIMIT {_BATCH}").fetchall()  # noqa: S608
            _index(db, [report_id for (report_id,) in waiting])
            if done is not None:
                for _ in waiting:
                    done()
        if not waiting:
            return


def _make_room(db: Database) -> None:
    with write(db):
        for statement in SEARCH_ANEW:
            db.conn.execute(statement)
