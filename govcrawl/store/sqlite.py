"""SQLite as this project opens it: which build, which pragmas, and the one way to write."""

from __future__ import annotations

import logging
import sqlite3 as stdlib_sqlite3
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from weakref import WeakKeyDictionary

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where it is installed

from govcrawl.disk import is_full
from govcrawl.errors import DatabaseDamaged, DatabaseInUse, DiskFull, UsageError
from govcrawl.store.keys import forget, waiting

log = logging.getLogger(__name__)

APPLICATION_ID = 0x676F7663  # "govc": tells our database from any other SQLite file
BUSY_SECONDS = 30
_BUSY_AGAIN_MS = 1000  # who waited that long in vain does not do so for every page to come
_NO_ROOM = "the database cannot be written: the disk is full; make room and run again"
_WAL_FIXED = (3, 51, 3)
_DAMAGE = ("malformed", "not a database", "disk I/O error", "readonly database", "Could not decode to UTF-8")
_BROKEN = ("malformed", "not a database")
_ANEW = "restore a backup, or put the file aside and crawl anew"
_MAGIC = b"SQLite format 3\0"

_RIDING: WeakKeyDictionary[Database, list[tuple[str, Mapping[str, Any]]]] = WeakKeyDictionary()
"""What is to be written at the beginning of the next transaction: statements with their parameters."""

_AS_THEY_ARE: dict[None, None] = {None: None}
sqlite3.register_adapter(type(None), _AS_THEY_ARE.get)  # or it looks for one at each NULL: 2 us

OperationalError: tuple[type[Exception], ...] = (sqlite3.OperationalError, stdlib_sqlite3.OperationalError)
DatabaseError: tuple[type[Exception], ...] = (sqlite3.DatabaseError, stdlib_sqlite3.DatabaseError)


def connect(path: Path, *, create: bool) -> Database:
    """A connection in WAL mode with foreign keys on and a busy timeout of 30 seconds.

    Raises UsageError when the folder or file cannot be used, or the file is not an SQLite database, and
    DiskFull.
    """
    require_database(path, create=create)
    connection = None
    try:
        connection = sqlite3.connect(str(path), timeout=BUSY_SECONDS)
        for setting in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {setting}")
        return Database(connection)
    except DatabaseError as error:
        if connection is not None:
            connection.close()
        if is_full(error):
            raise DiskFull(f"{path}: the disk is full; make room and run again") from error
        todo = f"; {_ANEW}" if any(words in str(error) for words in _BROKEN) else ""
        raise UsageError(f"{path}: cannot be opened as a database ({error}){todo}") from error


def memory() -> Database:
    """A connection to a database that no file holds, with foreign keys on."""
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA foreign_keys=ON")
    return Database(connection)


@contextmanager
def write(db: Database) -> Iterator[Database]:
    """One transaction that holds the write lock from its first statement on.

    A deferred BEGIN, which is what ``db.atomic()`` issues, fails at once when another writer commits
    between its first read and its first write; the busy timeout does not help there. DatabaseInUse when
    another process holds the lock longer than that, from then on after a second; DiskFull where nothing can
    be written.
    """
    _warn_of_wal_fault()
    try:
        db.conn.execute("BEGIN IMMEDIATE")
    except OperationalError as error:
        if is_full(error):
            raise DiskFull(_NO_ROOM) from error
        if (ours := damage(error)) is not None:
            raise ours from error
        if "locked" not in str(error):
            raise
        db.conn.execute(f"PRAGMA busy_timeout={_BUSY_AGAIN_MS}")
        raise DatabaseInUse(
            "the database is in use by another process; run again when that has ended"
        ) from error
    try:
        riding = tuple(_RIDING.get(db, ()))
        for statement, parameters in riding:
            db.conn.execute(statement, parameters)
        yield db
        for action in waiting(db).values():
            action()
        db.conn.commit()
        waiting(db).clear()
        if riding:
            del _RIDING[db][: len(riding)]
    except BaseException as error:
        db.conn.rollback()
        forget(db)
        if is_full(error):
            raise DiskFull(_NO_ROOM) from error
        if (ours := damage(error)) is not None:
            raise ours from error
        raise


