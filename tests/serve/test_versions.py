"""A corrected report: what its page says now and what it said before, and the archived bytes of both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("datasette", reason="the extra serve is not installed")

from govcrawl.archive import Archive
from govcrawl.ingest import find_documents, ingest
from govcrawl.reading import Readers
from govcrawl.store import Store
from tests.crawl.manners import small
from tests.serve.browsing import Browser


def fill(output: Path, pages: Path) -> None:
    """A report as a file, taken in, corrected, and taken in again."""
    portal = small("huaishi", 81)
    expected = portal.truth[0]
    page = portal.answer("GET", expected.urls[0].removeprefix(portal.spec.home.rstrip("/"))).body
    assert page.count(b"3450.1996") == page.count(b"317") == 1
    corrected = page.replace(b"3450.1996", b"3450.2").replace(b"317", b"318")
    with (
        Store.open(output / "govcrawl.db") as store,
        Archive(output / "archive") as archive,
        Readers(processes=0) as readers,
    ):
        for content, outcome in ((page, "new"), (corrected, "changed")):
            (pages / "report.html").write_bytes(content)
            run_id = store.start_run("ingest", {})
            (done,) = ingest(find_documents([pages]).files, store, archive, run_id, readers)
            assert done.outcome == outcome


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    output = tmp_path_factory.mktemp("output")
    fill(output, tmp_path_factory.mktemp("pages"))
    browser = Browser(output)
    yield browser
    browser.close()


def test_what_changed_is_told(corrected: Browser) -> None:
    report = corrected.get("/report/1", **{"accept-language": "en"})
    assert "Earlier versions (1)" in report.text
    assert 'href="file:' not in report.text  # a browser follows no such link, and it tells where files lie
    versions = corrected.get("/report/1/versions", **{"accept-language": "en"})
    assert "全年推送317期" in "".join(re.findall(r"<del>(.*?)</del>", versions.text))
    assert "全年推送318期" in "".join(re.findall(r"<ins>(.*?)</ins>", versions.text))
    assert "<td><del>3450.1996万元</del></td><td><ins>3450.2万元</ins></td>" in versions.text
    assert 'href="/report/1#cell:proactive.art20_8.fees:amount"' in versions.text


def test_both_archived_documents_are_there(corrected: Browser) -> None:
    page = corrected.get("/report/1/original").text
    hashes = re.findall(r'<option value="([0-9a-f]{64})"', page)
    assert len(hashes) == 2
    shown = [corrected.get(f"/archive/{sha256}/page") for sha256 in hashes]
    assert sorted("318期" in one.text for one in shown) == [False, True]
    assert all("sandbox" in one.headers["content-security-policy"] for one in shown)
    kept = corrected.get(f"/archive/{hashes[0]}/download")
    assert kept.headers["content-type"] == "application/octet-stream"
    assert kept.headers["content-disposition"].startswith("attachment")
    source = corrected.get(f"/archive/{hashes[0]}/source")
    assert source.headers["content-type"].startswith("text/plain")
    assert corrected.get(f"/archive/{hashes[0]}/picture").status_code == 404
