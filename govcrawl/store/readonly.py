"""A database opened for reading only: beside a crawl, and where nothing may be written."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where it is installed

from govcrawl.errors import UsageError
from govcrawl.store.database import Store
from govcrawl.store.migrations import MIGRATIONS
from govcrawl.store.sqlite import APPLICATION_ID, BUSY_SECONDS, DatabaseError, pragma, require_database
from govcrawl.text import folded


def open_readonly(path: Path) -> Store:
    """A store whose writing methods fail; SQL has ``folded(text)`` for comparing.

    Raises UsageError, in one line, for a file that is no database of ours, and for one of another layout,
    which only a command that may write can bring to the newest.
    """
    require_database(path)
    connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=BUSY_SECONDS)
    try:
        connection.create_function("folded", 1, lambda text: folded(text or ""), deterministic=True)
        db = Database(connection)
        _require_layout(db, path)
    except DatabaseError as error:
        connection.close()
        raise UsageError(f"{path}: cannot be opened for reading ({error})") from error
    except UsageError:
        connection.close()
        raise
    return Store(path, db)


def _require_layout(db: Database, path: Path) -> None:
    if pragma(db, "application_id") != APPLICATION_ID:
        raise UsageError(f"{path}: is a database of another program")
    layout = pragma(db, "user_version")
    if layout < len(MIGRATIONS):
        raise UsageError(
            f"{path}: was written by an older govcrawl; run `govcrawl status --output {path.parent}` once"
        )
    if layout > len(MIGRATIONS):
        raise UsageError(f"{path}: was written by a newer govcrawl; update govcrawl")
