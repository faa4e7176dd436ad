"""What the store does with a report: bytes, writing many to a transaction, indexing, one to a transaction.

Reports are copies of a generated pool, each of another body, made before the clock runs. The baseline of the
same run is SQLite with the texts alone: one row a report, as many to a transaction.
"""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from time import process_time

import pytest

from govcrawl.store import Store
from govcrawl.store.bulk import Found, loading, put_reports
from govcrawl.store.indexing import catch_up
from govcrawl.store.sqlite import write
from tests.bulk.pool import Pool
from tests.bulk.reports import Made

REPORTS = int(os.environ.get("GOVCRAWL_BENCH_REPORTS", "5000"))
RESULTS = os.environ.get("GOVCRAWL_BENCH_RESULTS")
_BATCH = 250
_ROUNDS = 5


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
    spent = {"many": 0.0, "texts": 0.0, "single": 0.0}
    characters = written = 0
    with Store.open(tmp_path / "g.db") as store:
        run_id = store.start_run("generated", {})
        while written < REPORTS:
            batch = list(islice(copies, _BATCH))
            written += len(batch)
            characters += sum(len(one.report.text.encode()) for one in batch)
            for name, act in (
                ("many", lambda own: _many(store, own, run_id)),
                ("texts", lambda own: _texts(plain, own)),
            ):
                begun = process_time()
                act(batch)
                spent[name] += process_time() - begun
        store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = (tmp_path / "g.db").stat().st_size
        begun = process_time()
        catch_up(store.db)
        indexing = process_time() - begun
        store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        indexed = (tmp_path / "g.db").stat().st_size
        for _ in range(_ROUNDS):
            batch = list(islice(copies, 100))
            begun = process_time()
            _single(store, batch, run_id)
            spent["single"] += process_time() - begun
        (build,) = store.db.conn.execute("SELECT sqlite_version()").fetchone()
        assert store.count("reports") == written + 100 * _ROUNDS
    told = {
        "reports": written,
        "bytes_a_report": round(indexed / written),
        "bytes_a_report_without_index": round(size / written),
        "text_bytes_a_report": round(characters / written),
        "reports_a_processor_second_many": round(written / spent["many"]),
        "reports_a_processor_second_indexed": round(written / indexing),
        "reports_a_processor_second_single": round(100 * _ROUNDS / spent["single"]),
        "times_texts_alone": round(spent["many"] / spent["texts"], 1),
        "python": platform.python_version(),
        "sqlite": build,
        "machine": f"{platform.machine()}, {os.cpu_count()} processors",
    }
    print(json.dumps(told, indent=1))
    if RESULTS:
        Path(RESULTS).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
