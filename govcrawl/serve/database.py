"""The database as Datasette reads it: one connection a thread, looked at before each reading."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from datasette.database import Database
from sqlite_utils import Database as Rows

from govcrawl.errors import UsageError
from govcrawl.serve.limits import connect
from govcrawl.store.readonly import require_layout
from govcrawl.store.sqlite import DatabaseError, OperationalError, require_database

T = TypeVar("T")


class ReadDatabase(Database):  # type: ignore[misc]  # Datasette is not typed
    """A database that others may write, carry to another layout or replace while it is shown.

    A connection that a reading failed on is not used again, nor one to a file that is no longer there.
    The tables of the search index, which cannot be read from end to end, are not shown.
    """

    def __init__(self, datasette: Any, path: Path, *, is_mutable: bool) -> None:
        super().__init__(datasette, str(path), is_mutable=is_mutable)
        self._file = path
        self._open = threading.local()

    async def table_names(self) -> list[str]:
        """The tables that are shown."""
        return [name for name in await super().table_names() if not name.startswith("search_")]

    async def execute_fn(self, fn: Callable[[Any], T]) -> T:
        """What ``fn`` reads, in a thread. Raises UsageError where this version cannot read the file."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.ds.executor, self._read, fn)

    def connect(self, write: bool = False) -> Any:  # Datasette's own signature
        """A connection that only reads, and no value of which can be large."""
        if write:
            raise UsageError(f"{self._file}: is only read here")
        connection = connect(
            f"file:{quote(str(self._file))}?{'mode=ro' if self.is_mutable else 'immutable=1'}"
        )
        self._all_file_connections.append(connection)
        return connection

    def _read(self, fn: Callable[[Any], T]) -> T:
        try:
            return self._read_once(fn)
        except DatabaseError as error:
            if isinstance(error, OperationalError):  # such as a mistyped SELECT
                raise
        return self._read_once(fn)

    def _read_once(self, fn: Callable[[Any], T]) -> T:
        connection = self._connection()
        try:
            require_layout(Rows(connection), self._file)
            return fn(connection)
        except DatabaseError:
            self._close()
            raise
        finally:
            if self._open.connection is not None and connection.in_transaction:
                connection.rollback()

    def _connection(self) -> Any:
        """This thread's connection to the file that is there now."""
        require_database(self._file)
        stat = self._file.stat()
        file = (stat.st_dev, stat.st_ino)
        if getattr(self._open, "file", None) != file:
            self._close()
            made: Any = self.connect()
            self.ds._prepare_connection(made, self.name)
            self._open.connection, self._open.file = made, file
        return self._open.connection

    def _close(self) -> None:
        connection = getattr(self._open, "connection", None)
        self._open.connection = self._open.file = None
        if connection is not None:
            self._all_file_connections.remove(connection)
            connection.close()
