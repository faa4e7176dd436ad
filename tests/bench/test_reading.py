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
import json
import os
import platform
import statistics
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from govcrawl.documents import read_document
from govcrawl.errors import NotAReport
from govcrawl.reports import read_report
from tests.quality.corpus import real_pages, samples

ROUNDS = 7
EACH = 8
LEAST_KB, MOST_KB = 60, 200
# What issue 3 asks for; the floor below it keeps what is reached until it is reached.
WANTED = 8.0
FLOOR = float(os.environ.get("GOVCRAWL_BENCH_FLOOR", "9.5"))
OUT = Path(__file__).resolve().parents[2] / "output/bench/reading.json"
PAGES = int(os.environ.get("GOVCRAWL_MEMORY_PAGES", "10000"))


def pages() -> list[bytes]:
    """Pages of 60 to 200 kB: real ones where they lie beside the project, and grown ones of our own making."""
    found = [
        page for page in real_pages() if LEAST_KB * 1000 <= len(page) <= MOST_KB * 1000 and is_report(page)
    ][:EACH]
    own = [sample.content for sample in samples() if sample.truth.template in ("2019", "2021")]
    spread = own[:: max(1, len(own) // EACH)][:EACH]
    assert len(spread) == EACH
    return found + [grown(page) for page in spread]


def is_report(page: bytes) -> bool:
    try:
        whole(page)
    except NotAReport:
        return False
    return True


def grown(page: bytes) -> bytes:
    """A page with the script and navigation that real portals put around it, up to about 100 kB."""
    item = b'<li class="item"><a href="/col/col%d/index.html" style="color:#333"><span>%d</span></a></li>'
    menu = b"<ul>" + b"".join(item % (n, n) for n in range(300)) + b"</ul>"
    script = b"<script>" + b"var setting = {name: 'value', number: 1};\n" * 700 + b"</script>"
    return page.replace(b"</body>", menu + script + b"</body>", 1)


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
    reader remembers of a page's cells is still there when that page comes again.
    """
    times: list[list[list[float]]] = [[[] for _ in reads] for _ in found]
    for number in range(ROUNDS + 1):
        for page, own in zip(found, times, strict=True):
            for read, taken in zip(reads, own, strict=True):
                started = time.process_time()
                read(page)
                if number:
                    taken.append(time.process_time() - started)
        gc.collect()
    return [[statistics.median(taken) for taken in own] for own in times]


@pytest.mark.bench
def test_reading_against_trafilatura() -> None:
    found = pages()
    rows: list[dict[str, Any]] = [
        {
            "bytes": len(page), "ms": own * 1e3, "ms_document": part * 1e3,
            "of_trafilatura": other / own, "of_walk": own / floor,
        }
        for page, (own, part, floor, other) in zip(
            found, medians(found, whole, read_document, walk, extract), strict=True
        )
    ]  # fmt: skip
    ratio = statistics.median(row["of_trafilatura"] for row in rows)
    result = {
        "machine": f"{platform.machine()} {platform.system()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "versions": {name: version(name) for name in ("govcrawl", "lxml", "trafilatura")},
        "rounds": ROUNDS, "times_faster": ratio, "wanted": WANTED,
        "of_parse_and_walk": statistics.median(row["of_walk"] for row in rows), "pages": rows,
    }  # fmt: skip
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(f"\nreading: {ratio:.1f} times as fast as trafilatura (wanted {WANTED}),", end=" ")
    print(f"{result['of_parse_and_walk']:.1f} times parse and walk, {len(rows)} pages; {OUT}")
    assert ratio >= FLOOR


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
