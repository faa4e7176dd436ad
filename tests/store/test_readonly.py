"""Databases where nothing may be written."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from govcrawl.cli import main
from govcrawl.errors import UsageError
from govcrawl.store import Store
from govcrawl.store.readonly import can_be_written, open_readonly
from tests.store.make import entry, report, source

_ROOM = {"f_bavail": 1 << 20, "f_bfree": 1 << 20, "f_blocks": 1 << 20, "f_frsize": 4096}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output folder with one report."""
    with Store.open(tmp_path / "govcrawl.db") as store:
        run = store.start_run("crawl", {})
        store.save_report(report(), source(), entry=entry(), run_id=run)
    return tmp_path


@pytest.fixture
def readonly_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """All disks are mounted read-only, as far as they say."""
    monkeypatch.setattr(os, "statvfs", lambda path: SimpleNamespace(f_flag=os.ST_RDONLY, **_ROOM))
    return


@pytest.mark.usefixtures("readonly_disk")
def test_nothing_is_written_beside_it_on_a_readonly_disk(output: Path) -> None:
    path = output / "govcrawl.db"
    assert not can_be_written(path)
    with open_readonly(path) as store:
        assert [row["title"] for row in store.reports()] == [report().title]
        assert sorted(one.name for one in output.iterdir()) == ["govcrawl.db"]
        with pytest.raises(Exception, match="readonly"):
            store.start_run("crawl", {})


@pytest.mark.usefixtures("readonly_disk")
def test_changes_that_are_not_in_it_yet_are_read_too(output: Path) -> None:
    path = output / "govcrawl.db"
    with closing(sqlite3.connect(path)) as writer, writer:
        writer.execute("UPDATE reports SET title='更正'")
        writer.commit()
        assert (output / "govcrawl.db-wal").stat().st_size
        with open_readonly(path) as store:
            assert [row["title"] for row in store.reports()] == ["更正"]
    writer.close()


@pytest.mark.usefixtures("readonly_disk")
@pytest.mark.parametrize(
    "command",
    [["status"], ["checks"], ["coverage"], ["verify"], ["search", "民政局"], ["explain", source().url]],
)
def test_commands_that_read(output: Path, command: list[str]) -> None:
    told = CliRunner().invoke(main, [*command, "--output", str(output)])
    assert told.exit_code in (0, 3), told.output  # verify: its bytes are in no archive
    assert "Traceback" not in told.output
    assert told.output
    assert sorted(one.name for one in output.iterdir()) == ["govcrawl.db"]


@pytest.mark.usefixtures("readonly_disk")
def test_an_older_layout_is_to_be_copied(output: Path) -> None:
    with closing(sqlite3.connect(output / "govcrawl.db")) as db, db:
        db.execute("PRAGMA user_version=3")
    db.close()
    with pytest.raises(UsageError, match="copy its folder"):
        open_readonly(output / "govcrawl.db")
