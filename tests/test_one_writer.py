from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from govcrawl import one_writer as module
from govcrawl.cli import main
from govcrawl.errors import OutputInUse, UsageError
from govcrawl.one_writer import NAME, OneWriter, one_writer, writer_of
from govcrawl.store import Store
from tests.warm import scrapy


class Holder:
    """Another process that writes into a folder, and its worker, which outlives it."""

    def __init__(self, output: Path) -> None:
        self.said, write = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            OneWriter.of(output, command="scrapy crawl annual_reports -a region=45")
            worker = os.fork()
            if worker:
                os.write(write, f"{worker:12d}".encode())
            time.sleep(30)
            os._exit(0)
        self.worker = int(os.read(self.said, 12))

    def kill(self) -> None:
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.pid = 0


@contextmanager
def holder(output: Path) -> Iterator[Holder]:
    made = Holder(output)
    try:
        yield made
    finally:
        os.kill(made.worker, signal.SIGKILL)
        made.kill()


def refused_elsewhere(output: Path) -> bool:
    """Whether another process may not write into a folder."""
    child = os.fork()
    if not child:
        try:
            OneWriter.of(output, command="z")
        except OutputInUse:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1


def test_a_second_writer_is_told_who_writes_and_a_dead_one_is_none(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        with pytest.raises(OutputInUse) as caught, one_writer(tmp_path, command="govcrawl ingest"):
            pass
        told = str(caught.value)
        assert f"process {process.pid} on " in told
        assert "(scrapy crawl annual_reports -a region=45)" in told
        writer = writer_of(tmp_path)
        assert writer is not None
        assert writer["since"] in told

        before = time.monotonic()
        with pytest.raises(OutputInUse, match=r"waited 0\.3 s"):
            OneWriter.of(tmp_path, command="x", wait=0.3)
        assert 0.3 <= time.monotonic() - before < 5

        process.kill()  # its worker lives on and has the file open
        assert (tmp_path / NAME).exists()
        assert writer_of(tmp_path) is None
        with one_writer(tmp_path, command="govcrawl ingest"):
            writer = writer_of(tmp_path)
            assert writer is not None
            assert (writer["pid"], writer["command"]) == (str(os.getpid()), "govcrawl ingest")
            assert refused_elsewhere(tmp_path)  # looking has not lost the lock
    assert not (tmp_path / NAME).exists()


def test_who_waits_goes_on_when_the_other_has_ended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with holder(tmp_path) as process:
        threading.Timer(0.4, process.kill).start()
        with one_writer(tmp_path, command="x", wait=20):
            pass
    assert capsys.readouterr().err.count("waiting up to 20 s") == 1


def test_commands_that_write_are_refused_and_those_that_read_are_not(tmp_path: Path) -> None:
    Store.open(tmp_path / "govcrawl.db").close()
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    with holder(tmp_path) as process:
        pid = process.pid
        ingest = CliRunner().invoke(main, ["ingest", str(tmp_path / "a.txt"), "--output", str(tmp_path)])
        status = CliRunner().invoke(main, ["status", "--output", str(tmp_path)])
        crawl = scrapy(["crawl", "annual_reports", "-s", f"OUTPUT_DIR={tmp_path}"], os.environ)
    assert f"\nBeing written by process {pid} on " in status.stdout
    assert (status.exit_code, ingest.exit_code, crawl.status) == (0, 3, 3)
    for told in (ingest.stderr, crawl.errors):
        assert told.startswith("Error: ")
        assert told.count("\n") == 1
        assert f"process {pid} " in told
    with Store.open(tmp_path / "govcrawl.db") as store:
        assert store.runs() == []


def test_a_process_may_ask_twice_and_closes_as_often(tmp_path: Path) -> None:
    first = OneWriter.of(tmp_path, command="x")
    second = OneWriter.of(tmp_path, command="y")
    second.close()
    assert refused_elsewhere(tmp_path)
    first.close()
    assert not refused_elsewhere(tmp_path)


@pytest.mark.parametrize("said", ["[]", "", '{"pid": "1"'])
def test_who_says_nothing_is_another_process(said: str, tmp_path: Path) -> None:
    with holder(tmp_path):
        (tmp_path / NAME).write_text(said, encoding="utf-8")
        assert writer_of(tmp_path) == {}
        with pytest.raises(OutputInUse, match="written by another process"):
            OneWriter.of(tmp_path, command="x")


def test_nobody_writes_where_nobody_has_written(tmp_path: Path) -> None:
    assert writer_of(tmp_path) is None
    assert writer_of(tmp_path / "none") is None


def test_a_file_put_away_by_its_holder_is_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waited has the lock of a file that is gone by then: it has to take that of the new one."""
    tries = iter([lambda: (tmp_path / NAME).unlink(), lambda: None, lambda: None])
    real = module._taken

    def taken(file: int, path: Path) -> bool:
        done = real(file, path)
        next(tries)()
        return done

    monkeypatch.setattr(module, "_taken", taken)
    with one_writer(tmp_path, command="x"):
        assert refused_elsewhere(tmp_path)
    assert len(list(tries)) == 1


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        OneWriter.of(tmp_path / "none", command="x")
