from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from govcrawl.cli.output import show
from govcrawl.terminal import calm_logs, harmless_line

EVIL = "\x1b[2J\x1b]0;title\x07年\x9b31m报\u202egnp.exe\u2066\r\x00\x7f"


def test_nothing_is_left_that_steers_a_terminal() -> None:
    assert harmless_line(EVIL) == "[2J]0;title年31m报gnp.exe"
    assert harmless_line("石坞县\t2022年\n年报 ①") == "石坞县\t2022年\n年报 ①"


def test_tables_of_commands(capsys: pytest.CaptureFixture[str]) -> None:
    show([{"title": EVIL, "url": "http://x/"}], ["title", "url"], "table")
    told = capsys.readouterr().out
    assert "年31m报gnp.exe" in told
    assert not set("\x1b\x9b\x07\u202e\x00") & set(told)


def test_a_long_cell_does_not_pad_the_others_in_a_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"cells": "x" * 3000, "url": "http://a/"}, {"cells": "短", "url": "http://b/"}]
    monkeypatch.delenv("COLUMNS", raising=False)
    show(rows, ["cells", "url"], "table")
    heading, long, short = capsys.readouterr().out.splitlines()
    assert long == f"{'x' * 3000}  http://a/"
    assert (heading, short) == ("cells  url", "短     http://b/")


def test_log_lines(caplog: pytest.LogCaptureFixture) -> None:
    kept = logging.getLogRecordFactory()
    try:
        calm_logs()
        logging.getLogger("x").warning("page says %s", EVIL)
    finally:
        logging.setLogRecordFactory(kept)
    assert caplog.messages == ["page says [2J]0;title年31m报gnp.exe"]


_SPEAKS = """
import os, sys
from govcrawl.terminal import never_fail_to_speak, open_standard_streams
open_standard_streams()
never_fail_to_speak()
file = open(sys.argv[1], "wb", buffering=0)
os.write(2, b"a library complains")
print("told", file=sys.stderr)
print("told")
file.write(str(file.fileno() > 2 and sys.stdin.read() == "").encode())
sys.exit(3)
"""


@pytest.mark.parametrize("streams", ["0<&- 1>&- 2>&-", "0</dev/null 1>/dev/null 2>/dev/full"])
def test_a_program_without_anybody_to_tell_ends_as_it_would_have(streams: str, tmp_path: Path) -> None:
    shell = f'exec "$0" -c "$1" "$2" {streams}'
    run = _SPEAKS.replace('os.write(2, b"a library complains")', "") if "full" in streams else _SPEAKS
    done = subprocess.run(["sh", "-c", shell, sys.executable, run, str(tmp_path / "file")], check=False)
    assert (done.returncode, (tmp_path / "file").read_text()) == (3, "True")
