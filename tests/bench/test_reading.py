"""How fast a page is read whole, against trafilatura on the same pages in the same process.

No absolute time is asserted: ratios only, and they are written down with the machine that gave them.

Where the time goes, measured stage by stage on these pages, on a busy machine: 6 % libxml2's parse of what is left
of a page once its data tables are read from the source (apart.py), 11 % reading those, 13 % the walk, 22 %
decoding, the search for hidden parts, metadata, links and freeing the tree, 42 % the report; of that the
statutory tables take a half. These are pages met before, whose cells are remembered by their markup. With every
cache emptied before each page the whole takes 1.6 times as long, so that a first page is far from this ratio.
"""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable
from functools import _lru_cache_wrapper
from pathlib import Path

import pytest
from lxml import etree

from govcrawl.documents import read_document
from govcrawl.errors import NotAReport
from govcrawl.reports import read_report
from tests.bench.reading_pages import round_of
from tests.bench.results import Ratio, keep, ratio
from tests.quality.corpus import samples

ROUNDS = 6
# At least so many times as fast as trafilatura, at most so many times as long as parsing and one walk. A busy
# machine may lower the bar, not raise it.
WANTED = float(os.environ.get("GOVCRAWL_BENCH_FLOOR", "15"))
OF_WALK = 2.5
PAGES = int(os.environ.get("GOVCRAWL_MEMORY_PAGES", "10000"))


def is_report(page: bytes) -> bool:
    try:
        whole(page)
    except NotAReport:
        return False
    return True


def whole(page: bytes) -> object:
    return read_report(read_document(page))


def walk(page: bytes) -> object:
    """The floor of all reading: parse, and collect the text once."""
    root = etree.fromstring(page, etree.HTMLParser(huge_tree=True))
    return "".join(root.itertext())


def extract(page: bytes) -> object:
    import trafilatura

    return trafilatura.extract(page, with_metadata=True)


def medians(found: list[bytes], *reads: Callable[[bytes], object]) -> list[list[float]]:
    """CPU seconds of each way of reading, page by page.

    Page follows page and way follows way within a round: a busy moment of the machine hits all alike. What a
    reader remembers of a page's cells is still there when that page comes again; what it leaves to the
    collector is collected before the next one's turn, in whose time it would fall otherwise.
    """
    gc.collect()
    gc.freeze()
    times: list[list[list[float]]] = [[[] for _ in reads] for _ in found]
    for number in range(ROUNDS + 1):
        for page, own in zip(found, times, strict=True):
            for read, taken in zip(reads, own, strict=True):
                gc.collect()
                started = time.process_time()
                read(page)
                if number:
                    taken.append(time.process_time() - started)
    gc.unfreeze()
    return [[statistics.median(taken) for taken in own] for own in times]


def forget() -> None:
    """Empty every cache of the package, as at the start of a process."""
    for found in gc.get_objects():
        if isinstance(found, _lru_cache_wrapper) and str(found.__module__).startswith("govcrawl"):
            found.cache_clear()


def times_of(page: bytes) -> dict[str, float]:
    """CPU milliseconds of each way of reading a page that is read for the first time; see ``medians``."""
    taken: dict[str, float] = {}
    for name, read in (("own", whole), ("walk", walk), ("trafilatura", extract)):
        gc.collect()
        started = time.process_time()
        read(page)
        taken[name] = (time.process_time() - started) * 1e3
    return taken


def ratios(
    what: str, rows: list[dict[str, float]], wanted: float | None, of_walk: float | None
) -> list[Ratio]:
    """How many times the others' time of the same page each reading took."""
    faster = [row["trafilatura"] / row["own"] for row in rows]
    walked = [row["own"] / row["walk"] for row in rows]
    return [
        ratio(f"speed of {what}", "trafilatura with metadata", faster, wanted),
        ratio(f"time of {what}", "its parse and one walk over its text", walked, of_walk, less=True),
    ]


@pytest.mark.bench
def test_reading_against_trafilatura() -> None:
    rounds = [round_of(number, is_report) for number in range(ROUNDS)]
    each = [page for pages in rounds for page in pages]
    assert len(set(each)) == len(each)
    extract(each[0])
    forget()
    gc.collect()
    gc.freeze()
    taken = [[times_of(page) | {"bytes": len(page)} for page in pages] for pages in rounds]
    gc.unfreeze()
    rows = [row for own in taken for row in own]
    found = ratios("reading a page", rows, WANTED, OF_WALK)
    first = ratios("reading the first pages of a portal", taken[0], None, None)
    keep("reading", found + first, {"rounds": ROUNDS, "pages": rows}, ("lxml", "trafilatura"))
    assert all(one.met for one in found)


@pytest.mark.soak
def test_memory_is_flat() -> None:
    own = [sample.content for sample in samples()]
    early = 0
    for number in range(PAGES):
        # A page of its own each time: what is remembered must be bounded, not only shared.
        page = own[number % len(own)].replace(b">0<", b">%d<" % number)
        whole(page)
        if number + 1 == PAGES // 5:
            early = resident()
    assert resident() - early < 24 * 1024 * 1024


def resident() -> int:
    """Memory of this process in bytes."""
    fields = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE")
