"""`scrapy crawl` as a user runs it: over real HTTP, into a real database, with its exit status."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from govcrawl.cli import main
from govcrawl.crawl.hours import BEIJING
from govcrawl.store import Store
from govcrawl.store.paths import way_to
from tests.portals.score import score
from tests.portals.server import PortalServer, Refusal
from tests.portals.style import Page
from tests.portals.world import BRIEF, Portal, PortalSpec
from tests.warm import Ended, scrapy

PROJECT = Path(__file__).resolve().parents[2]
FAST = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "RETRY_TIMES=0")


def environment(proxy: str | None) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if name.lower() not in {"http_proxy", "no_proxy"}
    }
    return {**kept, "http_proxy": proxy} if proxy else kept


def command(output: Path, *arguments: str) -> list[str]:
    scrapy = [sys.executable, "-m", "scrapy", "crawl", "annual_reports"]
    return [*scrapy, "-s", f"OUTPUT_DIR={output}", *FAST, *arguments]


def crawl(output: Path, *arguments: str, proxy: str | None = None) -> Ended:
    environment = {
        name: value for name, value in os.environ.items() if name.lower() not in {"http_proxy", "no_proxy"}
    }
    if proxy:
        environment["http_proxy"] = proxy
    return scrapy(["crawl", "annual_reports", *arguments, "-s", f"OUTPUT_DIR={output}", *FAST], environment)


@pytest.fixture(scope="module")
def world() -> Iterator[PortalServer]:
    refusals = {"www.gone.gov.cn": Refusal.UNRESOLVED, "www.shut.gov.cn": Refusal.REFUSED}
    with PortalServer([Portal(spec) for spec in BRIEF], refusals=refusals) as server:
        yield server


@pytest.mark.parametrize(
    "spec",  # the demo crawls all of them
    [pytest.param(spec, id=spec.style, marks=[pytest.mark.soak] * (spec.style != "trs")) for spec in BRIEF],
)
def test_a_portal_from_its_home_page(spec: PortalSpec, world: PortalServer, tmp_path: Path) -> None:
    portal = world.portals[spec.host]
    world.log.clear()
    first = crawl(tmp_path, "-a", f"url={portal.spec.home}", proxy=world.proxy_url)
    assert first.status == 0, first.errors
    (result,) = score(tmp_path / "govcrawl.db", [portal], world.log)
    assert result.clean, result
    assert not result.wrong_checks
    assert result.facts_right == result.facts > 0
    assert result.per_report is not None
    assert result.per_report <= 1.6
    assert max(entry.together for entry in world.log) == 1
    ways = ways_of(tmp_path / "govcrawl.db")
    assert {way[0] for way in ways.values()} == {portal.spec.home}
    assert covered(tmp_path) == owed(portal)

    second = crawl(tmp_path, "-a", f"url={portal.spec.home}", proxy=world.proxy_url)
    assert second.status == 0
    assert f"Nothing new: {len(portal.truth)} reports unchanged" in second.errors
    with closing(sqlite3.connect(tmp_path / "govcrawl.db")) as db, db:
        assert db.execute("SELECT count(*) FROM reports").fetchone() == (len(portal.truth),)
        assert db.execute("SELECT count(*) FROM versions").fetchone() == (0,)
        assert not db.execute("SELECT * FROM entries WHERE state NOT IN ('stored', 'rejected')").fetchall()
    assert ways_of(tmp_path / "govcrawl.db") == ways


def owed(portal: Portal) -> tuple[set[tuple[str, int]], int]:
    """What coverage has to say: addresses and years found, and how many body-years are missing."""
    years: dict[str, set[int]] = {}
    for report in portal.truth:
        name = "county" if report.truth.body.kind == "county" else report.truth.body.slug
        years.setdefault(name, set()).add(report.truth.year)
    first, last = min(map(min, years.values())), datetime.now(BEIJING).year - 1
    missing = 0
    for name, found in years.items():
        due = range(first if name == "county" else min(found), last + 1 if max(found) > 2018 else 2019)
        missing += len(set(due) - found)
    return {(report.urls[0], report.truth.year) for report in portal.truth}, missing


def covered(output: Path) -> tuple[set[tuple[str, int]], int]:
    ended = CliRunner().invoke(main, ["coverage", "--format", "json", "--output", str(output)])
    rows = json.loads(ended.stdout)
    found = {(row["url"], row["year"]) for row in rows if row["status"] == "found"}
    return found, sum(row["status"] in {"missing", "overdue", "not_due"} for row in rows)


def ways_of(path: Path) -> dict[str, list[str]]:
    """The pages that led to each report link, from the first on."""
    with Store.open(path) as store:
        links = list(store.db.query("SELECT url, portal, listing FROM entries"))
        return {
            link["url"]: [page["url"] for page in way_to(store.db, link["portal"], link["listing"])]
            for link in links
        }


def test_only_the_years_asked_for(world: PortalServer, tmp_path: Path) -> None:
    portal = world.portals[BRIEF[0].host]
    ended = crawl(tmp_path, "-a", f"url={portal.spec.home}", "-a", "years=2021-2022", proxy=world.proxy_url)
    assert ended.status == 0, ended.errors
    with closing(sqlite3.connect(tmp_path / "govcrawl.db")) as db, db:
        stored = dict(db.execute("SELECT year, count(*) FROM reports GROUP BY year"))
    wanted = [report.truth.year for report in portal.truth if report.truth.year in {2021, 2022}]
    assert stored == {year: wanted.count(year) for year in set(wanted)}


@pytest.mark.parametrize("host", ["www.gone.gov.cn", "www.shut.gov.cn", "www.unheardof.gov.cn"])
def test_a_portal_out_of_reach(host: str, world: PortalServer, tmp_path: Path) -> None:
    ended = crawl(tmp_path, "-a", f"url=http://{host}/", proxy=world.proxy_url)
    assert ended.status == 5
    assert host in ended.errors
    assert "Traceback" not in ended.errors


def test_a_refused_connection_without_a_proxy(tmp_path: Path) -> None:
    ended = crawl(tmp_path, "-a", "url=http://127.0.0.1:9/")
    assert ended.status == 5
    assert "127.0.0.1" in ended.errors
    assert "Traceback" not in ended.errors


def test_a_spider_that_is_none(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "annual_report"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 2
    assert "annual_reports" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("signal_", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.soak)])
def test_stopped_and_gone_on_with(signal_: signal.Signals, world: PortalServer, tmp_path: Path) -> None:
    portal = world.portals[BRIEF[1].host]
    url = ("-a", f"url={portal.spec.home}")
    running = subprocess.Popen(
        command(tmp_path, *url, "-s", "DOWNLOAD_DELAY=0.05"),
        cwd=PROJECT,
        env=environment(world.proxy_url),
        stderr=subprocess.PIPE,
        text=True,
    )
    world.log.clear()
    while not any("art_" in entry.path for entry in world.log):
        time.sleep(0.1)
    running.send_signal(signal_)
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 3, errors
    assert "run again to go on" in errors
    with closing(sqlite3.connect(tmp_path / "govcrawl.db")) as db, db:
        stored = db.execute("SELECT count(*) FROM reports").fetchone()[0]
        assert db.execute("SELECT exit_status FROM runs").fetchall() == [(3,)]
    assert stored < len(portal.truth)
    again = crawl(tmp_path, *url, proxy=world.proxy_url)
    assert again.status == 0
    assert f"{len(portal.truth) - stored} new" in again.errors


def test_reports_that_are_gone_or_fail(world: PortalServer, tmp_path: Path) -> None:
    portal = Portal(BRIEF[1])
    gone, broken = (urlsplit(report.urls[0]).path for report in portal.truth[:2])
    portal.overrides[gone] = Page(b"<h1>404</h1>", status=404)
    portal.overrides[broken] = Page(b"<h1>500</h1>", status=500)
    with PortalServer([portal]) as server:
        ended = crawl(tmp_path, "-a", f"url={portal.spec.home}", proxy=server.proxy_url)
    assert ended.status == 3, ended.errors
    with closing(sqlite3.connect(tmp_path / "govcrawl.db")) as db, db:
        states = dict(db.execute("SELECT state, count(*) FROM entries GROUP BY state"))
    assert states["gone"] == states["failed"] == 1
    assert states["stored"] == len(portal.truth) - 2


def test_what_failed_is_tried_again_though_its_listing_is_unchanged(tmp_path: Path) -> None:
    portal = Portal(BRIEF[1])
    url = ("-a", f"url={portal.spec.home}")
    with PortalServer([portal]) as server:
        assert crawl(tmp_path, *url, proxy=server.proxy_url).status == 0
        deep = min(portal.truth, key=lambda report: report.truth.published).urls[0]
        with closing(sqlite3.connect(tmp_path / "govcrawl.db")) as db, db:
            changed = db.execute("UPDATE entries SET state = 'failed' WHERE url = ?", (deep,)).rowcount
        assert changed == 1
        server.log.clear()
        assert crawl(tmp_path, *url, proxy=server.proxy_url).status == 0
        assert urlsplit(deep).path in {entry.path for entry in server.log}
    with closing(sqlite3.connect(tmp_path / "govcrawl.db")) as db, db:
        assert db.execute("SELECT state FROM entries WHERE url = ?", (deep,)).fetchone() == ("stored",)


def test_a_spent_budget_is_no_complete_crawl(world: PortalServer, tmp_path: Path) -> None:
    url = world.portals[BRIEF[2].host].spec.home
    ended = crawl(tmp_path, "-a", f"url={url}", "-s", "PORTAL_REQUEST_BUDGET=2", proxy=world.proxy_url)
    assert ended.status == 3
    assert "budget" in ended.errors


def test_a_database_that_is_not_ours(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "govcrawl.db")) as db, db:
        db.execute("CREATE TABLE theirs (x)")
    ended = crawl(tmp_path, "-a", "url=http://www.x.gov.cn/")
    assert ended.status == 2
    assert ended.errors.startswith("Error: ")
    assert ended.errors.count("\n") == 1
    assert "govcrawl.db" in ended.errors


def test_an_output_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    ended = crawl(tmp_path / "file" / "out", "-a", "url=http://www.x.gov.cn/")
    assert ended.status == 2
    assert ended.errors.count("\n") == 1
