from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from govcrawl.errors import DatabaseInUse, UsageError
from govcrawl.store import Store
from govcrawl.store import sqlite as ours
from govcrawl.store.migrations import MIGRATIONS

CONTRACT = {
    "reports": "id url portal division_code agency year title published template text source_type sha256 "
    "extractor first_seen fetched_at",
    "sections": "report_id number heading text",
    "tables": "report_id number caption grid",
    "attachments": "report_id url filename media_type sha256 role",
    "versions": "report_id sha256 text fetched_at",
    "facts": "report_id fact value raw status",
    "statements": "report_id fact value sentence",
    "checks": "report_id rule subject outcome expected actual",
    "entries": "url portal title year state attempts last_error",
    "runs": "id started finished verdict",
}


def refusal(path: Path, *, create: bool = True) -> str:
    with pytest.raises(UsageError) as caught:
        Store.open(path, create=create)
    message = str(caught.value)
    assert "\n" not in message
    assert str(path) in message or str(path.parent) in message
    return message


@pytest.mark.parametrize("table", CONTRACT)
def test_the_contract_is_there(tmp_path: Path, table: str) -> None:
    Store.open(tmp_path / "govcrawl.db").close()
    db = sqlite3.connect(tmp_path / "govcrawl.db")
    columns = [column[0] for column in db.execute(f"SELECT * FROM {table}").description]
    db.close()
    assert set(CONTRACT[table].split()) <= set(columns)


def test_pragmas_protect_the_data(tmp_path: Path) -> None:
    with Store.open(tmp_path / "g.db") as store:
        assert store.db.conn.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert ours.pragma(store.db, "foreign_keys") == 1
        assert ours.pragma(store.db, "busy_timeout") == 30_000
        assert ours.pragma(store.db, "user_version") == len(MIGRATIONS)


def test_opening_again_keeps_everything(tmp_path: Path) -> None:
    with Store.open(tmp_path / "g.db") as store:
        run = store.start_run("test", {})
    with Store.open(str(tmp_path / "g.db"), create=False) as store:
        assert [row["id"] for row in store.runs()] == [run]


def test_no_sqlite_file(tmp_path: Path) -> None:
    path = tmp_path / "g.db"
    path.write_text("this is a letter, not a database, and longer than the magic")
    assert "not an SQLite database" in refusal(path)
    assert path.read_text().startswith("this is a letter")


def test_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "g.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE reports (id INTEGER)")
    other.commit()
    other.close()
    assert "another program" in refusal(path)
    other = sqlite3.connect(path)
    assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("reports",)]
    other.close()


def test_damaged_database(tmp_path: Path) -> None:
    path = tmp_path / "g.db"
    path.write_bytes(b"SQLite format 3\0" + b"\x7f" * 4000)
    assert "database" in refusal(path)


def test_a_damaged_schema_is_told_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "g.db"
    Store.open(path).close()
    whole = bytearray(path.read_bytes())
    whole[100:1000] = b"\xff" * 900
    path.write_bytes(whole)
    assert "restore a backup, or put the file aside and crawl anew" in refusal(path)


def test_newer_version(tmp_path: Path) -> None:
    path = tmp_path / "g.db"
    with Store.open(path) as store:
        store.db.conn.execute(f"PRAGMA user_version={len(MIGRATIONS) + 1}")
    assert "newer govcrawl" in refusal(path)


def test_places_that_cannot_be_used(tmp_path: Path) -> None:
    assert "no such folder" in refusal(tmp_path / "nowhere" / "g.db")
    assert "is a folder" in refusal(tmp_path)
    assert "no such database" in refusal(tmp_path / "g.db", create=False)
    assert not (tmp_path / "g.db").exists()


def test_an_empty_file_becomes_the_database(tmp_path: Path) -> None:
    (tmp_path / "g.db").touch()
    with Store.open(tmp_path / "g.db") as store:
        assert store.count("reports") == 0


def test_an_sqlite_with_the_wal_fault_is_named_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ours._warn_of_wal_fault.cache_clear()
    monkeypatch.setattr(ours, "_WAL_FIXED", (999, 0, 0))
    with caplog.at_level(logging.WARNING):
        Store.open(tmp_path / "one.db").close()
        Store.open(tmp_path / "two.db").close()
    ours._warn_of_wal_fault.cache_clear()
    assert [("pysqlite3" in record.getMessage()) for record in caplog.records] == [True]


def test_several_processes_make_one_database(tmp_path: Path) -> None:
    script = (
        "import sys; from govcrawl.store import Store\n"
        "with Store.open(sys.argv[1]) as store: store.start_run('test', {})"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "g.db")]
    makers = [subprocess.Popen(command) for _ in range(5)]
    assert [maker.wait() for maker in makers] == [0] * 5
    with Store.open(tmp_path / "g.db") as store:
        assert store.count("runs") == 5
    assert [path.name for path in tmp_path.iterdir()] == ["g.db"]


def test_a_lock_that_another_process_keeps(tmp_path: Path) -> None:
    with Store.open(tmp_path / "govcrawl.db") as first, Store.open(tmp_path / "govcrawl.db") as second:
        second.db.conn.execute("PRAGMA busy_timeout = 0")
        first.db.conn.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseInUse, match="another process"):
            second.start_run("crawl", {})
        first.db.conn.rollback()
        assert second.start_run("crawl", {}) == 1
