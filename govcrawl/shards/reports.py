"""Reports carried over: each written once, whatever number of shards has it."""
# ruff: noqa: S608 - only names that stand in this module are put into SQL; values are bound

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from govcrawl.shards.content import Content, Row, delete_report, is_same, write_content
from govcrawl.shards.identity import Told, matched, told_of
from govcrawl.shards.shard import Shard
from govcrawl.shards.versions import carry_versions
from govcrawl.store import bodies
from govcrawl.store.clock import now
from govcrawl.store.overwritten import set_aside
from govcrawl.store.sqlite import row

_ELSEWHERE = """
    SELECT 1 FROM sources s JOIN entries e ON e.url = s.url WHERE s.report_id = ?
    AND e.portal NOT IN (SELECT value FROM json_each(?))
"""


@dataclass(slots=True)
class Carried:
    """What became of a family's reports: their ids here, those to be compared anew, how many are new.

    ``own`` are all their ids, ``shared`` those that portals of another family have as well.
    ``reasons`` say of an address how it was told that its report is one that the database had from another;
    ``asides`` where a report stands now whose address had another one at a later look.
    """

    ids: dict[int, int] = field(default_factory=dict)
    own: set[int] = field(default_factory=set)
    shared: set[int] = field(default_factory=set)
    compared: set[int] = field(default_factory=set)
    reasons: dict[str, str] = field(default_factory=dict)
    asides: dict[str, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)


def carry_reports(db: Database, shard: Shard, keys: str, *, later: bool) -> Carried:
    """Write the reports of some portals (a JSON list) of a shard (inside a transaction).

    ``later``: the shard's state takes the place of the database's, so that what is not in it goes. Else the
    later look at each report counts, and what the other says of it is a version.
    """
    reports = told_of(shard.store.db, keys)
    known = matched(shard.store.db, db, reports)
    carried = Carried(own=set(known.values()))
    if later:
        _forget_others(db, keys, carried)
        _make_room(db, reports, known)
    for one in reports:
        found = row(shard.store.db, "SELECT * FROM reports WHERE id = ?", (one.id,))
        assert found is not None
        content = Content.of(shard.store.db, found)
        content.row["run_id"] = shard.run(found["run_id"])
        carried.ids[one.id] = _carry(db, shard, content, known.get(one.id), carried, later=later)
    return carried


def _forget_others(db: Database, keys: str, carried: Carried) -> None:
    """Take away what is there no more in the later state, as far as no other portal has it."""
    for gone in told_of(db, keys):
        if gone.id not in carried.own and row(db, _ELSEWHERE, (gone.id, keys)) is None:
            carried.compared |= bodies.neighbours(db, gone.id) - {gone.id}
            delete_report(db, gone.id)


def _make_room(db: Database, reports: list[Told], known: dict[int, int]) -> None:
    """Let addresses be free that reports of the database exchange among themselves."""
    for one in reports:
        if one.id in known:
            db.conn.execute(
                "UPDATE reports SET url=url || '#moving' || id WHERE id<>? AND url=? AND id IN "
                f"({', '.join(map(str, known.values()))})",
                (known[one.id], one.url),
            )


def _carry(
    db: Database, shard: Shard, content: Content, known: int | None, carried: Carried, *, later: bool
) -> int:
    """Write a report, or find it written; its id."""
    told, wins, is_twin = content.row, True, False
    if known is not None and not later:
        wins = _is_later(db, known, told)
        known = _parted(db, known, told, carried, wins=wins)
    elif known is None:
        twin = bodies.twin_of(db, *content.as_read()) if bodies.has_rival(db, told) else None
        if twin is not None and twin.report_id not in carried.own:
            known, wins, is_twin = twin.report_id, twin.poorer, True
            carried.shared.add(known)
            carried.reasons[told["url"]] = "stored" if twin.poorer else twin.reason
    before = None if known is None else row(db, "SELECT * FROM reports WHERE id = ?", (known,))
    report_id = known if not wins and known is not None else _write(db, content, before, carried)
    if not (wins or is_twin):
        first = "UPDATE reports SET first_seen=min(first_seen, ?) WHERE id=?"
        db.conn.execute(first, (told["first_seen"], report_id))
    carried.own.add(report_id)
    replace = later and not is_twin
    carry_versions(db, shard, told, report_id, None if is_twin else before, replace=replace, wins=wins)
    return report_id


