"""Search by the index, beside SQLite looking through every text, on generated reports.

What a scan takes does not depend on the words; what the index takes does, so that pieces of one to eight
characters are taken at random from the texts.
"""

from __future__ import annotations

import os
import statistics
from itertools import islice
from pathlib import Path
from random import Random
from time import process_time

import pytest

from govcrawl.search import search
from govcrawl.store import Store
from govcrawl.store.bulk import Found, loading, put_reports
from govcrawl.store.indexing import catch_up
from govcrawl.store.sqlite import write
from tests.bench.results import keep, ratio
from tests.bulk.pool import Pool

REPORTS = int(os.environ.get("GOVCRAWL_BENCH_REPORTS", "5000"))
_ROUNDS = 5
_PIECES = 40  # a round
_BATCH = 250
_MS = 50.0  # for one query on 20,000 reports


def filled(store: Store, reports: int) -> list[str]:
    """Store generated reports and index them; the texts of some of them."""
    copies, run_id, texts = Pool.of(500).copies(), store.start_run("generated", {}), list[str]()
    with loading(store.db):
        for _ in range(0, reports, _BATCH):
            batch = list(islice(copies, _BATCH))
            texts.append(batch[0].report.text)
            with write(store.db) as db:
                put_reports(db, [Found(one.report, one.source, one.entry) for one in batch], run_id=run_id)
        catch_up(store.db)
    return texts


def pieces(texts: list[str], rng: Random) -> list[str]:
    """Pieces of one to eight characters, none of them white space alone."""
    found: list[str] = []
    while len(found) < _PIECES:
        text = rng.choice(texts)
        place = rng.randrange(len(text))
        piece = text[place : place + rng.randint(1, 8)]
        if piece.strip():
            found.append(piece)
    return found


@pytest.mark.bench
def test_searching_against_a_scan(tmp_path: Path) -> None:
    rng = Random(8)
    with Store.open(tmp_path / "g.db") as store:
        texts = filled(store, REPORTS)
        ratios, taken = list[float](), list[float]()
        for _ in range(_ROUNDS):
            own = []
            for piece in pieces(texts, rng):
                begun = process_time()
                search(store.db, piece)
                own.append(process_time() - begun)
            begun = process_time()
            store.db.conn.execute("SELECT count(*) FROM reports WHERE instr(text, '没有的词')").fetchone()
            ratios.append((process_time() - begun) / statistics.median(own))
            taken += own
    middle = statistics.median(taken) * 1000
    more = {"reports": REPORTS, "median_ms": middle, "slowest_ms": max(taken) * 1000, "wanted_ms": _MS}
    keep("searching", [ratio("speed of a search", "SQLite looking through all texts", ratios)], more)
    print(f"{middle:.1f} ms in the median, {max(taken) * 1000:.1f} at most, {REPORTS} reports")
