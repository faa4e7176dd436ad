"""One database for the tests of the exports, and each format of it once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from govcrawl.export import export
from govcrawl.store import Store
from tests.bulk.database import make_database
from tests.export.fill import fill


class Made:
    """A database of generated and of hostile reports, and its exports, each made when first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        make_database(folder / "g.db", 17)
        self.store = Store.open(folder / "g.db")
        fill(self.store)

    def folder(self, format_: str, again: str = "") -> Path:
        """The folder of an export; ``again`` names another one of the same."""
        folder = self._folder / f"{format_}{again}"
        if not folder.exists():
            export(self.store, format_, folder)
        return folder

    def count(self, table: str) -> int:
        """Rows of a table of the database."""
        return self.store.count(table)

    def one(self, sql: str) -> object:
        """A single value."""
        return self.store.db.conn.execute(sql).fetchone()[0]


@pytest.fixture(scope="session")
def made() -> Iterator[Made]:
    with tempfile.TemporaryDirectory() as folder:
        found = Made(Path(folder))
        yield found
        found.store.close()
