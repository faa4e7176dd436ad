"""No listing page holds up the crawl: it is looked through within its limits, or given up, and that is said."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from govcrawl.crawl.portal import _looked_at
from govcrawl.crawl.watch import TookTooLong, Watch
from govcrawl.discovery import Discovery, Kind
from govcrawl.discovery.bounds import within_bytes
from govcrawl.model import Portal
from govcrawl.reading import Limits, Readers, Task
from tests.hostile.pages import PAGES, HostilePage

BEYOND = 1.5
"""Seconds that single calls into a parser may last after the clock has rung."""

MEMORY = 700
"""Megabytes that a page of up to 16 may need."""

QUICK = frozenset(("deep data", "marks on one letter", "laughs in XML"))


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(Limits(10.0), processes=1) as made:
        yield made


def looked_through(page: HostilePage, readers: Readers) -> tuple[float, int, str]:
    """(seconds of computing, megabytes, what is said) of the look at a page, in a process of its own."""
    content, _ = within_bytes(page.make())
    if readers.read(Task(content, page.name, look=True)).failed:
        return 0.0, 0, "takes too long to parse"
    content = page.make()
    ours, theirs = os.pipe()
    if (child := os.fork()) == 0:
        try:
            os.write(theirs, "\t".join(map(str, _look(content))).encode())
        finally:
            os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, encoding="utf-8") as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    seconds, memory, said = told.split("\t")
    return float(seconds), int(memory), said


def _look(content: bytes) -> tuple[float, int, str]:
    discovery = Discovery(Portal("hurt", "石坞县", "http://www.hurt.gov.cn/"))
    step = discovery.next()
    assert step is not None
    step = replace(step, kind=Kind.COLUMN, annual=True, trail=("政府信息公开年报",))
    before, began, watch = _most(), time.process_time(), Watch.of(content)
    try:
        page = watch.over(_looked_at, "http://www.hurt.gov.cn/a/", content, None)
        watch.over(discovery.received, step, page)
        said = "; ".join(discovery.gaps.cut.values())
    except TookTooLong as error:
        said = str(error)
    return time.process_time() - began, _most() - before, said


def _most() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@pytest.mark.parametrize(
    "page",
    [pytest.param(one, id=one.name, marks=[pytest.mark.soak] * (one.name not in QUICK)) for one in PAGES],
)
def test_a_page_is_looked_through_within_its_limits_or_given_up(page: HostilePage, readers: Readers) -> None:
    seconds, memory, said = looked_through(page, readers)
    print(f"{seconds:.2f} s {memory} MB {said}")
    assert seconds < Watch.of(page.make()).seconds + BEYOND
    assert memory < MEMORY
    given_up = "took longer than" in said or "too long to parse" in said
    assert given_up or page.told in said
