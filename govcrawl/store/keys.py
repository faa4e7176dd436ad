"""Numbers that stand for names: small tables that grow by what is asked, remembered by connection."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from sqlite_utils import Database

_MOST = 50_000  # remembered of what has no end, such as how cells are printed

_TABLES = {
    "fact_ids": ("fact",),
    "fact_statuses": ("status",),
    "fact_units": ("unit", "unit_source"),
    "check_ids": ("rule", "subject"),
}


@dataclass(slots=True)
class Known:
    """What a connection has asked for: numbers of names, and whatever else is read once and never changes."""

    numbers: dict[str, dict[tuple[str, ...], int]] = field(default_factory=dict)
    names: dict[str, dict[int, tuple[str, ...]]] = field(default_factory=dict)
    others: dict[str, dict[Hashable, Any]] = field(default_factory=dict)

    waiting: dict[Hashable, Callable[[], None]] = field(default_factory=dict)
    """What is to be done at the end of the transaction."""

    def other(self, kind: str) -> dict[Hashable, Any]:
        """A memory for something of that kind; emptied when it has grown too large."""
        found = self.others.setdefault(kind, {})
        if len(found) > _MOST:
            found.clear()
        return found


_KNOWN: WeakKeyDictionary[Database, Known] = WeakKeyDictionary()


def known(db: Database) -> Known:
    """What a connection remembers."""
    found = _KNOWN.get(db)
    if found is None:
        found = _KNOWN[db] = Known()
    return found


def waiting(db: Database) -> dict[Hashable, Callable[[], None]]:
    """What is to be done at the end of the transaction, by name."""
    return known(db).waiting


def forget(db: Database) -> None:
    """Forget everything: what a transaction wrote that was undone is not there."""
    _KNOWN.pop(db, None)


def number_of(db: Database, table: str, *name: str) -> int:
    """The number of a name, which is added when it is not there yet (inside a transaction)."""
    numbers = known(db).numbers.setdefault(table, {})
    number = numbers.get(name)
    if number is None:
        columns = _TABLES[table]
        where = " AND ".join(f"{column} = ?" for column in columns)
        found = db.conn.execute(f"SELECT id FROM {table} WHERE {where}", name).fetchone()
        if found is None:
            marks = ", ".join("?" * len(columns))
            found = (
                db.conn.execute(
                    f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", name
                ).lastrowid,
            )
        number = numbers[name] = int(found[0])
    return number


def names_in(db: Database, table: str) -> dict[int, tuple[str, ...]]:
    """The names of a table's numbers that are remembered; for those that are not there is name_of."""
    return known(db).names.setdefault(table, {})


def name_of(db: Database, table: str, number: int) -> tuple[str, ...]:
    """The name that a number stands for; KeyError for one that is not there."""
    names = known(db).names.setdefault(table, {})
    if number not in names:
        columns = ", ".join(_TABLES[table])
        names.update(
            (key, tuple(name)) for key, *name in db.conn.execute(f"SELECT id, {columns} FROM {table}")
        )
    return names[number]
