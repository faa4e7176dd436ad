"""An output folder that is to be merged: opened for reading, in today's layout, whatever its own is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where it is installed

from govcrawl.errors import OutputInUse, UsageError
from govcrawl.one_writer import in_words, writer_of
from govcrawl.store import Store
from govcrawl.store.migrations import MIGRATIONS
from govcrawl.store.readonly import is_settled, open_readonly
from govcrawl.store.sqlite import APPLICATION_ID, DatabaseError, require_database

DATABASE = "govcrawl.db"


@dataclass(slots=True)
class Shard:
    """An open output folder; ``runs`` says by which ids its runs go in the database it is merged into."""

    folder: Path
    store: Store
    runs: dict[int, int] = field(default_factory=dict)

    def run(self, run_id: int | None) -> int | None:
        """The id that a run has in the other database."""
        return None if run_id is None else self.runs[run_id]


@contextmanager
def opened(folder: Path) -> Iterator[Shard]:
    """A shard, to be read; one of an older layout is brought to the newest in a copy.

    Raises UsageError, in one line, for what is no output folder of govcrawl or was written by a newer one,
    and OutputInUse where a process is writing into it.
    """
    path = folder / DATABASE
    if not path.is_file():
        raise UsageError(f"{folder}: holds no {DATABASE}; name output folders of crawls")
    if (holder := writer_of(folder)) is not None:
        raise OutputInUse(f"{folder} is being written by {in_words(holder)}; merge it when that has ended")
    require_database(path)
    if _layout(path) >= len(MIGRATIONS):
        with open_readonly(path) as store:
            yield Shard(folder, store)
        return
    with TemporaryDirectory(prefix="govcrawl-merge-") as aside:
        _copy(path, Path(aside, DATABASE))
        with Store.open(Path(aside, DATABASE)) as store:
            yield Shard(folder, store)


def _layout(path: Path) -> int:
    with closing(_read(path)) as connection:
        try:
            (owner,) = connection.execute("PRAGMA application_id").fetchone()
            (layout,) = connection.execute("PRAGMA user_version").fetchone()
        except DatabaseError as error:
            raise UsageError(f"{path}: cannot be read as a database ({error}); crawl it again") from error
    if owner != APPLICATION_ID:
        raise UsageError(f"{path}: is a database of another program; name output folders of crawls")
    return int(layout)


def _copy(path: Path, to: Path) -> None:
    with closing(_read(path)) as connection, closing(sqlite3.connect(str(to))) as copy:
        try:
            connection.backup(copy)
        except DatabaseError as error:
            raise UsageError(f"{path}: cannot be copied to be read ({error}); make room in TMPDIR") from error


def _read(path: Path) -> sqlite3.Connection:
    settled = "&immutable=1" if is_settled(path) else ""
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro{settled}", uri=True)