def _parted(db: Database, known: int, told: Row, carried: Carried, *, wins: bool) -> int | None:
    """The report itself, or None where its address had another body's or year's: the earlier goes aside."""
    before = row(db, "SELECT id, url, agency_norm, year FROM reports WHERE id = ?", (known,))
    assert before is not None
    here, there = ((one["agency_norm"], one["year"]) for one in (before, told))
    if before["url"] != told["url"] or here == there or None in (*here, *there):
        return known
    if wins:
        set_aside(db, before, told["url"])
    else:
        carried.asides[told["url"]] = told["url"] = f"{told['url']}#{told['year']}"
        told["gone_since"] = told["gone_since"] or now()
        found = row(db, "SELECT id FROM reports WHERE url = ?", (told["url"],))
        return None if found is None else int(found["id"])
    return None


def _write(db: Database, content: Content, before: Row | None, carried: Carried) -> int:
    values: dict[str, Any] = {name: content.row[name] for name in content.row if name != "id"}
    if before is not None:
        values["first_seen"] = min(values["first_seen"], before["first_seen"])
        holder = row(db, "SELECT id FROM reports WHERE url = ?", (values["url"],))
        if holder is not None and holder["id"] != before["id"]:
            values["url"] = before["url"]
        if all(before[name] == value for name, value in values.items()):
            return int(before["id"])
        carried.compared |= bodies.neighbours(db, before["id"])
    report_id = write_content(db, before["id"] if before else None, content, values)
    carried.compared |= bodies.neighbours(db, report_id)
    changed = before is not None and not is_same(before, content)
    carried.counts["new" if before is None else "changed" if changed else "same"] += 1
    return report_id


def _is_later(db: Database, known: int, told: Row) -> bool:
    """Whether a shard looked later at the address of a report than what the database knows of it."""
    looked = row(db, "SELECT fetched_at FROM readings WHERE url = ?", (told["url"],)) or row(
        db, "SELECT fetched_at FROM reports WHERE id = ?", (known,)
    )
    return looked is None or bool(told["fetched_at"] > looked["fetched_at"])


def carry_sources(db: Database, shard: Shard, carried: Carried, *, later: bool) -> None:
    """Write the addresses of the reports that were carried over (inside a transaction).

    An address under which another report stands stays that one's.
    """
    for told in _sources(shard, carried):
        told["url"] = carried.asides.get(told["url"], told["url"])
        known = row(db, "SELECT report_id, first_seen, fetched_at FROM sources WHERE url = ?", (told["url"],))
        holder = row(db, "SELECT id FROM reports WHERE url = ?", (told["url"],))
        if holder is not None and holder["id"] != told["report_id"]:
            continue
        if known is None:
            names = ", ".join(told)
            db.conn.execute(
                f"INSERT INTO sources ({names}) VALUES ({', '.join('?' * len(told))})", tuple(told.values())
            )
        elif later or told["fetched_at"] > known["fetched_at"]:
            told["first_seen"] = min(told["first_seen"], known["first_seen"])
            settings = ", ".join(f"{name}=?" for name in told)
            db.conn.execute(f"UPDATE sources SET {settings} WHERE url=?", (*told.values(), told["url"]))
    if later:
        _drop_sources(db, shard, carried)


def _sources(shard: Shard, carried: Carried) -> Iterator[Row]:
    for theirs, ours in carried.ids.items():
        found = shard.store.db.query("SELECT * FROM sources WHERE report_id = ? ORDER BY rowid", (theirs,))
        for told in found:
            reason = carried.reasons.get(told["url"], told["reason"])
            yield {**told, "report_id": ours, "reason": reason}


def _drop_sources(db: Database, shard: Shard, carried: Carried) -> None:
    """Take away addresses that the later state of a report has no more."""
    for theirs, ours in carried.ids.items():
        there = shard.store.db.conn.execute("SELECT url FROM sources WHERE report_id = ?", (theirs,))
        kept = {url for (url,) in there}
        here = db.conn.execute("SELECT url FROM sources WHERE report_id = ?", (ours,)).fetchall()
        gone = [(url, ours) for (url,) in here if url not in kept]
        if ours not in carried.shared:
            db.conn.executemany("DELETE FROM sources WHERE url=? AND report_id=?", gone)
