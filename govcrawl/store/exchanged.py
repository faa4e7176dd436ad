"""Reports that have exchanged their addresses: each page shows the report that is stored from the next."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from govcrawl import EXTRACTOR
from govcrawl.model import Entry, EntryState, Report, Source
from govcrawl.store.bodies import SHOWS
from govcrawl.store.ledger import entry_of, note_there
from govcrawl.store.retries import note_outcome
from govcrawl.store.sqlite import row, write
from govcrawl.store.writing import take_over

_WHY = "moved here: reports have exchanged their addresses"
_UNSEEN = """
    SELECT e.* FROM reports r JOIN entries e ON e.url = r.url
    WHERE r.id IN (SELECT value FROM json_each(:ids)) AND e.looked_run IS NOT :run
    AND e.state IN ('stored', 'gone') AND e.attempts > 0 ORDER BY e.rowid
"""
_STILL = """
    SELECT 1 FROM reports r JOIN entries e ON e.url = r.url
    WHERE r.url = ? AND e.looked_run = ? AND (e.doubted IS NOT NULL OR e.state = 'gone')
    AND instr(e.last_error, ?)
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page showed in the place of the report stored from it: another stored one, as it reads there."""

    report_id: int
    report: Report
    source: Source


def unseen(db: Database, report_ids: Iterable[int], run_id: int) -> list[Entry]:
    """The links under which reports are stored that a run has not looked at."""
    given = {"ids": json.dumps(sorted(set(report_ids))), "run": run_id}
    return [entry_of(known) for known in db.query(_UNSEEN, given)]


def exchange(db: Database, shown: Mapping[str, Shown], run_id: int) -> list[str]:
    """Let reports stand under the addresses that show them, one transaction a ring; these addresses.

    ``shown`` is what a run has found by address. Only whole rings count: where a report's own address still
    has it, a page that shows it too is a mistake or a second one, and stays in doubt.
    """
    after = dict(_following(db, shown, run_id))
    moved: list[str] = []
    for ring in _rings(after):
        with write(db):
            _turn(db, {url: shown[url] for url in ring}, run_id)
        moved += ring
    return moved


def _following(db: Database, shown: Mapping[str, Shown], run_id: int) -> Iterator[tuple[str, str]]:
    """(address, the one under which the report stands that it shows), both looked at and in doubt."""
    still = {url for url in shown if row(db, _STILL, (url, run_id, SHOWS)) is not None}
    for url in still:
        known = row(db, "SELECT url FROM reports WHERE id = ?", (shown[url].report_id,))
        if known is not None and known["url"] in still:
            yield url, known["url"]


def _rings(after: Mapping[str, str]) -> Iterator[list[str]]:
    done: set[str] = set()
    for start in sorted(after):
        path: list[str] = []
        at = start
        while at in after and at not in done:
            done.add(at)
            path.append(at)
            at = after[at]
        if at in path:
            yield path[path.index(at) :]


def _turn(db: Database, ring: Mapping[str, Shown], run_id: int) -> None:
    for url, one in ring.items():
        db.conn.execute("UPDATE reports SET url=url || '#' || id WHERE id=?", (one.report_id,))  # makes room
        db.conn.execute(
            "UPDATE entries SET state='stored', last_error=NULL, doubted=NULL, report_id=? WHERE url=?",
            (one.report_id, url),
        )
        note_outcome(db, url, EntryState.STORED)
    for one in ring.values():
        take_over(db, one.report_id, one.report, one.source, run_id=run_id, extractor=EXTRACTOR, reason=_WHY)
        note_there(db, one.report_id)
