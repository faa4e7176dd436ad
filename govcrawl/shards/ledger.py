"""The ledger carried over: links with their states, and what their documents were read from."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils import Database

from govcrawl.shards.layout import RUNS
from govcrawl.shards.shard import Shard
from govcrawl.store.earlier import STANDS
from govcrawl.store.sqlite import row, rows

Row = dict[str, Any]

_RANK = ("pending", "blocked", "failed", "rejected", "gone", "stored")  # the most telling last
_FIRST = ("portal", "title", "year", "published", "listing", "reason")  # what the list said that had it first
_OF = """
    url IN (SELECT url FROM entries WHERE portal IN (SELECT value FROM json_each(:keys)) UNION
            SELECT s.url FROM sources s JOIN reports r ON r.id = s.report_id
            WHERE r.portal IN (SELECT value FROM json_each(:keys)))
"""


def carry_entries(db: Database, shard: Shard, keys: str, ids: Mapping[int, int], *, later: bool) -> int:
    """Write the links of some portals (a JSON list, inside a transaction); the number of new ones.

    A link that another portal has listed first stays that one's; its state is that of the later look.
    """
    new = 0
    for told in rows(
        shard.store.db,
        "SELECT * FROM entries WHERE portal IN (SELECT value FROM json_each(?)) ORDER BY rowid",
        (keys,),
    ):
        told = _with_runs(shard, "entries", told)
        told["report_id"] = ids.get(told["report_id"])
        known = row(db, "SELECT * FROM entries WHERE url = ?", (told["url"],))
        if known is None:
            _insert(db, "entries", told)
            new += 1
            continue
        own = known["portal"] == told["portal"]
        if not ((later and own) or _weight(told) > _weight(known)):
            continue
        if not own and known["first_seen"] <= told["first_seen"]:
            told |= {name: known[name] for name in _FIRST}
        told["first_seen"] = min(known["first_seen"], told["first_seen"])
        _update(db, "entries", told)
    return new


def carry_readings(
    db: Database, shard: Shard, keys: str, asides: Mapping[str, str], *, later: bool
) -> None:  # fmt: skip
    """Write what the documents of some portals were read from (inside a transaction)."""
    given = {"keys": keys}
    if later:
        kept = {told["url"] for told in rows(shard.store.db, f"SELECT url FROM readings WHERE {_OF}", given)}
        here = db.conn.execute(
            f"SELECT url FROM readings WHERE portal IN (SELECT value FROM json_each(:keys)) AND {_OF}", given
        ).fetchall()
        gone = [one for one in here if one[0] not in kept]
        db.conn.executemany("DELETE FROM readings WHERE url=?", gone)
    for told in rows(shard.store.db, f"SELECT * FROM readings WHERE {_OF} ORDER BY rowid", given):
        told = _with_runs(shard, "readings", told)
        if (aside := asides.get(told["url"])) is not None:
            told |= {name: told[name] or told["url"] for name in ("name", "answered")}
            told["url"] = aside
        known = row(db, "SELECT fetched_at FROM readings WHERE url = ?", (told["url"],))
        if known is None:
            _insert(db, "readings", told)
        elif later or told["fetched_at"] > known["fetched_at"]:
            _update(db, "readings", told)


def settle_gone(db: Database, report_ids: Iterable[int]) -> None:
    """Take back that reports are gone of which one side knows an address that is there."""
    for report_id in report_ids:
        db.conn.execute(
            f"UPDATE reports SET gone_since=NULL WHERE id=? AND gone_since IS NOT NULL AND {STANDS}",
            (report_id,),
        )


def _weight(told: Row) -> tuple[str, int, int]:
    """Which of two states of a link is the later one."""
    return told["last_seen"], _RANK.index(told["state"]), told["attempts"]


def _with_runs(shard: Shard, table: str, told: Row) -> Row:
    return told | {name: shard.run(told[name]) for name in RUNS[table]}


def _insert(db: Database, table: str, told: Row) -> None:
    names = ", ".join(f"[{name}]" for name in told)
    db.conn.execute(
        f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(told))})", tuple(told.values())
    )


def _update(db: Database, table: str, told: Row) -> None:
    settings = ", ".join(f"[{name}]=?" for name in told)
    db.conn.execute(f"UPDATE {table} SET {settings} WHERE url=?", (*told.values(), told["url"]))
