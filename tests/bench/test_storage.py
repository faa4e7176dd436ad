"""What the store does with a report: bytes, writing many to a transaction, indexing, one to a transaction.

Reports are copies of a generated pool, each of another body, made before the clock runs. The baseline of the
same run is SQLite with the texts alone: one row a report, as many to a transaction.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from time import process_time

import pytest

from govcrawl.store import Store
from govcrawl.store.bulk import Found, loading, put_reports
from govcrawl.store.indexing import catch_up
from govcrawl.store.sqlite import write
from tests.bench.results import keep, ratio
from tests.bulk.pool import Pool
from tests.bulk.reports import Made

REPORTS = int(os.environ.get("GOVCRAWL_BENCH_REPORTS", "5000"))
_BATCH = 250
_ROUNDS, _FEW = 5, 100


def _many(store: Store, batch: Sequence[Made], run_id: int) -> None:
    with loading(store.db), write(store.db) as db:
        put_reports(db, [Found(one.report, one.source, one.entry) for one in batch], run_id=run_id)


def _single(store: Store, batch: Sequence[Made], run_id: int) -> None:
    for one in batch:
        store.save_report(one.report, one.source, entry=one.entry, run_id=run_id)


def _texts(db: sqlite3.Connection, batch: Sequence[Made]) -> None:
    with db:
        db.executemany("INSERT INTO texts VALUES (NULL, ?)", [(one.report.text,) for one in batch])


@pytest.mark.bench
def test_bytes_and_rates(tmp_path: Path) -> None:
    copies = Pool.of(500).copies()
    plain = sqlite3.connect(tmp_path / "texts.db")
    plain.execute("PRAGMA journal_mode=WAL")
    plain.execute("CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT)")
    spent: dict[str, list[float]] = {"many": [], "texts": [], "single": []}
    characters = written = 0
    with Store.open(tmp_path / "g.db") as store:
        run_id = store.start_run("generated", {})
        while written < REPORTS:
            batch = list(islice(copies, _BATCH))
            written += len(batch)
            characters += sum(len(one.report.text.encode()) for one in batch)
            spent["many"].append(_timed(lambda own=batch: _many(store, own, run_id)))  # type: ignore[misc]
            spent["texts"].append(_timed(lambda own=batch: _texts(plain, own)))  # type: ignore[misc]
        size = _size(store)
        indexing = _timed(lambda: catch_up(store.db))
        indexed = _size(store)
        for _ in range(_ROUNDS):
            batch = list(islice(copies, _FEW))
            spent["single"].append(_timed(lambda own=batch: _single(store, own, run_id)))  # type: ignore[misc]
        assert store.count("reports") == written + _FEW * _ROUNDS
    told = {
        "reports": written,
        "bytes_a_report": round(indexed / written),
        "bytes_a_report_without_index": round(size / written),
        "text_bytes_a_report": round(characters / written),
        "reports_a_processor_second_many": round(written / sum(spent["many"])),
        "reports_a_processor_second_indexed": round(written / indexing),
        "reports_a_processor_second_single": round(_FEW * _ROUNDS / sum(spent["single"])),
    }
    times = [many / texts for many, texts in zip(spent["many"], spent["texts"], strict=True)]
    singly = [_BATCH * one / _FEW / median(spent["many"]) for one in spent["single"]]
    keep(
        "storage",
        [
            ratio("time of storing, 250 to a transaction", "SQLite with the texts alone", times, less=True),
            ratio(
                "time of storing, one to a transaction, indexed", "250 to a transaction", singly, less=True
            ),
        ],
        told,
    )
    print(json.dumps(told, indent=1))


def _timed(act: Callable[[], object]) -> float:
    begun = process_time()
    act()
    return process_time() - begun


def _size(store: Store) -> int:
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return store.path.stat().st_size
