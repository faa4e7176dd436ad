"""Reports that stand only in attached files, through the whole crawl."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from govcrawl.archive import Archive
from govcrawl.explain import explain
from govcrawl.reading import Readers
from govcrawl.reextract import begin, reextract
from govcrawl.registry import load
from govcrawl.store import Store
from tests.crawl import attachments
from tests.crawl.attachments import CASES, HOST, report, url
from tests.crawl.network import Network
from tests.crawl.test_crawl import crawl
from tests.portals.model import PortalSpec
from tests.portals.score import score
from tests.portals.server import PortalServer
from tests.portals.world import Portal

SPEC = PortalSpec(
    "www.heyuan.gov.cn", "荷垣县", "990141", "cms_html", "flat", 8, departments=2, towns=2, others=20,
    years=(2022, 2023), old_years=(2015,), missing=0.0, traps=("attached=2",),
)  # fmt: skip


def test_reports_that_are_only_files(tmp_path: Path) -> None:
    portal = Portal(SPEC)
    with PortalServer([portal]) as server:
        first = crawl(tmp_path, "-a", f"url={portal.spec.home}", proxy=server.proxy_url)
        (result,) = score(tmp_path / "govcrawl.db", [portal], server.log)
        asked = len(server.log)
        again = crawl(tmp_path, "-a", f"url={portal.spec.home}", proxy=server.proxy_url)
        later = len(server.log) - asked
    assert first.status == 0, first.errors
    assert result.clean, result
    assert result.facts_right == result.facts > 1500
    files = -(-len(portal.truth) // 2)
    assert asked <= len(portal.truth) + files + 6
    assert again.status == 0
    assert later <= 6


@dataclass(frozen=True)
class Linzhou:
    """What came of the county of attachments: entries and reports by case, requests for each path."""

    status: int
    words: str
    entries: Mapping[str, tuple[str, str]]
    reports: Mapping[str, tuple[str, str, str | None]]
    asked: list[str]
    db: Path


def crawled(folder: Path, *settings: str) -> Linzhou:
    with Network({HOST: attachments.answer}) as network:
        ended = crawl(folder, "-a", f"url=http://{HOST}/", *settings, proxy=network.proxy_url)
        asked = [f"{one.host}{one.path}" for one in network.log]
    case_of = {url(case): case for case in CASES}
    with closing(sqlite3.connect(folder / "govcrawl.db")) as db, db:
        entries = {
            case_of[row[0]]: (row[1], row[2] or "")
            for row in db.execute("SELECT url, state, last_error FROM entries")
        }
        reports = {
            case_of[row[0]]: (row[1], row[2], row[3])
            for row in db.execute("SELECT url, source_type, title, published FROM reports")
        }
    return Linzhou(ended.status, ended.errors, entries, reports, asked, folder / "govcrawl.db")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Linzhou:
    return crawled(tmp_path_factory.mktemp("attached"))


@pytest.mark.parametrize(
    ("case", "state", "words", "kind"),
    [
        ("only", "stored", "", "pdf"),
        ("tables", "stored", "", "html"),
        ("twin", "stored", "", "html"),
        ("viewer", "stored", "", "ofd"),
        ("frame", "stored", "", "ofd"),
        ("direct", "stored", "", "pdf"),
        ("missing", "stored", "", "html"),
        ("broken", "failed", "/f/broken.xlsx: the server answers 500", "html"),
        ("gone", "failed", "/f/gone.pdf: the server answers 404", None),
        ("forbidden", "blocked", "/secret/1.pdf: robots.txt does not allow this page", None),
        ("walled", "blocked", "/download.jsp?id=8: refused by verification", None),
        ("outside", "failed", "http://files.elsewhere.gov.cn/1.pdf: lies outside the portal", None),
        ("damaged", "failed", "/f/damaged.doc: ", None),
        ("letter", "rejected", "/f/letter.txt.doc: no annual report", None),
        ("bundle", "stored", "", "pdf"),
        ("saved", "stored", "", "html"),
        ("drawn", "failed", "/upload/20240118/2.png: a picture, not asked for; ", None),
        ("notice", "failed", "/f/notice.docx: a page came that shows no file", None),
        ("neighbour", "failed", "/f/neighbour.docx: the page of another report came: «临洲县", None),
        ("bare", "failed", "/f/bare.docx: the page of another report came: «临洲县", None),
        ("news", "failed", "/f/news.docx: a page of the site came that is no report: «全县", None),
        ("listed", "failed", "/f/listed.docx: a page came that shows no file", None),
        ("sent_home", "failed", "/f/sent_home.docx: its address leads to the home page", None),
        ("astray", "failed", "/go?id=5: a page came that shows no file", None),
        (
            "several",
            "rejected",
            "/f/several.zip: an archive of 2 documents, each of which has an entry",
            None,
        ),
        ("first", "stored", "", "ofd"),
        ("second", "stored", "", "ofd"),
    ],
)
def test_what_comes_of_a_page_with_a_file(
    case: str, state: str, words: str, kind: str | None, county: Linzhou
) -> None:
    assert county.entries[case][0] == state, county.entries[case]
    assert words in county.entries[case][1]
    assert county.reports.get(case, (None,))[0] == kind
    if kind is not None:
        assert county.reports[case][1:] == (report(case).title, "2024-01-20")


@pytest.mark.soak
def test_all_files_or_none(tmp_path: Path) -> None:
    whole = crawled(tmp_path / "all", "-s", "ATTACHMENTS=all")
    with closing(sqlite3.connect(whole.db)) as db, db:
        role = db.execute(
            "SELECT role, sha256 NOTNULL FROM attachments WHERE url LIKE '%/f/twin.pdf'"
        ).fetchall()
    assert role == [("twin", 1)]
    assert f"{HOST}/f/twin.pdf" in whole.asked
    assert whole.entries["twin"] == ("stored", "")
    bare = crawled(tmp_path / "none", "-s", "ATTACHMENTS=none")
    assert not [one for one in bare.asked if "/f/" in one and "direct" not in one]
    assert bare.entries["only"][0] == "rejected"
    assert bare.entries["tables"] == ("stored", "")


def test_facts_of_both_kinds_and_what_is_said_of_the_rest(county: Linzhou) -> None:
    with closing(sqlite3.connect(county.db)) as db, db:
        for case in ("only", "tables", "viewer", "frame", "direct", "twin", "bundle", "first", "second"):
            found = dict(
                db.execute(
                    "SELECT fact, value FROM facts f JOIN reports r ON r.id = f.report_id WHERE r.url = ?",
                    (url(case),),
                )
            )
            assert {name: found[name] for name in report(case).facts} == {
                name: cell.value for name, cell in report(case).facts.items()
            }, case
        told = db.execute(
            "SELECT r.url, subject FROM findings JOIN reports r ON r.id = report_id WHERE kind = 'attachment_unread'"
        ).fetchall()
        rows = db.execute(
            "SELECT r.url, a.url, a.role, a.sha256 IS NOT NULL, r.sha256 = a.sha256, e.sha256 = a.sha256 FROM attachments a "
            "JOIN reports r ON r.id = a.report_id LEFT JOIN entries e ON e.url = r.url ORDER BY r.url"
        ).fetchall()  # fmt: skip
        archived = {sha for (sha,) in db.execute("SELECT sha256 FROM records")}
        used = {
            sha
            for (sha,) in db.execute(
                "SELECT sha256 FROM reports UNION SELECT sha256 FROM entries WHERE sha256 NOTNULL "
                "UNION SELECT sha256 FROM attachments WHERE sha256 NOTNULL"
            )
        }
    base = f"http://{HOST}"
    assert sorted(told) == [
        (url("broken"), f"{base}/f/broken.xlsx"),
        (url("missing"), f"{base}/f/missing.xlsx"),
    ]
    assert (url("only"), f"{base}/nb/P0202401.pdf", "only_source", 1, 1, 0) in rows
    assert (url("tables"), f"{base}/f/tables.xlsx", "only_source", 1, 0, 0) in rows
    assert (url("twin"), f"{base}/f/twin.pdf", "twin", 0, None, None) in rows
    assert used <= archived


def test_everything_read_again_from_the_archive_is_the_same(county: Linzhou) -> None:
    before = derived(county.db)
    with (
        Store.open(county.db) as store,
        Archive(county.db.parent / "archive") as archive,
        Readers() as readers,
    ):
        run_id, urls = begin(store, only_stale=False)
        outcomes = {one.url: one.outcome for one in reextract(store, archive, readers, run_id, urls)}
    assert derived(county.db) == before
    assert {outcomes[url(case)] for case in county.reports} == {"same"}
    assert {outcomes[url(case)] for case in ("gone", "damaged", "letter", "walled")} == {"none"}


def test_a_file_is_explained_by_its_report(county: Linzhou) -> None:
    file = f"http://{HOST}/nb/P0202401.pdf"
    with Store.open(county.db) as store:
        told = explain(store, file, load())
    assert (told["known"], told["url"], told["asked"]) == (True, url("only"), file)
    assert told["judgement"]["evidence"]["attachment"] == file


def derived(path: Path) -> dict[str, list[object]]:
    """What is read of all documents, and what became of their links."""
    with closing(sqlite3.connect(path)) as db, db:
        found = {
            table: db.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall()
            for table in ("reports", "attachments", "findings", "facts", "sections", "checks", "sources")
        }
        found["entries"] = db.execute(
            "SELECT url, state, last_error, sha256 FROM entries ORDER BY url"
        ).fetchall()
    return found


def test_what_was_asked_for(county: Linzhou) -> None:
    assert county.status == 3
    assert "Traceback" not in county.words
    assert {one.partition("/")[0] for one in county.asked} == {HOST}
    assert f"{HOST}/f/twin.pdf" not in county.asked
    assert f"{HOST}/secret/1.pdf" not in county.asked
    assert all(county.asked.count(one) == 1 for one in county.asked if "/f/" in one)
