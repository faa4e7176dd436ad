"""Re-reading an archive on two cores, against one core in the same run: how much faster, and the same rows.

Pages are those of ``reading_pages``, each page once, archived and stored before the clock runs; both runs are the command
itself on a copy of the database. The clock is the wall's, so other work on the machine counts: beside it stands
what the processor time of the two runs allows, which other work changes little, and what two cores do for
processes that only compute: cores that share their parts are slower side by side.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import pytest

from govcrawl.archive import Archive
from govcrawl.model import Given, Source
from govcrawl.reading import Readers, task_of
from govcrawl.store import Store
from govcrawl.store.clock import now
from tests.bench.processes import Taken, taken
from tests.bench.reading_pages import round_of
from tests.bench.results import keep, ratio
from tests.bench.test_reading import is_report
from tests.crawl.manners import PROJECT

PAGES = int(os.environ.get("GOVCRAWL_BENCH_PAGES", "1000"))
ROUNDS = int(os.environ.get("GOVCRAWL_BENCH_ROUNDS", "3"))
# The command as ever, and at its end the processor time of the process that writes.
_COMMAND = """
import sys, time
from govcrawl.cli import main
main(sys.argv[1:], standalone_mode=False)
print(time.process_time(), file=sys.stderr)
"""
_SUMS = "sum(range(60_000_000))"
WANTED = 1.9
_CONTENT = (
    *("reports", "sources", "entries", "versions", "fact_lists", "fact_prints", "fact_forms", "fact_places"),
    *(
        "section_places",
        "table_places",
        "check_ids",
        "check_places",
        "check_lists",
        "statements",
        "findings",
        "removals",
    ),
    *("attachments", "records"),
)


def pages() -> Iterator[bytes]:
    """As many as are asked for, each of another office's form, name and numbers."""
    for number in count():
        yield from round_of(number, is_report)


def filled(output: Path, number: int) -> None:
    """Archive and store so many pages, each of another portal: two of one body would be compared."""
    with (
        Store.open(output / "govcrawl.db") as store,
        Archive(output / "archive") as archive,
        Readers(processes=0) as readers,  # a child of this process would be waited for as one of a command
    ):
        run_id = store.start_run("crawl", {})
        found = (_archived(archive, place, page) for place, page in enumerate(islice(pages(), number)))
        for (_, source), answer in readers.over(found, lambda one: task_of(*one)):
            if answer is not None and answer.report is not None:
                store.save_report(answer.report, source, run_id=run_id)
            else:
                store.reject(source.url, source.portal, "no report", source, run_id)
        assert store.count("reports") > number // 2


def _archived(archive: Archive, place: int, page: bytes) -> tuple[bytes, Source]:
    host = f"www.p{place}.gov.cn"
    url = f"http://{host}/art/{place}.html"
    record = archive.add(url, page, media_type="text/html")
    return page, Source(url, host, None, record.sha256, now(), record, Given(url, url, "text/html"))


def reread(output: Path, copy: Path, cores: int) -> tuple[Taken, float]:
    """Read all of it again on so many cores into a copy of its database; the writer's own processor time."""
    copy.mkdir()
    (copy / "archive").symlink_to(output / "archive")
    with sqlite3.connect(output / "govcrawl.db") as db:
        db.execute("VACUUM INTO ?", (str(copy / "govcrawl.db"),))
    command = [sys.executable, "-c", _COMMAND, "reextract", "--output", str(copy)]
    spent = taken(command, os.environ | {"PYTHONPATH": str(PROJECT)}, cores=cores)
    return spent, float(spent.said.split()[-1])


def content(output: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the tables that hold what was read, byte by byte."""
    with sqlite3.connect(output / "govcrawl.db") as db:
        db.text_factory = bytes
        return {table: db.execute(f"SELECT * FROM [{table}]").fetchall() for table in _CONTENT}


def computing(processes: int) -> float:
    """Seconds by the clock of so many processes that only add up numbers, each the same: what the cores can do."""
    began = time.monotonic()
    for process in [subprocess.Popen([sys.executable, "-c", _SUMS]) for _ in range(processes)]:
        assert process.wait() == 0
    return time.monotonic() - began


@pytest.mark.bench
def test_two_cores_against_one(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    filled(output, PAGES)
    one, two, writing, sums = [], [], [], []
    for number in range(ROUNDS):
        sums.append(2 * computing(1) / computing(2))
        alone, _ = reread(output, tmp_path / f"one{number}", 1)
        both, writer = reread(output, tmp_path / f"two{number}", 2)
        assert content(tmp_path / f"one{number}") == content(tmp_path / f"two{number}")
        one.append(alone)
        two.append(both)
        writing.append(writer)
    walls = [alone.wall / both.wall for alone, both in zip(one, two, strict=True)]
    bounds = [
        alone.processor / max(writer, both.processor / 2)
        for alone, both, writer in zip(one, two, writing, strict=True)
    ]
    ratios = [
        ratio("speed of re-reading with two cores", "one core", walls, WANTED),
        ratio("speed of re-reading with two cores", "one core, as processor times allow", bounds, WANTED),
        ratio("speed of sums with two cores", "one core", sums),
    ]
    each = {"one_core": one, "two_cores": two}
    more = {f"processor_ms_a_page_{n}": _ms([t.processor for t in taken]) for n, taken in each.items()}
    keep("rereading", ratios, {"pages": PAGES, "processor_ms_a_page_writer": _ms(writing)} | more)


def _ms(seconds: list[float]) -> float:
    return 1000 / PAGES * statistics.median(seconds)
