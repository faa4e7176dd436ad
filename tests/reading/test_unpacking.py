"""Archives are unpacked in the readers' children, within their limits."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from govcrawl.documents import members
from govcrawl.ingest import _files
from govcrawl.reading import Limits, Readers, Task
from tests.formats.archives import as_zip

SLOW = as_zip({f"{number}.html": b"<p>" + b" " * 40_000_000 for number in range(3)})


def test_members_come_as_they_are() -> None:
    archive = as_zip({"年报.html": b"<html>1", "../out.html": b"<html>2"})
    with Readers(processes=1) as readers:
        answer = readers.read(Task(archive, "a.zip", unpack=True))
        assert answer.members == tuple(members(archive))
        assert [member.problem for member in answer.members] == ["", "its name leads out of the archive"]
        broken = readers.read(Task(archive[:40], "a.zip", unpack=True))
    assert broken.failed
    assert "damaged" in broken.reason


def test_an_archive_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "slow.zip").write_bytes(SLOW)
    with Readers(Limits(seconds=0.05), processes=1) as readers:
        (file,) = _files(tmp_path / "slow.zip", readers)
    assert file.problem == "took longer than 0.05 s to read; look at it, or raise READING_TIMEOUT"


def test_an_archive_that_takes_too_much_memory_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "slow.zip").write_bytes(SLOW)
    code = f"""
from govcrawl.reading import Limits, Readers, Task
with Readers(Limits(memory=24 * 2**20), processes=1) as readers:
    print(readers.read(Task(open({str(tmp_path / "slow.zip")!r}, "rb").read(), "slow.zip", unpack=True)).reason)
"""
    # By a process of its own: a reader is forked, and memory that the tests before have freed would not count.
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "needs more than 24 MB of memory" in done.stdout
