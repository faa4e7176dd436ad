"""A Parquet dataset that several processes write is the one that a single process writes."""

from __future__ import annotations

import os
import signal
from array import array
from functools import partial
from pathlib import Path
from time import sleep

import pytest

from govcrawl.errors import GovcrawlError
from govcrawl.export import export, shares
from govcrawl.export.share import Share, write_share
from govcrawl.export.shares import Sharers, shares_of
from govcrawl.store import Selection, Store
from govcrawl.store.in_order import ids_in_order
from govcrawl.store.sqlite import connect
from tests.export.conftest import Made


@pytest.fixture(autouse=True)
def _two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "_LEAST", 1)
    monkeypatch.setattr(shares, "processes_by_default", lambda: 2)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("selection", "masked"),
    [(Selection(), False), (Selection(templates=("2019", "free"), years=(2019, 2020)), True)],
)
def test_two_processes_write_what_one_does(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, selection: Selection, masked: bool
) -> None:
    begin, at_work = Sharers.begin, list[bool]()

    def noted(self: Sharers, store: Store) -> None:
        begin(self, store)
        at_work.append(bool(self))

    monkeypatch.setattr(Sharers, "begin", noted)
    told = export(made.store, "parquet", tmp_path / "two", selection, mask=masked)
    monkeypatch.setattr(shares, "processes_by_default", lambda: 1)
    alone = export(made.store, "parquet", tmp_path / "one", selection, mask=masked)
    assert contents(tmp_path / "two") == contents(tmp_path / "one")
    assert (told.tables, told.counts) == (alone.tables, alone.counts)
    assert at_work == [True, False]


def test_they_see_the_moment_at_which_the_export_began(made: Made, tmp_path: Path) -> None:
    other = connect(made.store.path, create=False)
    sharers = Sharers(1)
    try:
        with made.store.snapshot() as store:
            sharers.begin(store)
            title = "UPDATE reports SET title = title || '后来'"
            other.conn.execute(title)
            other.conn.commit()
            keys = ids_in_order(store.db, Selection())
            sharers.start(shares_of(store, Selection(), keys, tmp_path, masked=False))
            done = sharers.finish(partial(write_share, store))
            assert sum(one.tally.totals["reports"] for one in done) == len(keys) > 10
    finally:
        sharers.close()
        other.conn.execute("UPDATE reports SET title = substr(title, 1, length(title) - 2)")
        other.conn.commit()
        other.close()
    written = b"".join(contents(tmp_path / "reports").values())
    assert written
    assert "后来".encode() not in written


def test_few_reports_or_a_single_year_need_no_other_process(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    def started(selection: Selection, format_: str = "parquet") -> bool:
        with shares.sharers(made.store, format_, selection) as found:
            return bool(found)

    reports = made.count("reports")
    monkeypatch.setattr(shares, "_LEAST", reports)
    assert started(Selection())
    assert not started(Selection(), "csv")
    assert not started(Selection(years=(2021,)))
    assert not started(Selection(templates=("2021",)))
    monkeypatch.setattr(shares, "_LEAST", reports + 1)
    assert not started(Selection())


def test_beside_a_writer_one_process_writes_all(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = contents(made.folder("parquet"))
    monkeypatch.setattr(shares, "_LOCK_MS", 10)
    monkeypatch.setattr(Sharers, "start", None)  # which would fail
    other = connect(made.store.path, create=False)
    other.conn.execute("BEGIN IMMEDIATE")
    try:
        export(made.store, "parquet", tmp_path / "beside")
    finally:
        other.conn.rollback()
        other.close()
    assert contents(tmp_path / "beside") == whole


def test_a_process_that_dies_ends_the_export(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = Sharers.begin

    def killed(self: Sharers, store: Store) -> None:
        begin(self, store)
        for child in self._children:
            os.kill(child._process.pid, signal.SIGKILL)

    monkeypatch.setattr(Sharers, "begin", killed)
    with pytest.raises(GovcrawlError, match="killed by signal 9"):
        export(made.store, "parquet", tmp_path / "dead")
    assert list(tmp_path.iterdir()) == []


def test_an_error_that_one_meets_is_raised_here(made: Made, tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("in the way", encoding="utf-8")
    sharers = Sharers(1)
    try:
        with made.store.snapshot() as store:
            sharers.begin(store)
            keys = ids_in_order(store.db, Selection())
            sharers.start([Share(array("q", keys[:1]), tmp_path, masked=False)])
            while sharers._waiting:
                sleep(0.01)
            with pytest.raises(OSError, match="reports"):
                sharers.finish(partial(write_share, store))
    finally:
        sharers.close()
