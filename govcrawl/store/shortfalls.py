"""What a portal's last full look is known not to have seen: its memory says so until the next one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from govcrawl.store.sqlite import write

SHORTFALLS: tuple[str, ...] = (
    """
    CREATE TABLE shortfalls (
        portal TEXT NOT NULL, url TEXT NOT NULL, said TEXT NOT NULL, run_id INTEGER REFERENCES runs(id),
        PRIMARY KEY (portal, url, said)
    ) STRICT
    """,
)
"""A row for each thing said to be missing; ``url`` is a list to ask again, if any."""


@dataclass(frozen=True, slots=True)
class Paging:
    """The addresses under which a list is known that a run is paging through, and what is said of it.

    ``going_on`` is false where its pages have come to their end.
    """

    portal: str
    lists: frozenset[str]
    said: str
    going_on: bool


def note_paging(db: Database, paging: Paging, run_id: int) -> None:
    """Have a list asked again whose paging goes on, or no longer where it has ended (inside a transaction).

    So a run that dies before it has seen all pages leaves the list open.
    """
    keys = [(paging.portal, url, paging.said) for url in sorted(paging.lists)]
    if not paging.going_on:
        db.conn.executemany("DELETE FROM shortfalls WHERE portal = ? AND url = ? AND said = ?", keys)
        return
    db.conn.executemany(
        "INSERT INTO shortfalls (portal, url, said, run_id) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (portal, url, said) DO UPDATE SET run_id = excluded.run_id",
        [(*key, run_id) for key in keys],
    )


def end_paging(db: Database, portal: str, said: str, run_id: int) -> None:
    """Take back what a run that came to its end has said of lists that it was paging through."""
    with write(db):
        db.conn.execute(
            "DELETE FROM shortfalls WHERE portal = ? AND said = ? AND run_id = ?", (portal, said, run_id)
        )


def keep(
    db: Database, portal: str, missing: Iterable[tuple[str, str]], run_id: int, *, begins: str = ""
) -> None:
    """Replace what is known to be missing of a portal: (list to ask again or nothing, in words).

    ``begins`` limits it to what begins with these words.
    """
    with write(db):
        db.conn.execute(
            "DELETE FROM shortfalls WHERE portal = ? AND substr(said, 1, ?) = ?",
            (portal, len(begins), begins),
        )
        db.conn.executemany(
            "INSERT OR IGNORE INTO shortfalls (portal, url, said, run_id) VALUES (?, ?, ?, ?)",
            [(portal, url, said, run_id) for url, said in missing],
        )


def kept(db: Database, portal: str) -> tuple[tuple[str, str], ...]:
    """What is known to be missing of a portal, in the order in which it was said."""
    rows = db.conn.execute("SELECT url, said FROM shortfalls WHERE portal = ? ORDER BY rowid", (portal,))
    return tuple((str(url), str(said)) for url, said in rows)
