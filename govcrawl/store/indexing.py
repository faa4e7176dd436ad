"""Keeping the search index: reports wait for it, which searches read, and are indexed many at once."""
# ruff: noqa: S608 - only names of ours are put into SQL; values are bound

from __future__ import annotations

from collections.abc import Callable, Hashable

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
FEW = 1500
"""So many reports wait to be indexed where they are stored one by one: a search reads them in some 50 ms."""
_AT_ONCE = 100  # indexed by a transaction that finds more: an eighth of a second
_LEFT = "reports that may be stored before those that wait are counted"
_INDEX = "search index"

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


def index_soon(db: Database) -> None:
    """Let the report that a transaction writes wait to be indexed; where many wait, some of them are.

    One by one they take half as long again as a hundred at once. Searches read those that wait.
    """
    left: dict[Hashable, int] = known(db).other(_LEFT)
    if left.setdefault(_LEFT, 0) > 0:
        left[_LEFT] -= 1
    else:  # at the end, all at once: what writes several rows between them has the index written out
        at_end(db, _INDEX, lambda: _index_some(db))


def _index_some(db: Database) -> None:
    (waiting,) = db.conn.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM search_pending LIMIT {FEW + 1})"
    ).fetchone()
    if waiting > FEW:
        _index(db, _next(db, _AT_ONCE))
    known(db).other(_LEFT)[_LEFT] = min(FEW - waiting, _AT_ONCE) if waiting < FEW else _AT_ONCE


def _next(db: Database, most: int) -> list[int]:
    """The first of those that wait."""
    found = db.conn.execute("SELECT report_id FROM search_pending ORDER BY report_id LIMIT ?", (most,))
    return [report_id for (report_id,) in found]


def _index(db: Database, report_ids: list[int]) -> None:
    """Put the words of reports that wait into the index (inside a transaction)."""
    made: list[tuple[int, str, str]] = []
    taken: dict[Span, int] = {}
    for report_id in report_ids:
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
            waiting = _next(db, _BATCH)
            _index(db, waiting)
            if done is not None:
                for _ in waiting:
                    done()
        if not waiting:
            return


def _make_room(db: Database) -> None:
    with write(db):
        for statement in (*SEARCH_LETTERS_ANEW, *SEARCH_ANEW):
            db.conn.execute(statement)
