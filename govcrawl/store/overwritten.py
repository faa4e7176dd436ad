"""Addresses that show another report now: the earlier one stays, at its other address or under its year."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

from sqlite_utils import Database

from govcrawl.model import Report, Source, Status
from govcrawl.reports.narrative import ALIKE, likeness, narrative
from govcrawl.store import bodies
from govcrawl.store.archive_tables import OWN
from govcrawl.store.clock import now
from govcrawl.store.earlier import STANDS
from govcrawl.store.facts import numbers_of
from govcrawl.store.parts import Parts
from govcrawl.store.sqlite import row
from govcrawl.store.stale import hand_over, parted_from

_SHORT = 500  # characters, of which too few pieces are alike to be counted
_SAME = 0.5  # share of the numbers that a corrected title or a body's other name leaves as they were


def make_room(db: Database, report: Report, source: Source) -> bool:
    """Give the report stored from an address another place where its page shows another one now; whether so.

    Inside a transaction, before anything of the new one is written. A report that another address still has
    stands under that one. Without such, another body or year alone is not enough, since titles are
    corrected: numbers or, where there are none, sentences are other ones too.
    """
    known = row(db, "SELECT id, agency_norm, year, sha256, text FROM reports WHERE url = ?", (source.url,))
    if known is None or known["sha256"] == source.sha256 or not source.url.startswith("http"):
        return False
    if not _of_another(known, report):
        return False
    if hand_over(db, known["id"], source.url):
        return True
    if _alike(db, known, report):
        _reunite(db, known["id"], report, source)
        return False
    set_aside(db, known, source.url)
    return True


def _reunite(db: Database, report_id: int, report: Report, source: Source) -> None:
    """Take back a parting: the title was corrected at both addresses, at one after the other."""
    twin = bodies.twin_of(db, report, source)
    if twin is None or not parted_from(db, source.url, twin.report_id):
        return
    compared = bodies.neighbours(db, twin.report_id) - {twin.report_id}
    Parts.delete(db, twin.report_id)
    for table in ("entries", "sources", "versions"):
        db.conn.execute(
            f"UPDATE {table} SET report_id=? WHERE report_id=?",  # noqa: S608 - names of ours
            (report_id, twin.report_id),
        )
    db.conn.execute("DELETE FROM reports WHERE id=?", (twin.report_id,))
    bodies.refresh(db, compared)


def _of_another(known: dict[str, Any], report: Report) -> bool:
    was, is_now = (known["agency_norm"], known["year"]), (report.agency_norm, report.year)
    return was != is_now and None not in (*was, *is_now)


def _alike(db: Database, known: dict[str, Any], report: Report) -> bool:
    before = numbers_of(db, known["id"])
    after = {fact.fact: fact.value for fact in report.facts if fact.status is Status.NUMBER}
    both = [(before[name], after[name]) for name in before if name in after]
    telling = [pair for pair in both if pair != (0, 0)]
    if telling:
        return sum(was == is_now for was, is_now in telling) >= _SAME * len(telling)
    texts = narrative(known["text"]), narrative(report.text)
    if min(map(len, texts)) < _SHORT:
        return SequenceMatcher(None, *texts, autojunk=False).ratio() >= ALIKE
    return likeness(*texts) >= ALIKE


def set_aside(db: Database, known: dict[str, Any], url: str) -> None:
    """Let a report, whose ``id`` and ``year`` are given, stand under its address with its year.

    Inside a transaction: its address has another report.
    """
    aside = f"{url}#{known['year']}"
    while row(db, "SELECT 1 FROM sources WHERE url = ?", (aside,)) is not None:
        aside += "-"
    for setting in ("reports SET url=?", "sources SET url=?", f"readings SET {OWN}, url=?"):
        db.conn.execute(f"UPDATE {setting} WHERE url=?", (aside, url))
    bodies.refresh(db, bodies.neighbours(db, known["id"]))
    db.conn.execute(
        "UPDATE entries SET state='pending', last_error=NULL, report_id=NULL WHERE report_id=? "
        "AND state='stored' AND attempts=0",
        (known["id"],),
    )
    db.conn.execute(
        f"UPDATE reports SET gone_since=? WHERE id=? AND gone_since IS NULL AND NOT {STANDS}",  # noqa: S608
        (now(), known["id"]),
    )
