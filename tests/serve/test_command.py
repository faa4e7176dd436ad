"""`govcrawl serve`: what it refuses, and what it says before it serves."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

pytest.importorskip("datasette", reason="the extra serve is not installed")

from govcrawl.cli import main
from govcrawl.cli import serve as command
from govcrawl.store import Store
from govcrawl.store.migrations import MIGRATIONS
from tests.serve.world import fill


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("output")
    fill(made)
    return made


def serve(output: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["serve", "--output", str(output), *options])


def refused(result: Result) -> str:
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_it_says_where_it_is(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_run", lambda app, listener: None)
    told = serve(output, "--port", "0")
    assert told.exit_code == 0
    assert f"{output / 'govcrawl.db'} is shown at http://127.0.0.1:" in told.stdout
    assert told.stderr == ""
    told = serve(output, "--port", "0", "--host", "0.0.0.0")
    assert "there is no password" in told.stderr


def test_a_port_that_is_taken(output: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        told = refused(serve(output, "--port", port))
    assert f"127.0.0.1:{port} cannot be listened at" in told
    assert "--port" in told


def test_no_database(tmp_path: Path) -> None:
    assert "no such database; run a crawl" in refused(serve(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_database_of_ours(tmp_path: Path) -> None:
    (tmp_path / "govcrawl.db").write_bytes(b"hello" * 1000)
    assert "is not an SQLite database" in refused(serve(tmp_path))
    (tmp_path / "govcrawl.db").write_bytes(b"")
    assert "of another program" in refused(serve(tmp_path))


@pytest.mark.parametrize(
    ("layout", "advice"), [(len(MIGRATIONS) - 1, "govcrawl status"), (99, "update govcrawl")]
)
def test_another_layout_is_left_as_it_is(tmp_path: Path, layout: int, advice: str) -> None:
    with Store.open(tmp_path / "govcrawl.db") as store:
        store.db.conn.execute(f"PRAGMA user_version={layout}")
    assert advice in refused(serve(tmp_path))


def test_without_the_extra(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None if name == "datasette" else object())
    assert "pip install 'govcrawl[serve]'" in refused(serve(output))
