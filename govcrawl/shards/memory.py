"""What is remembered of portals carried over: their runs, pages, lists, refusals, hosts and validators."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

from collections.abc import Set
from typing import Any

from sqlite_utils import Database

from govcrawl.shards.layout import RUNS
from govcrawl.shards.shard import Shard
from govcrawl.store.sqlite import row, rows

Row = dict[str, Any]

_IN = "IN (SELECT value FROM json_each(:keys))"
_BEST = ("complete", "empty", "incomplete", "blocked", "unreachable")


def carry_portals(db: Database, shard: Shard, keys: str, *, later: bool) -> None:
    """Write portals (a JSON list) and what runs found at them (inside a transaction)."""
    for told in _told(shard, "portals", f"key {_IN}", keys):
        known = row(db, "SELECT * FROM portals WHERE key = ?", (told["key"],))
        if known is not None:
            runs = (told["last_run"] or 0, known["last_run"] or 0)
            first = min(told["first_seen"], known["first_seen"])
            newer = told if later or runs[0] > runs[1] else known
            told = newer | {"first_seen": first, "last_run": max(runs) or None}
        _put(db, "portals", told, "key")
    for told in _told(shard, "portal_runs", f"portal {_IN}", keys):
        known = row(
            db,
            "SELECT * FROM portal_runs WHERE run_id = ? AND portal = ?",
            (told["run_id"], told["portal"]),
        )
        if known is None or later or _fullness(told) > _fullness(known):
            _put(db, "portal_runs", told, "run_id, portal")


def carry_pages(db: Database, shard: Shard, keys: str, *, later: bool) -> None:
    """Write the pages and lists of portals, what is missing of them and who refused (in a transaction)."""
    if later:
        for table in ("pages", "listings", "shortfalls"):
            db.conn.execute(f"DELETE FROM {table} WHERE portal {_IN}", {"keys": keys})
    for told in _told(shard, "pages", f"portal {_IN}", keys):
        known = row(db, "SELECT * FROM pages WHERE portal = ? AND url = ?", (told["portal"], told["url"]))
        if known is None or told["last_seen"] > known["last_seen"]:
            first = min(told["first_seen"], known["first_seen"]) if known else told["first_seen"]
            _put(db, "pages", told | {"first_seen": first}, "portal, url")
    for table in ("listings", "shortfalls"):
        _carry_looks(db, shard, table, keys)
    _carry_refusals(db, shard, keys)


def _carry_looks(db: Database, shard: Shard, table: str, keys: str) -> None:
    """Write what a portal's last whole look gave, unless the database knows of a later one."""
    found: dict[str, list[Row]] = {}
    for told in _told(shard, table, f"portal {_IN}", keys):
        found.setdefault(told["portal"], []).append(told)
    for portal, there in found.items():
        (here,) = db.conn.execute(f"SELECT max(run_id) FROM {table} WHERE portal = ?", (portal,)).fetchone()
        (last,) = db.conn.execute(
            "SELECT max(run_id) FROM portal_runs WHERE portal = ? AND outcome = 'complete'", (portal,)
        ).fetchone()
        theirs = max(told["run_id"] or 0 for told in there)
        if theirs < (here or 0) or (table == "shortfalls" and here is None and theirs <= (last or 0)):
            continue
        if theirs > (here or 0):
            db.conn.execute(f"DELETE FROM {table} WHERE portal = ?", (portal,))
        for told in there:
            _put(db, table, told, "portal, url" + (", said" if table == "shortfalls" else ""))


def _carry_refusals(db: Database, shard: Shard, keys: str) -> None:
    """Write refusals; those of a portal's run that the database knows are all there already."""
    known = {
        (told["run_id"], told["portal"])
        for told in rows(
            db, f"SELECT DISTINCT run_id, portal FROM refusals WHERE portal {_IN}", {"keys": keys}
        )
    }
    for told in _told(shard, "refusals", f"portal {_IN}", keys):
        if (told["run_id"], told["portal"]) not in known:
            _put(db, "refusals", {name: told[name] for name in told if name != "id"}, "id")


def carry_hosts(db: Database, shard: Shard) -> None:
    """Write what is known of hosts (inside a transaction): the later exception, the most requests of a day.

    A host's requests of a day are those of the crawl that asked it: two shards never ask one host.
    """
    for told in _told(shard, "host_exceptions", "1", "[]"):
        key = (told["host"], told["kind"])
        known = row(db, "SELECT since FROM host_exceptions WHERE host = ? AND kind = ?", key)
        if known is None or told["since"] > known["since"]:
            _put(db, "host_exceptions", told, "host, kind")
    db.conn.executemany(
        "INSERT INTO host_days (host, day, requests) VALUES (?, ?, ?) ON CONFLICT (host, day) "
        "DO UPDATE SET requests = max(requests, excluded.requests)",
        shard.store.db.conn.execute("SELECT host, day, requests FROM host_days").fetchall(),
    )


def carry_validators(db: Database, shard: Shard, without: Set[str]) -> None:
    """Write what servers know pages by, the later of two (inside a transaction), ``without`` some pages."""
    for told in _told(shard, "validators", "1", "[]"):
        known = row(db, "SELECT asked_at FROM validators WHERE url = ?", (told["url"],))
        if told["url"] not in without and (known is None or told["asked_at"] > known["asked_at"]):
            _put(db, "validators", told, "url")


def _fullness(told: Row) -> tuple[int, int]:
    """Which of two rows of one run tells of the whole crawl: a part that was killed asked less."""
    return -_BEST.index(told["outcome"]), told["requests"]


def _told(shard: Shard, table: str, where: str, keys: str) -> list[Row]:
    """Rows of a shard in the order in which they were written, with the ids that runs have here."""
    order = "host, day" if table == "host_days" else "rowid"
    found = rows(shard.store.db, f"SELECT * FROM {table} WHERE {where} ORDER BY {order}", {"keys": keys})
    return [told | {name: shard.run(told[name]) for name in RUNS.get(table, ())} for told in found]


def _put(db: Database, table: str, told: Row, key: str) -> None:
    """Insert a row or write it over the one with its key."""
    settings = ", ".join(f"[{name}]=excluded.[{name}]" for name in told)
    db.conn.execute(
        f"INSERT INTO {table} ({', '.join(f'[{name}]' for name in told)}) "
        f"VALUES ({', '.join('?' * len(told))}) ON CONFLICT ({key}) DO UPDATE SET {settings}",
        tuple(told.values()),
    )
