"""What becomes of a running page when others change, break or replace its database."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("datasette", reason="the extra serve is not installed")

from govcrawl.store import Store
from govcrawl.store.readonly import open_readonly
from govcrawl.store.sqlite import DatabaseError, moment, sqlite3
from tests.serve.browsing import Browser


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Browser]:
    Store.open(tmp_path / "govcrawl.db").close()
    made = Browser(tmp_path)
    yield made
    made.close()


def database(browser: Browser) -> Any:
    return browser.site.get_database("govcrawl")


def test_another_layout_is_told_in_one_sentence_until_it_is_gone(own: Browser) -> None:
    path = Path(database(own).path)
    other = sqlite3.connect(path)
    with other:
        (layout,) = other.execute("PRAGMA user_version").fetchone()
        other.execute("PRAGMA user_version=99")
    for asked in ("/runs", "/govcrawl", "/govcrawl.json?sql=select+1"):
        for language, sentence in (("zh", "重新启动"), ("en", "start it again")):
            told = own.get(asked, **{"accept-language": language})
            assert told.status_code == 503
            assert sentence in (told.json()["error"] if ".json" in asked else told.text)
            assert "<script" not in told.text
    other.execute(f"PRAGMA user_version={layout}")
    other.close()
    assert own.get("/runs").status_code == 200
    path.rename(path.with_name("moved.db"))
    assert own.get("/runs").status_code == 503
    Store.open(path).close()
    assert own.get("/runs").status_code == 200


def test_a_failed_reading_leaves_no_trace(own: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(connection: Any) -> None:
        connection.execute("BEGIN")
        raise sqlite3.DatabaseError("database disk image is malformed")

    for _ in range(4):
        with pytest.raises(DatabaseError):
            own._runner.run(database(own).execute_fn(broken))
    assert [own.get("/runs").status_code for _ in range(4)] == [200] * 4


def test_what_fails_for_once_is_read_again(own: Browser) -> None:
    asked = []

    def once(connection: Any) -> int:
        asked.append(connection)
        if len(asked) == 1:
            raise sqlite3.DatabaseError("database disk image is malformed")
        return 7

    assert own._runner.run(database(own).execute_fn(once)) == 7
    assert asked[0] is not asked[1]


def test_what_went_wrong_is_said_without_the_program_s_inside(own: Browser) -> None:
    def fault(connection: Any) -> None:
        raise RuntimeError("inner text")

    database(own)._read = fault
    told = own.get("/runs")
    assert told.status_code == 500
    assert "inner text" not in told.text
    assert "<script" not in told.text


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [("/none", 404, "no such address"), ("/govcrawl/none", 404, "no such address"),
     ("/govcrawl?sql=delete+from+reports", 400, "Statement must be a SELECT")],
)  # fmt: skip
def test_errors_of_datasette_s_pages_are_ours(
    browser: Browser, path: str, status: int, sentence: str
) -> None:
    told = browser.get(path)
    assert told.status_code == status
    assert sentence in told.text
    assert "<script" not in told.text


def test_a_moment_ends_also_after_an_error(tmp_path: Path) -> None:
    with Store.open(tmp_path / "govcrawl.db") as store:
        with contextlib.suppress(DatabaseError), moment(store.db):
            store.db.conn.execute("ROLLBACK")
            raise sqlite3.DatabaseError("once")
        assert not store.db.conn.in_transaction
        with moment(store.db):
            store.db.conn.execute("SELECT 1")


def test_the_log_stays_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "govcrawl.db"
    Store.open(path).close()
    with open_readonly(path) as reader:
        reader.db.conn.execute("SELECT count(*) FROM reports").fetchone()
        open_readonly(path).close()
        write = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('PRAGMA user_version'); "
        write += "c.execute('CREATE TABLE other (x)'); c.commit(); c.close()"
        subprocess.run([sys.executable, "-c", write, str(path)], check=True, timeout=60)
        assert path.with_name("govcrawl.db-wal").exists()
        assert reader.db.conn.execute("SELECT count(*) FROM other").fetchone() == (0,)
