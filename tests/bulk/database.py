"""A database filled through the store's own writing, many reports to a transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter

from sqlite_utils import Database

from govcrawl.model import Entry, EntryState, Portal
from govcrawl.registry import load
from govcrawl.store import Store, runs
from govcrawl.store.bulk import Found, loading, put_reports
from govcrawl.store.indexing import catch_up
from govcrawl.store.ledger import settle
from govcrawl.store.sqlite import write
from govcrawl.store.sums import sum_up
from tests.bulk.bodies import HOST, Body, bodies
from tests.bulk.reports import Made as MadeReport
from tests.bulk.reports import make_report

_BATCH = 250
_CHANGED = 0.02
_ABSENT = 0.06  # share of a body's years without a report
_STAMP = "2026-02-03T04:05:06Z"
_LEDGER = (
    (EntryState.FAILED, "timeout after 3 attempts"),
    (EntryState.BLOCKED, "the host asks for a puzzle"),
    (EntryState.REJECTED, "no annual report: a notice on how to write one"),
    (EntryState.GONE, "404"),
    (EntryState.PENDING, None),
)


@dataclass(slots=True)
class Made:
    """What was written: reports, entries without one, bodies, seconds that it took."""

    reports: int = 0
    changed: int = 0
    others: int = 0
    portals: dict[str, Portal] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Reports a second."""
        return self.reports / self.seconds if self.seconds else 0.0


def make_database(path: Path, reports: int, *, seed: int = 1) -> Made:
    """Fill a new database with generated reports; the same seed gives the same rows.

    What is written says so: ``runs.command`` is ``generated``, the addresses are of a host that cannot
    exist, each report's ``evidence`` names this program. FileExistsError when the file is there.
    """
    if path.exists():
        raise FileExistsError(f"{path}: is there already; name a new file")
    started, made = perf_counter(), Made()
    with Store.open(path) as store, loading(store.db):
        run_id = store.start_run("generated", {"reports": str(reports), "seed": str(seed)})
        work = _until(_reports(seed), reports)
        while batch := list(islice(work, _BATCH)):
            _write(store, batch, run_id, made)
        for number, portal in enumerate(made.portals.values()):
            outcome, reason = ("incomplete", "2 links failed") if number % 7 == 3 else ("complete", None)
            store.note_portal_run(run_id, portal, outcome=outcome, reason=reason, counts={"requests": 40})
        store.finish_run(
            run_id,
            verdict="incomplete",
            exit_status=3,
            counts={"reports_new": made.reports, "reports_changed": made.changed},
            detail={"generated": True, "seed": seed},
        )
        catch_up(store.db)
        sum_up(store.db)
        _same_times(store)
        store.db.execute("ANALYZE")
    made.seconds = perf_counter() - started
    return made


def _reports(seed: int) -> Iterator[tuple[Body, MadeReport | int]]:
    """Reports, and the years of which a body's report is not there."""
    for body in bodies(load(), seed):
        rng = Random(f"{seed} years {body.portal.key} {body.slug}")
        for year in range(body.first, body.last + 1):
            if rng.random() < _ABSENT:
                yield body, year
            else:
                yield body, make_report(body, year, seed, changed=rng.random() < _CHANGED)


def _write(store: Store, batch: list[tuple[Body, MadeReport | int]], run_id: int, made: Made) -> None:
    found: list[Found] = []
    with write(store.db) as db:
        for body, one in batch:
            if body.portal.key not in made.portals:
                runs.note_portal(db, body.portal, run_id)
                made.portals[body.portal.key] = body.portal
            if isinstance(one, int):
                _leave_out(db, body, one, run_id)
                made.others += 1
                continue
            if one.before is not None:
                found.append(Found(*one.before))
                made.changed += 1
            found.append(Found(one.report, one.source, one.entry))
            made.reports += 1
        put_reports(db, found, run_id=run_id)


def _leave_out(db: Database, body: Body, year: int, run_id: int) -> None:
    """A link without a report, in one of the states that it can be in; of some years there is none."""
    number = year + len(body.name)
    if number % (len(_LEDGER) + 1) == len(_LEDGER):
        return
    state, reason = _LEDGER[number % (len(_LEDGER) + 1)]
    url = f"http://{HOST}/{body.portal.key}/{body.slug}/{year}/absent.html"
    title = f"{body.name}{year}年政府信息公开工作年度报告"
    settle(db, Entry(url, body.portal.key, title, year), state, reason=reason, run_id=run_id)


def _until(
    work: Iterator[tuple[Body, MadeReport | int]], reports: int
) -> Iterator[tuple[Body, MadeReport | int]]:
    """The work up to that many reports."""
    for body, one in work if reports else ():
        yield body, one
        reports -= not isinstance(one, int)
        if not reports:
            return


def _same_times(store: Store) -> None:
    """The moment of making and the number drawn for the run are no part of what a seed gives."""
    with write(store.db) as db:
        db.conn.execute("UPDATE entries SET first_seen=?, last_seen=?", (_STAMP, _STAMP))
        db.conn.execute("UPDATE entries SET next_try=? WHERE next_try IS NOT NULL", (_STAMP,))
        db.conn.execute("UPDATE entries SET doubted=? WHERE doubted IS NOT NULL", (_STAMP,))
        db.conn.execute("UPDATE versions SET replaced_at=?", (_STAMP,))
        db.conn.execute("UPDATE portals SET first_seen=?", (_STAMP,))
        db.conn.execute(
            "UPDATE runs SET uid='generated ' || arguments, started=?, finished=?", (_STAMP, _STAMP)
        )
