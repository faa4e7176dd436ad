"""The pool of reading children: same answers as here, and nothing that a document does gets beyond its child."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from govcrawl.documents import html
from govcrawl.documents.bounds import cut_to_size
from govcrawl.errors import GovcrawlError
from govcrawl.reading import Answer, Limits, Readers, Task, read_here
from govcrawl.reading.child import OUT_OF_MEMORY
from govcrawl.reading.children import cause, open_nursery
from govcrawl.reading.task import fault_of, over_limit
from tests.test_ingest import NEWS, page

PROJECT = Path(__file__).resolve().parents[2]
GOOD = Task(page(), name="good.html")
BAD = Task(b"\x00\x01\x02\x03" * 50, name="bad.bin")
SLOW = Task(page() + b"<table>" + b"<tr><td>1<td>2<td>3" * 60_000 + b"</table>", name="slow.html")


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(processes=2) as made:
        yield made


def test_answers_are_those_of_reading_here_in_the_order_asked(readers: Readers) -> None:
    tasks = [Task(page(made=n), name=f"{n}.html") for n in range(6)] + [BAD, Task(NEWS, name="news.html")]
    told = list(readers.over([*tasks, None], lambda task: task))
    assert [task for task, _ in told] == [*tasks, None]
    assert [answer for _, answer in told] == [*map(read_here, tasks), None]
    assert [answer.failed for _, answer in told if answer] == [False] * 6 + [True, False]


def test_a_document_that_takes_too_long_is_given_up_alone() -> None:
    with Readers(Limits(seconds=0.1), processes=1) as readers:
        answer = readers.read(SLOW)
        assert answer.failed
        assert answer.reason.startswith("slow.html: took longer than 0.1 s to read; ")
        assert "binary data" in readers.read(BAD).reason


def test_a_document_that_takes_too_much_memory_is_given_up_alone() -> None:
    with Readers(Limits(memory=24 * 2**20), processes=1) as readers:
        answer = readers.read(SLOW)
        assert answer.failed
        assert "needs more than 24 MB of memory" in answer.reason
        assert readers.read(GOOD).report is not None


def test_a_child_that_dies_of_something_else_is_replaced_and_the_document_read_again(
    readers: Readers,
) -> None:
    assert readers.read(GOOD).report is not None
    for child in list(readers._all):
        os.kill(child.pid, signal.SIGSEGV)
    assert readers.read(GOOD).report is not None


def test_a_crash_is_told_by_its_signal() -> None:
    assert "crashed (SIGSEGV)" in cause(-signal.SIGSEGV, Limits())
    assert "killed" in cause(-signal.SIGKILL, Limits())
    assert "2,048 MB" in cause(OUT_OF_MEMORY, Limits())


ABORTED = """
import os, resource, signal
from govcrawl.reading.nursery import _ended
child = os.fork()
if child == 0:
    os.setpgid(0, 0)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    taken = b"x" * ({megabytes} << 20)
    signal.signal(signal.SIGABRT, signal.SIG_DFL)
    os.abort()
os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
print(_ended(child, {{child: 180 << 20}}))
"""


@pytest.mark.parametrize(("megabytes", "ended"), [(80, OUT_OF_MEMORY), (0, -signal.SIGABRT)])
def test_a_library_that_breaks_off_for_want_of_memory_is_told_from_a_crash(
    megabytes: int, ended: int
) -> None:
    done = subprocess.run(
        (sys.executable, "-c", ABORTED.format(megabytes=megabytes)),
        cwd=PROJECT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert int(done.stdout) == ended


def test_children_are_replaced_after_some_documents() -> None:
    with Readers(Limits(documents=2), processes=1) as readers:
        pids = []
        for _ in range(5):
            readers.read(BAD)
            pids.append({child.pid for child in readers._all})
    first, second = pids[0], pids[2]
    assert pids == [first, set(), second, set(), pids[4]]
    assert len({*first, *second, *pids[4]}) == 3


def test_a_nursery_that_is_gone_is_started_again(readers: Readers) -> None:
    assert readers.read(GOOD).report is not None
    nursery = open_nursery()
    with nursery._lock:
        nursery._control.close()
    for child in list(readers._idle):
        child.limits = Limits(documents=1)
    assert [readers.read(GOOD).report is not None for _ in range(2)] == [True, True]


def test_the_event_loop_goes_on_meanwhile(readers: Readers) -> None:
    async def main() -> tuple[Answer, int]:
        reading = asyncio.ensure_future(readers.reading(SLOW))
        ticks = 0
        while not reading.done():
            await asyncio.sleep(0.01)
            ticks += 1
        return await reading, ticks

    answer, ticks = asyncio.run(main())
    assert answer.report is not None
    assert ticks > 10


def test_closing_ends_also_those_that_read() -> None:
    readers = Readers(processes=1)
    answers: list[Answer] = []

    def read() -> None:
        with pytest.raises(GovcrawlError, match="stopped"):
            answers.append(readers.read(SLOW))

    thread = threading.Thread(target=read)
    thread.start()
    while not readers._all:
        time.sleep(0.01)
    pids = [child.pid for child in readers._all]
    time.sleep(0.1)
    readers.close()
    thread.join(10)
    assert not thread.is_alive()
    assert not any(_runs(pid) for pid in pids)


def test_interrupts_are_for_the_crawl_alone() -> None:
    with Readers(processes=1) as readers:
        readers.read(GOOD)
        (child,) = readers._all
        os.kill(child.pid, signal.SIGINT)
        os.kill(child.pid, signal.SIGTERM)
        assert readers.read(GOOD).report is not None
        assert readers._all == {child}


def test_nothing_is_left_when_the_crawl_is_killed() -> None:
    script = (
        "import os; from govcrawl.reading import Readers, Task; readers = Readers(processes=1);"
        "readers.read(Task(b'x')); print(*[child.pid for child in readers._all], flush=True);"
        "os.kill(os.getpid(), 9)"
    )
    ended = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True)
    pids = [int(pid) for pid in ended.stdout.split()]
    assert len(pids) == 1
    waited = time.monotonic()
    while any(_runs(pid) for pid in pids) and time.monotonic() < waited + 10:
        time.sleep(0.05)
    assert not any(_runs(pid) for pid in pids)


def test_a_file_that_is_too_large_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govcrawl.reading.task.MAX_BYTES", 1_000)
    refusal = over_limit(Task(b"x" * 1_001, name="a.pdf"))
    assert refusal is not None
    assert refusal.reason == "a.pdf: has 1,001 bytes, at most 1,000 are read; split it"
    assert over_limit(Task(b"x" * 1_000)) is None


def test_a_fault_of_a_reader_keeps_its_traceback() -> None:
    answer = fault_of(GOOD, KeyError("received"))
    assert answer.failed
    assert "KeyError" in answer.reason
    assert "KeyError: 'received'" in answer.fault


def _runs(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def test_a_page_without_a_report_up_to_a_limit_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "cut_to_size", partial(cut_to_size, most=14))
    answer = read_here(GOOD)
    assert answer.failed
    assert answer.reason.startswith("read up to tag 600000, the rest left out: no annual report: ")
