"""Exports of generated reports, beside pandas writing the reports, facts and checks of the same database.

pandas writes three tables in the order in which they are stored; an export writes a dozen, sorted, with
coverage, panel, codebook, data card and manifest, and judges what is missing.
"""

from __future__ import annotations

import os
import resource
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import rmtree
from time import process_time

import pandas as pd
import pytest

from govcrawl.export import export, shares
from govcrawl.store import Store
from tests.bench.results import Ratio, keep, ratio
from tests.bench.test_searching import filled

REPORTS = int(os.environ.get("GOVCRAWL_BENCH_REPORTS", "5000")) // 5
_ROUNDS = 5
_TABLES = ("reports", "facts", "checks")


def by_pandas(database: Path, folder: Path, format_: str) -> None:
    """The three tables as files of a format."""
    folder.mkdir()
    with closing(sqlite3.connect(database)) as db:
        for name in _TABLES:
            frame = pd.read_sql_query(f"SELECT * FROM {name}", db)
            path = folder / f"{name}.{format_}"
            if format_ == "parquet":
                plain = frame.astype({own: "string" for own in frame if frame[own].dtype == object})
                plain.to_parquet(path, compression="zstd", index=False)
            elif format_ == "csv":
                frame.to_csv(path, index=False)
            else:
                frame.to_json(path, orient="records", lines=True, force_ascii=False)


def seconds(act: Callable[[], object]) -> float:
    """Of a processor."""
    begun = process_time()
    act()
    return process_time() - begun


@pytest.mark.bench
def test_exporting_against_pandas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "processes_by_default", lambda: 1)  # so that one process is all there is
    ratios, taken = list[Ratio](), dict[str, float]()
    with Store.open(tmp_path / "g.db") as store:
        filled(store, REPORTS)
        store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for format_ in ("csv", "jsonl", "parquet"):
            rounds, own = list[float](), list[float]()
            for _ in range(_ROUNDS):
                whole, plain = tmp_path / "whole", tmp_path / "plain"
                own.append(seconds(lambda to=whole, name=format_: export(store, name, to)))  # type: ignore[misc]
                other = seconds(lambda to=plain, name=format_: by_pandas(store.path, to, name))  # type: ignore[misc]
                rounds.append(other / own[-1])
                rmtree(whole)
                rmtree(plain)
            taken[format_] = 1000 * min(own) / REPORTS
            ratios.append(ratio(f"speed of an export as {format_}", "pandas writing three tables", rounds))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    more = {"reports": REPORTS, "ms_a_report": taken, "megabytes_of_memory_with_pandas": memory}
    keep("exporting", ratios, more, ("pandas", "pyarrow"))
