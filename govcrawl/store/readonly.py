"""A database opened for reading only: beside a crawl, and where nothing may be written."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where it is installed

from govcrawl.errors import UsageError
from govcrawl.store.database import Store
from govcrawl.store.migrations import MIGRATIONS
from govcrawl.store.sqlite import APPLICATION_ID, BUSY_SECONDS, DatabaseError, pragma, require_database
from govcrawl.text import folded


def can_be_written(path: Path) -> bool:
    """Whether a database that is there and its folder can be written by this process."""
    return not _on_readonly_disk(path) and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def is_settled(path: Path) -> bool:
    """Whether a database cannot be changed by anybody while it is read, and all of it is in its file."""
    return _on_readonly_disk(path) and not _has_log(path)


def open_readonly(path: Path) -> Store:
    """A store whose writing methods fail; SQL has ``folded(text)`` for comparing.

    Raises UsageError, in one line, for a file that is no database of ours, for one of another layout, which
    only a command that may write can bring to the newest, and for one that cannot be read without the right
    to write beside it.
    """
    require_database(path)
    address = f"file:{quote(str(path))}?mode=ro{'&immutable=1' if is_settled(path) else ''}"
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)
    try:
        connection.create_function("folded", 1, lambda text: folded(text or ""), deterministic=True)
        db = Database(connection)
        require_layout(db, path)
    except DatabaseError as error:
        connection.close()
        raise UsageError(_why_not(path, error)) from error
    except UsageError:
        connection.close()
        raise
    return Store(path, db, readonly=True)


def _on_readonly_disk(path: Path) -> bool:
    return bool(os.statvfs(path.parent).f_flag & os.ST_RDONLY)


def _has_log(path: Path) -> bool:
    """Whether changes lie beside the database that are not in it yet."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _why_not(path: Path, error: Exception) -> str:
    if can_be_written(path):
        return f"{path}: cannot be opened for reading ({error})"
    beside = " and govcrawl.db-wal" if _has_log(path) else ""
    return (
        f"{path}: cannot be read where nothing may be written beside it ({error}); get the right to write in "
        f"{path.parent}, or copy govcrawl.db{beside} into a folder of your own and read that"
    )


def require_layout(db: Database, path: Path) -> None:
    """Raise UsageError, in one line, for a database that is not ours or of another layout than ours."""
    if pragma(db, "application_id") != APPLICATION_ID:
        raise UsageError(f"{path}: is a database of another program")
    layout = pragma(db, "user_version")
    if layout < len(MIGRATIONS):
        cure = f"run `govcrawl status --output {path.parent}` once"
        if not can_be_written(path):
            cure = (
                "copy its folder to where you may write, and run `govcrawl status --output` on the copy once"
            )
        raise UsageError(f"{path}: was written by an older govcrawl; {cure}")
    if layout > len(MIGRATIONS):
        raise UsageError(f"{path}: was written by a newer govcrawl; update govcrawl")
