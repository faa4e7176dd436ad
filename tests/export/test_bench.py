"""20,000 reports in every format: less than 60 seconds of one processor, less than 1 GB of memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

_EXPORT = """
import json, resource, sys, time
from pathlib import Path
from govcrawl.export import export
from govcrawl.store import Store

begun = time.perf_counter()
with Store.open(Path(sys.argv[1])) as store:
    done = export(store, sys.argv[2], Path(sys.argv[3]))
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]  # one at most
print(json.dumps({
    "reports": done.counts["reports"], "wall": time.perf_counter() - begun,
    "cpu": sum(own.ru_utime + own.ru_stime for own in used), "mb": sum(own.ru_maxrss for own in used) / 1024,
}))
"""
REPORTS = 20_000


@pytest.mark.bench
@pytest.mark.parametrize("format_", ["csv", "jsonl", "parquet", "duckdb", "dta", "xlsx"])
def test_twenty_thousand_reports_take_a_minute(large: Path, tmp_path: Path, format_: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _EXPORT, str(large), format_, str(tmp_path / "out")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    told = json.loads(done.stdout)
    size = sum(path.stat().st_size for path in (tmp_path / "out").rglob("*") if path.is_file()) / 1e6
    print(
        f"{format_}: {told['wall']:.0f} s, {told['cpu']:.0f} s of a processor, {told['mb']:.0f} MB, {size:.0f} MB written"
    )
    assert told["reports"] == REPORTS
    assert told["cpu"] < 60
    assert told["mb"] < 1000


@pytest.mark.bench
def test_two_duckdb_files_of_twenty_thousand_reports_are_the_same(large: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        subprocess.run(
            [sys.executable, "-c", _EXPORT, str(large), "duckdb", str(tmp_path / name)], check=True
        )
    one, two = ((tmp_path / name / "govcrawl.duckdb").read_bytes() for name in ("one", "two"))
    assert one == two