def damage(error: BaseException | None) -> DatabaseDamaged | None:
    """What SQLite says of a file that can no more be read or written, as our error; None for all else."""
    if not isinstance(error, DatabaseError) or not any(words in str(error) for words in _DAMAGE):
        return None
    said = " ".join(str(error).split())[:100]
    return DatabaseDamaged(
        f"the database cannot be read or written any more ({said}); `govcrawl verify` says what is damaged, "
        f"then {_ANEW}"
    )


def at_end(db: Database, name: Hashable, action: Callable[[], None]) -> None:
    """Let something be done at the end of the transaction, in order of asking, once for each name."""
    waiting(db).setdefault(name, action)


def with_next(db: Database, statement: str, parameters: Mapping[str, Any]) -> None:
    """Let a row be written at the beginning of the next transaction, which is not worth one of its own.

    A death before that loses it. A transaction that is undone leaves it to the one after.
    """
    _RIDING.setdefault(db, []).append((statement, parameters))


def not_yet(db: Database, statement: str) -> list[Mapping[str, Any]]:
    """What a statement is to write with the next transaction."""
    return [parameters for own, parameters in _RIDING.get(db, ()) if own == statement]


def write_rest(db: Database) -> None:
    """Write now what waits for the next transaction."""
    if _RIDING.get(db):
        with write(db):
            pass


@contextmanager
def moment(db: Database) -> Iterator[None]:
    """Let all questions inside see the same moment, whatever others write meanwhile.

    It ends as a write would: a rollback stops rows that are being read outside.
    """
    if db.conn.in_transaction:
        yield
        return
    db.conn.execute("BEGIN")
    try:
        yield
    finally:
        if db.conn.in_transaction:  # which an error can have ended
            _end(db)


def _end(db: Database) -> None:
    try:
        db.conn.execute("COMMIT")
    except DatabaseError:
        db.conn.rollback()
        raise


def pragma(db: Database, name: str) -> int:
    """The value of a numeric pragma."""
    return int(db.conn.execute(f"PRAGMA {name}").fetchone()[0])


def row(db: Database, sql: str, parameters: tuple[Any, ...] = ()) -> dict[str, Any] | None:
    """The first row of a query, None when there is none."""
    return next(rows(db, sql, parameters), None)


def rows(
    db: Database, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
) -> Iterator[dict[str, Any]]:
    """The rows of a query that reads, by their columns.

    As ``db.query``, which sets a savepoint around each query in case that it writes: a report is stored with
    some twenty questions, and that takes three times as long.
    """
    cursor = db.conn.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, found, strict=True)) for found in cursor)


def require_database(path: Path, *, create: bool = False) -> None:
    """Raise UsageError, in one line, for what is no SQLite database and none can be made in place of."""
    if path.is_dir():
        raise UsageError(f"{path}: is a folder, not a database")
    if not path.exists():
        if not create:
            raise UsageError(
                f"{path}: no such database; run a crawl or `govcrawl ingest` first, or name its --output"
            )
        if not path.parent.is_dir():
            raise UsageError(f"{path.parent}: no such folder, so no database can be made there")
        _require_writable_folder(path.parent)
        return
    stat = path.stat()
    _require_magic(path, stat.st_dev, stat.st_ino)


@cache
def _require_magic(path: Path, _device: int, _inode: int) -> None:
    """Look once at a file's first bytes, before this process has opened it as a database.

    Whoever closes a file gives up all locks that his process has on it, those of SQLite too; then another
    process that ends takes the file for its own, and takes away the log that is being read here.
    """
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error
    if head and head != _MAGIC:
        raise UsageError(f"{path}: is not an SQLite database; choose another output folder")


def _require_writable_folder(folder: Path) -> None:
    try:
        TemporaryFile(dir=folder).close()
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written ({error.strerror})") from error


@cache
def _warn_of_wal_fault() -> None:
    if sqlite3.sqlite_version_info < _WAL_FIXED:
        log.warning(
            "SQLite %s can corrupt a database that two processes write at once (mended in 3.51.3): "
            "install a newer one with `pip install 'govcrawl[sqlite]'` (pysqlite3)",
            sqlite3.sqlite_version,
        )
