"""Numbered migrations: ``PRAGMA user_version`` counts how many of them a database has seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database

from govcrawl.errors import DatabaseInUse, UsageError
from govcrawl.store.archive_tables import ADDRESSES_ONCE, ARCHIVE, REREADING
from govcrawl.store.check_tables import CHECK_LISTS_BEGIN, CHECK_LISTS_END, list_checks
from govcrawl.store.compact_tables import COMPACT_BEGIN, COMPACT_END, PLACES_OF_BODIES
from govcrawl.store.compacting import compact
from govcrawl.store.evidence import DOUBTS
from govcrawl.store.run_uids import ADD_UID, UNIQUE_UID, name_runs
from govcrawl.store.search_tables import SEARCH, SEARCH_ANEW, SEARCH_LETTERS, SEARCH_RANKED, SEARCH_SCANNED
from govcrawl.store.shortfalls import SHORTFALLS
from govcrawl.store.sqlite import APPLICATION_ID, DatabaseError, pragma, write
from govcrawl.store.sum_tables import FACT_SUMS
from govcrawl.store.tables import BODIES, FIRST_LIGHT, HOSTS, MEMORY, MEMORY_OF_LOOKS, PATHS, RETRIES, SEEN

Step = str | Callable[[Database], None]
"""A statement, or what no statement can do."""

COMPACT: tuple[Step, ...] = (*COMPACT_BEGIN, compact, *COMPACT_END)
CHECK_LISTS: tuple[Step, ...] = (*CHECK_LISTS_BEGIN, list_checks, *CHECK_LISTS_END)
RUN_UIDS: tuple[Step, ...] = (ADD_UID, name_runs, *UNIQUE_UID)

MIGRATIONS: tuple[tuple[Step, ...], ...] = (
    FIRST_LIGHT,
    BODIES,
    MEMORY,
    PATHS,
    MEMORY_OF_LOOKS,
    HOSTS,
    ARCHIVE,
    RETRIES,
    REREADING,
    SEEN,
    SHORTFALLS,
    DOUBTS,
    SEARCH,
    SEARCH_ANEW,
    SEARCH_SCANNED,
    COMPACT,
    PLACES_OF_BODIES,
    RUN_UIDS,
    FACT_SUMS,
    SEARCH_RANKED,
    SEARCH_LETTERS,
    CHECK_LISTS,
    ADDRESSES_ONCE,
)

# One statement sees one moment: another process may be making the database right now.
_IDENTITY = """
    SELECT o.application_id, v.user_version, (SELECT count(*) FROM sqlite_master)
    FROM pragma_application_id AS o, pragma_user_version AS v
"""


def migrate(db: Database, path: Path) -> None:
    """Bring a database to the newest layout; each migration is one transaction.

    Raises UsageError for a database of somebody else, and for one written by a newer govcrawl.
    """
    try:
        _require_ours(db, path)
        if pragma(db, "user_version") < len(MIGRATIONS):
            _apply(db)
    except DatabaseInUse as error:
        raise DatabaseInUse(
            f"{path}: is of an older layout, and another process writes to it or brings it to the newest; "
            "run again when that has ended"
        ) from error
    except DatabaseError as error:
        raise UsageError(f"{path}: cannot be used as the database ({error})") from error


def _apply(db: Database) -> None:
    with write(db):
        done = pragma(db, "user_version")  # another process may have migrated while we waited for the lock
        for number, statements in enumerate(MIGRATIONS[done:], start=done + 1):
            for statement in statements:
                if isinstance(statement, str):
                    db.conn.execute(statement)
                else:
                    statement(db)
            db.conn.execute(f"PRAGMA user_version={number}")
        db.conn.execute(f"PRAGMA application_id={APPLICATION_ID}")


def _require_ours(db: Database, path: Path) -> None:
    owner, version, tables = db.conn.execute(_IDENTITY).fetchone()
    if owner != APPLICATION_ID:
        if owner or version or tables:
            raise UsageError(f"{path}: is a database of another program; choose another output folder")
    elif version > len(MIGRATIONS):
        raise UsageError(
            f"{path}: was written by a newer govcrawl (layout {version}, this one knows {len(MIGRATIONS)}); "
            "update govcrawl"
        )
