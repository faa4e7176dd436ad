"""Growth of one database: ``python -m tests.bench.growth --to DIR --marks 1000,10000,100000``.

Generated reports, copies of a pool (``tests.bulk.pool``) and marked as such, are stored 250 to a transaction
by one process. At each mark the database is measured: bytes, rates, memory, and the time of questions and of an
export. Seconds are those of a processor; what is generated is made before the clock runs. SQLite with the texts
alone, written in the same minutes, tells how fast the machine was.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import click

from govcrawl.search import search
from govcrawl.store import Store
from govcrawl.store.bulk import Found, loading, put_reports
from govcrawl.store.indexing import catch_up
from govcrawl.store.sqlite import write
from govcrawl.store.sums import by_year, sum_up
from tests.bulk.pool import Pool
from tests.bulk.reports import Made

FACT = "application.received_new:total"
QUERIES = ("二维码", "不予公开", "依申请公开", "稳岗就业", "公开", "第12号文印发", "没有的词")
_BATCH = 250
_ROUNDS = 15
_BODY = "SELECT portal, agency_norm FROM reports WHERE id = ?"
_SERIES = """
    SELECT r.year, f.value FROM reports r JOIN facts f ON f.report_id = r.id
    WHERE r.portal = ? AND r.agency_norm = ? AND r.year BETWEEN 2008 AND 2025 AND f.fact = ? ORDER BY r.year
"""
_CHILD = """
import resource, sys, time
from govcrawl.cli import main
begun = time.time()
main(sys.argv[1:], standalone_mode=False)
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]  # one at most
processor = sum(own.ru_utime + own.ru_stime for own in used)
print(processor, time.time() - begun, sum(own.ru_maxrss for own in used))
"""


@click.command()
@click.option("--to", "folder", required=True, type=click.Path(path_type=Path), help="A new folder.")
@click.option("--marks", default="1000,10000,100000", show_default=True)
@click.option("--index-to", default=100_000, show_default=True, help="No search index above so many reports.")
@click.option("--export-to", default=100_000, show_default=True, help="No export above so many reports.")
def main(folder: Path, marks: str, index_to: int, export_to: int) -> None:
    """Fill a database and write DIR/growth.json, mark by mark."""
    folder.mkdir(parents=True)
    told: dict[str, Any] = {"machine": f"{platform.machine()}, {os.cpu_count()} processors", "marks": []}
    with Store.open(folder / "govcrawl.db") as store:
        told |= {"python": platform.python_version()}
        (told["sqlite"],) = store.db.conn.execute("SELECT sqlite_version()").fetchone()
        run_id = store.start_run("generated", {"pool": "500"})
        copies, written = Pool.of(500).copies(), 0
        for mark in map(int, marks.split(",")):
            spent, plain = _fill(store, copies, mark - written, run_id)
            found = {"reports": mark, "written_a_second": round((mark - written) / spent)}
            found["times_texts_alone"] = round(spent / plain, 1)
            written = mark
            found |= _measured(store, index=mark <= index_to)
            if mark <= export_to:
                found |= _exported(folder, mark)
            told["marks"].append(found)
            click.echo(json.dumps(found, ensure_ascii=False))
            (folder / "growth.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _fill(store: Store, copies: Iterator[Made], reports: int, run_id: int) -> tuple[float, float]:
    """Seconds of a processor that storing so many reports took, and their texts alone."""
    spent = alone = 0.0
    plain = sqlite3.connect(store.path.with_name("texts.db"))
    plain.execute("PRAGMA journal_mode=WAL")
    plain.execute("CREATE TABLE IF NOT EXISTS texts (id INTEGER PRIMARY KEY, text TEXT)")
    with loading(store.db), closing(plain):
        while reports > 0:
            batch = [Found(one.report, one.source, one.entry) for one in islice(copies, min(_BATCH, reports))]
            reports -= len(batch)
            begun = process_time()
            with write(store.db) as db:
                put_reports(db, batch, run_id=run_id)
            spent += process_time() - begun
            alone += _timed(lambda own=batch: _texts(plain, own))  # type: ignore[misc]
    return spent, alone


def _texts(plain: sqlite3.Connection, batch: list[Found]) -> None:
    with plain:
        plain.executemany("INSERT INTO texts (text) VALUES (?)", [(one.report.text,) for one in batch])


def _measured(store: Store, *, index: bool) -> dict[str, Any]:
    reports = store.count("reports")
    found: dict[str, Any] = {}
    if not store.count("search_docs"):
        found["bytes_a_report_without_index"] = _size(store) // reports
    with loading(store.db):
        found["seconds_of_sums"] = round(_timed(lambda: sum_up(store.db)), 1)
        if index:
            found["seconds_of_index"] = round(_timed(lambda: catch_up(store.db)), 1)
    found["bytes_a_report"] = _size(store) // reports
    found["megabytes_of_memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    found["ms_series_of_a_body"] = _middle([lambda n=n: _series(store, n) for n in _some(reports)])
    found["ms_fact_over_years"] = _middle([lambda: by_year(store.db, FACT)] * _ROUNDS)
    if index:
        found["ms_search"] = {
            query: _middle([lambda query=query: search(store.db, query)] * 3) for query in QUERIES
        }
    return found


def _exported(folder: Path, mark: int) -> dict[str, Any]:
    """A full export as Parquet by a process of its own."""
    to = folder / f"parquet{mark}"
    command = ["export", "--format", "parquet", "--output", str(folder), "--to", str(to)]
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, *command], check=True, capture_output=True, text=True
    )
    seconds, clock, memory = done.stdout.split()[-3:]
    return {
        "seconds_of_export": round(float(seconds), 1),
        "seconds_of_export_by_the_clock": round(float(clock), 1),
        "megabytes_of_memory_of_export": int(memory) // 1024,
        "bytes_a_report_of_export": sum(p.stat().st_size for p in to.rglob("*") if p.is_file()) // mark,
    }


def _some(reports: int) -> list[int]:
    return [1 + number * (reports - 1) // _ROUNDS for number in range(_ROUNDS)]


def _series(store: Store, report_id: int) -> None:
    body = store.db.conn.execute(_BODY, (report_id,)).fetchone()
    store.db.conn.execute(_SERIES, (*body, FACT)).fetchall()


def _size(store: Store) -> int:
    store.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return store.path.stat().st_size


def _timed(action: Callable[[], object]) -> float:
    begun = process_time()
    action()
    return process_time() - begun


def _middle(actions: list[Callable[[], object]]) -> float:
    return round(median(map(_timed, actions)) * 1000, 1)


if __name__ == "__main__":
    main()
