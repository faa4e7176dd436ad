"""Earlier versions carried over: those of a report in either database, each once, in order of time."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from govcrawl.shards.shard import Shard

Row = dict[str, Any]
Version = tuple[Any, ...]

_COLUMNS = ("sha256", "text", "fetched_at", "title", "extractor", "replaced_at")
_NAMES = ", ".join(_COLUMNS)
_TELLING = (0, 1, 3)  # bytes, text and title tell a version from others


def carry_versions(
    db: Database, shard: Shard, told: Row, report_id: int, before: Row | None, *, replace: bool, wins: bool
) -> None:
    """Write the versions of a report (inside a transaction).

    ``told`` is its row in the shard, ``before`` the one that the database had; the one of the two that does
    not stand now is a version too where it says something else. With ``replace`` those of the shard are all.
    """
    here = _versions(db, report_id)
    there = _versions(shard.store.db, told["id"])
    made = list(there)
    if not replace:
        lost = _lost(told, before, wins=wins)
        known = {_key(one) for one in here}
        made = here + [one for one in [*there, *lost] if _key(one) not in known]
        if len(made) > len(here):
            made.sort(key=lambda one: (one[5], one[2]))
    if made != here:
        db.conn.execute("DELETE FROM versions WHERE report_id=?", (report_id,))
        db.conn.executemany(
            f"INSERT INTO versions (report_id, {_NAMES}) VALUES (?{', ?' * len(_COLUMNS)})",
            [(report_id, *one) for one in made],
        )


def _lost(told: Row, before: Row | None, *, wins: bool) -> list[Version]:
    """What the side says that does not stand, as a version until the other one was fetched."""
    if before is None or (before["title"], before["text"]) == (told["title"], told["text"]):
        return []
    loser, winner = (before, told) if wins else (told, before)
    if loser["sha256"] == winner["sha256"]:
        return []
    return [(*(loser[name] for name in _COLUMNS[:5]), winner["fetched_at"])]


def _versions(db: Database, report_id: int) -> list[Version]:
    found = db.conn.execute(f"SELECT {_NAMES} FROM versions WHERE report_id = ? ORDER BY rowid", (report_id,))
    return [tuple(one) for one in found.fetchall()]


def _key(one: Version) -> Version:
    return tuple(one[place] for place in _TELLING)
