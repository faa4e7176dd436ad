"""How long the first page takes on 20,000 reports."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

pytest.importorskip("datasette", reason="the extra serve is not installed")

from govcrawl.serve.site import warm
from tests.serve.browsing import Browser

pytestmark = pytest.mark.bench


def test_the_first_page_on_20_000_reports(large: Path) -> None:
    browser = Browser(large.parent)
    begun = time.perf_counter()
    warm(browser.site, 60)
    prepared = time.perf_counter() - begun
    took = {}
    for path in ("/", "/coverage", "/findings", "/reports", "/report/5000", "/trends", "/runs"):
        begun, cpu = time.perf_counter(), time.process_time()
        assert browser.get(path).status_code == 200
        took[path] = (time.perf_counter() - begun, time.process_time() - cpu)
    print(f"prepared in {prepared:.2f} s")
    for path, (wall, cpu) in took.items():
        print(f"{path:>14}  {wall:.2f} s, {cpu:.2f} s of processor")
    assert took["/"][1] < 1
    browser.close()
