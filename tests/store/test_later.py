"""What is not worth a transaction of its own: it is known at once, and written before anything builds on it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from govcrawl import EXTRACTOR
from govcrawl.model import ArchiveRecord, Report
from govcrawl.search import search
from govcrawl.store import Store
from govcrawl.store.archived import note_new_record, record_at, records
from govcrawl.store.indexing import catch_up, pending
from govcrawl.store.sqlite import write, write_rest
from govcrawl.store.writing import put_report, save_report
from tests.store.make import report, source

_RECORD = ArchiveRecord(
    "ab" * 32, "a.warc.gz", 5, 9, "http://a.b/1", "text/html", 200, "2024-01-01T00:00:00Z"
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "a.db")


def _there(path: Path) -> list[ArchiveRecord]:
    with Store.open(path) as other:
        return list(records(other.db))


def test_a_record_is_known_at_once_and_written_with_the_next_transaction(store: Store) -> None:
    note_new_record(store.db, _RECORD)
    newer = replace(_RECORD, sha256="cd" * 32, offset=14)
    note_new_record(store.db, newer)
    assert store.record(_RECORD.sha256) == _RECORD
    assert record_at(store.db, _RECORD.url) == newer
    assert _there(store.path) == []
    with write(store.db):
        assert list(records(store.db)) == [_RECORD, newer]  # before anything that builds on it
    assert _there(store.path) == [_RECORD, newer]
    assert record_at(store.db, _RECORD.url) == newer


def test_a_transaction_that_is_undone_leaves_it_to_the_next_one(store: Store) -> None:
    note_new_record(store.db, _RECORD)
    with pytest.raises(KeyError), write(store.db):
        raise KeyError
    assert _there(store.path) == []
    assert store.record(_RECORD.sha256) == _RECORD
    write_rest(store.db)
    assert _there(store.path) == [_RECORD]
    write_rest(store.db)
    assert _there(store.path) == [_RECORD]


def _save(store: Store, number: int, made: Report) -> None:
    own = source(f"http://a.b/{number}", str(number).encode())
    save_report(store.db, made, own, entry=None, run_id=1, extractor=EXTRACTOR)


def test_words_wait_and_are_found_all_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govcrawl.store.indexing.FEW", 20)
    monkeypatch.setattr("govcrawl.store.indexing._AT_ONCE", 10)
    store.start_run("crawl", {})
    waited = []
    for number in range(60):
        _save(store, number, report(year=2021, agency_norm=f"局{number}", text=f"不予公开{number}件。"))
        assert search(store.db, "不予公开").total == number + 1
        waited.append(pending(store.db))
    assert max(waited) < 20 + 2 * 10  # however many are stored
    assert waited[19] == 20
    assert min(waited[20:]) > 0
    catch_up(store.db)
    assert pending(store.db) == 0
    assert search(store.db, "不予公开").total == 60


def _save_and_fail(store: Store) -> None:
    with write(store.db) as db:
        own = source("http://a.b/2", b"2")
        put_report(db, report(year=2022, text="不予公开2件。"), own, run_id=1, extractor=EXTRACTOR)
        raise KeyError


def test_a_transaction_that_is_undone_leaves_the_index_as_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("govcrawl.store.indexing.FEW", 0)
    store.start_run("crawl", {})
    _save(store, 1, report(year=2021, text="不予公开1件。"))
    assert pending(store.db) == 0
    with pytest.raises(KeyError):
        _save_and_fail(store)
    assert (pending(store.db), search(store.db, "不予公开").total) == (0, 1)
    _save(store, 2, report(year=2022, text="不予公开2件。"))
    assert (pending(store.db), search(store.db, "不予公开").total) == (0, 2)
