from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
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
from govcrawl.one_writer import NAME, OneWriter, holder_of, one_writer
from govcrawl.store import Store

ROOT = Path(__file__).resolve().parents[1]
_HOLDER = textwrap.dedent(
    """
    import os, sys, time
    from pathlib import Path
    from govcrawl.one_writer import OneWriter

    OneWriter.of(Path(sys.argv[1]), command="scrapy crawl annual_reports -a region=45")
    if os.fork() == 0:  # a worker that outlives its crawl
        sys.stdout.write(f"{os.getpid()}\\n")
        sys.stdout.flush()
        time.sleep(30)
    time.sleep(30)
    """
)


@contextmanager
def holder(output: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that writes into a folder, with a child of its own."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(output)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        try:
            yield process
        finally:
            os.kill(child, signal.SIGKILL)
            process.kill()


def test_a_second_writer_is_told_who_writes_and_a_dead_one_is_none(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        with pytest.raises(OutputInUse) as caught, one_writer(tmp_path, command="govcrawl ingest"):
            pass
        told = str(caught.value)
        assert f"process {process.pid} on " in told
        assert "(scrapy crawl annual_reports -a region=45)" in told
        assert holder_of(tmp_path)["since"] in told

        before = time.monotonic()
        with pytest.raises(OutputInUse, match=r"waited 0\.3 s"):
            OneWriter.of(tmp_path, command="x", wait=0.3)
        assert 0.3 <= time.monotonic() - before < 5

        process.kill()
        process.wait()  # its child lives on and has the file open
        with one_writer(tmp_path, command="govcrawl ingest"):
            assert holder_of(tmp_path) == {**holder_of(tmp_path), "pid": str(os.getpid())}
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
        ingest = CliRunner().invoke(main, ["ingest", str(tmp_path / "a.txt"), "--output", str(tmp_path)])
        status = CliRunner().invoke(main, ["status", "--output", str(tmp_path)])
        crawl = subprocess.run(
            [sys.executable, "-m", "scrapy", "crawl", "annual_reports", "-s", f"OUTPUT_DIR={tmp_path}"],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
    assert (status.exit_code, ingest.exit_code, crawl.returncode) == (0, 3, 3)
    for told in (ingest.stderr, crawl.stderr):
        assert told.startswith("Error: ")
        assert told.count("\n") == 1
        assert f"process {process.pid} " in told
    with Store.open(tmp_path / "govcrawl.db") as store:
        assert store.runs() == []


def test_a_process_may_ask_twice_and_closes_as_often(tmp_path: Path) -> None:
    first = OneWriter.of(tmp_path, command="x")
    second = OneWriter.of(tmp_path, command="y")
    second.close()
    code = f"from govcrawl.one_writer import *; OneWriter.of(Path({str(tmp_path)!r}), command='z')"
    other = [sys.executable, "-c", code]
    refused = subprocess.run(other, cwd=ROOT, capture_output=True, text=True)
    assert "OutputInUse" in refused.stderr
    first.close()
    assert subprocess.run(other, cwd=ROOT, capture_output=True, text=True).returncode == 0


def test_a_file_that_says_nothing_is_another_process(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("[]", encoding="utf-8")
    assert holder_of(tmp_path) == {}
    (tmp_path / NAME).write_text(json.dumps({"pid": "1"})[:-3], encoding="utf-8")
    assert holder_of(tmp_path) == {}


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
        assert holder_of(tmp_path)["command"] == "x"
    assert len(list(tries)) == 1


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        OneWriter.of(tmp_path / "none", command="x")
