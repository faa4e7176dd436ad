"""Which report of a shard is which of the database: by address first, by a further address next."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from govcrawl.store.sqlite import row, rows

Body = tuple[Any, ...]
_TELLING = "id, url, agency_norm, year, scope"


@dataclass(frozen=True, slots=True)
class Told:
    """What tells a report from others: its id in its database, its address, its body and year."""

    id: int
    url: str
    body: Body

    @classmethod
    def of(cls, found: dict[str, Any]) -> Told:
        """What a row of ``reports`` tells."""
        return cls(found["id"], found["url"], (found["agency_norm"], found["year"], found["scope"]))


def told_of(db: Database, keys: str) -> list[Told]:
    """The reports of some portals (a JSON list), in the order in which they were stored."""
    found = rows(
        db,
        f"SELECT {_TELLING} FROM reports WHERE portal IN (SELECT value FROM json_each(?)) ORDER BY id",
        (keys,),
    )
    return [Told.of(one) for one in found]


def matched(shard: Database, db: Database, reports: Sequence[Told]) -> dict[int, int]:
    """The ids of a shard's reports by those in the database, which are one report each.

    The same address with the same body and year is the same report; so is one that is known at another of
    the addresses; then the same address alone. No report of the database stands for two.
    """
    found: dict[int, int] = {}
    taken = set[int]()

    def take(one: Told, candidates: Iterable[Told]) -> None:
        for known in candidates:
            if one.id not in found and known.id not in taken:
                found[one.id] = known.id
                taken.add(known.id)

    for one in reports:
        take(one, (known for known in _at(db, [one.url]) if known.body == one.body))
    for one in reports:
        if one.id not in found:
            take(one, (known for known in _at(db, _addresses(shard, one)) if known.body == one.body))
    for one in reports:
        if one.id not in found:
            take(one, _standing_at(db, one.url))
    return found


def _addresses(shard: Database, one: Told) -> list[str]:
    """All addresses of a report; one that was set aside for another has that in its own."""
    found = shard.conn.execute("SELECT url FROM sources WHERE report_id = ? ORDER BY rowid", (one.id,))
    aside, mark, _ = one.url.rpartition(f"#{one.body[1]}")
    return [*(url for (url,) in found), *([aside] if mark else [])]


def _at(db: Database, urls: Iterable[str]) -> Iterator[Told]:
    """The reports that stand at some addresses, or stood there."""
    for url in urls:
        known = row(
            db,
            f"SELECT {_TELLING} FROM reports WHERE id = (SELECT report_id FROM sources WHERE url = ?)",
            (url,),
        )
        if known is not None:
            yield Told.of(known)


def _standing_at(db: Database, url: str) -> Iterator[Told]:
    yield from map(Told.of, rows(db, f"SELECT {_TELLING} FROM reports WHERE url = ?", (url,)))
