"""Keeping the search index: a report's words are written with it, those of older databases bit by bit."""
# ruff: noqa: S608 - only names of ours are put into SQL; values are bound

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakKeyDictionary

from sqlite_utils import Database

from govcrawl.store.grams import letters, words
from govcrawl.store.keys import known
from govcrawl.store.ranks import REST, Span, group
from govcrawl.store.search_tables import SEARCH_ANEW, SEARCH_LETTERS_ANEW
from govcrawl.store.sqlite import at_end, write
from govcrawl.text import folded

_BATCH = 500  # reports to a transaction: others that write wait for a second
_ROOM = (
    1 << 25
)  # bytes of the index kept in memory before they are written: the fewer pieces, the less merging
_SPARE = 1000
_AT_END = "search index"
_SOON = 50  # reports that a crawl puts into the index at once: a tenth of a second
_LATER: WeakKeyDictionary[Database, list[int]] = WeakKeyDictionary()
Index = Callable[[Database, int], None]
"""When a report is put into the index; called inside the transaction that writes it."""

_WAITING = (
    "SELECT r.title, r.text, r.year, r.division_code, r.agency, r.template FROM search_pending p "
    "JOIN reports r ON r.id = p.report_id WHERE p.report_id = ?"
)
_TABLES = ("grams", "letters")
# Each document that was ever made; none can be taken out of an index without its text in older SQLites.
_MADE = "search_grams_docsize"
_SIZES = f"""
    SELECT (SELECT count(*) FROM {_MADE}),
           (SELECT count(*) FROM search_docs) + (SELECT count(*) FROM search_pending)
"""


def index_report(db: Database, report_id: int) -> None:
    """Have a report's words put into the index at the end of the transaction, if they are not in it.

    All at once: each statement between them that may write several rows has the index written out.
    """
    _wanted(db).append(report_id)
    at_end(db, _AT_END, lambda: _index(db, _wanted(db)))


def index_soon(db: Database, report_id: int) -> None:
    """The same some reports later, for many of them at once: that takes half the time.

    Until then a search reads their texts, after a death too. ``index_rest`` leaves none.
    """
    later = _LATER.setdefault(db, [])
    later.append(report_id)
    if len(later) >= _SOON:
        at_end(db, _SOON, lambda: _index(db, later))


def index_rest(db: Database) -> None:
    """Put those reports into the index that were to be soon (outside of a transaction)."""
    if later := _LATER.pop(db, None):
        with write(db):
            _index(db, later)


def _wanted(db: Database) -> list[int]:
    found: list[int] = known(db).other(_AT_END).setdefault("ids", [])
    return found


def _index(db: Database, report_ids: list[int]) -> None:
    """Put the words of reports that wait into the index (inside a transaction)."""
    made: list[tuple[int, str, str]] = []
    taken: dict[Span, int] = {}
    for report_id in dict.fromkeys(report_ids):
        found = db.conn.execute(_WAITING, (report_id,)).fetchone()
        if found is None:
            continue
        title, text, year, division, agency, form = found
        document = _new(db, group(year, division), taken) or _new(db, REST, taken)
        db.conn.execute(
            "INSERT INTO search_docs (doc, report_id, year, division_code, agency) VALUES (?, ?, ?, ?, ?)",
            (document, report_id, year, division, folded(agency or "")),
        )
        about = (title, text, agency, form)
        made.append((document, words(*about), letters(*about)))
        db.conn.execute("DELETE FROM search_pending WHERE report_id = ?", (report_id,))
    # In order: for each document before the last one the index is written out.
    made.sort()
    for column, table in enumerate(_TABLES, start=1):
        db.conn.executemany(
            f"INSERT INTO search_{table} (rowid, {table}) VALUES (?, ?)",
            [(one[0], one[column]) for one in made],
        )
    report_ids.clear()


def _new(db: Database, span: Span, taken: dict[Span, int]) -> int:
    """A number that no document has had yet; 0 when none is left."""
    if span not in taken:
        found = db.conn.execute(f"SELECT max(id) FROM {_MADE} WHERE id BETWEEN ? AND ?", span).fetchone()
        taken[span] = span[0] if found[0] is None else found[0]
    taken[span] += 1
    return taken[span] if taken[span] <= span[1] else 0


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
            for name in (f"search_{table}" for table in _TABLES):
                db.conn.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('hashsize', ?)", (_ROOM,))
    while True:
        with write(db):
            waiting = db.conn.execute(f"SELECT report_id FROM search_pending LIMIT {_BATCH}").fetchall()
            _index(db, [report_id for (report_id,) in waiting])
            if done is not None:
                for _ in waiting:
                    done()
        if not waiting:
            return


def _make_room(db: Database) -> None:
    with write(db):
        for statement in (*SEARCH_LETTERS_ANEW, *SEARCH_ANEW):
            db.conn.execute(statement)
