"""What a process of a parallel crawl tells, and what only looks as if it did."""

from __future__ import annotations

import json

import pytest

from govcrawl.crawl.ending import Ending
from govcrawl.crawl.telling import Figures
from govcrawl.parallel.process import Worker

ENDING = json.dumps({"ending": Ending(exceptions=["www.x.gov.cn: no certificate"] * 200).told()}).encode()


@pytest.mark.parametrize("line", [ENDING[:5000], b"12\n", b"a library speaks\n", b"\xff\xfe\n"])
def test_a_torn_or_foreign_line_ends_nothing(line: bytes) -> None:
    worker = Worker(1, ())
    worker._hear(b'{"done": 1, "found": 2, "requests": 3, "blocked": 0}\n')
    worker._hear(line)
    assert (worker.figures, worker.ending) == (Figures(1, 2, 3), None)
    worker._hear(ENDING + b"\n")
    assert worker.ending is not None
    assert len(worker.ending.exceptions) == 200
