"""What a shard says of portals that the database knows too: later, earlier, or beside it.

A portal's state comes from the runs that have touched it. Where one side has all runs of the other, it is
the later one; where each has runs of its own, both have something to say.
"""
# ruff: noqa: S608 - only names that stand in this room are put into SQL; values are bound

from __future__ import annotations

from collections.abc import Set
from enum import StrEnum

from sqlite_utils import Database

from govcrawl.shards.layout import RUNS


class Standing(StrEnum):
    """How a shard's state of some portals stands to the database's."""

    LATER = "later"
    """It comes from that of the database, or the database knows nothing of them: it takes its place."""
    EARLIER = "earlier"
    """The database's comes from it: nothing is to be done."""
    BESIDE = "beside"
    """Both know something, or the same: row by row the later one counts."""


_OWNERS = {"portals": "key"}
_PORTALS = """
    SELECT key FROM portals UNION SELECT portal FROM reports UNION SELECT portal FROM entries
    UNION SELECT portal FROM readings
"""
_LINKS = """
    SELECT r.portal, e.portal FROM entries e JOIN reports r ON r.id = e.report_id
    WHERE r.portal <> e.portal UNION
    SELECT r.portal, e.portal FROM sources s JOIN reports r ON r.id = s.report_id
    JOIN entries e ON e.url = s.url WHERE r.portal <> e.portal
"""


def families(db: Database) -> list[tuple[str, ...]]:
    """The portals of a database, those that have a report in common together, each family sorted."""
    family = {key: {key} for (key,) in db.conn.execute(_PORTALS)}
    for one, other in db.conn.execute(_LINKS).fetchall():
        joined = family[one] | family[other]
        for key in joined:
            family[key] = joined
    return sorted({tuple(sorted(members)) for members in family.values()})


def touched(db: Database) -> dict[str, set[str]]:
    """The runs that have written anything of each portal, by their uids."""
    asked = " UNION ".join(
        f"SELECT {_OWNERS.get(table, 'portal')} AS portal, {column} AS run FROM {table}"
        for table, named in RUNS.items()
        if table != "host_exceptions"
        for column in named
    )
    found: dict[str, set[str]] = {}
    for portal, uid in db.conn.execute(
        f"SELECT t.portal, r.uid FROM ({asked}) t JOIN runs r ON r.id = t.run"
    ):
        found.setdefault(portal, set()).add(uid)
    return found


def standing(there: Set[str], here: Set[str]) -> Standing:
    """How a shard's state, which some runs have made, stands to a database's."""
    if there == here:
        return Standing.BESIDE
    if here <= there:
        return Standing.LATER
    return Standing.EARLIER if there < here else Standing.BESIDE
