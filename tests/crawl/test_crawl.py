"""`scrapy crawl` as a user runs it: over real HTTP, into a real database, with its exit status."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.portals.score import score
from tests.portals.server import PortalServer, Refusal
from tests.portals.world import SPECS, Portal, PortalSpec

PROJECT = Path(__file__).resolve().parents[2]
FAST = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "RETRY_TIMES=0")


@dataclass(frozen=True)
class Ended:
    status: int
    errors: str


def crawl(output: Path, *arguments: str, proxy: str | None = None) -> Ended:
    environment = {
        name: value for name, value in os.environ.items() if name.lower() not in {"http_proxy", "no_proxy"}
    }
    if proxy:
        environment["http_proxy"] = proxy
    ended = subprocess.run(
        [
            sys.executable,
            "-m",
            "scrapy",
            "crawl",
            "annual_reports",
            *arguments,
            "-s",
            f"OUTPUT_DIR={output}",
            *FAST,
        ],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
    )
    return Ended(ended.returncode, ended.stderr)


@pytest.fixture(scope="module")
def world() -> Iterator[PortalServer]:
    refusals = {"www.gone.gov.cn": Refusal.UNRESOLVED, "www.shut.gov.cn": Refusal.REFUSED}
    with PortalServer([Portal(spec) for spec in SPECS], refusals=refusals) as server:
        yield server


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.style)
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

    second = crawl(tmp_path, "-a", f"url={portal.spec.home}", proxy=world.proxy_url)
    assert second.status == 0
    assert f"Nothing new: {len(portal.truth)} reports unchanged" in second.errors
    with sqlite3.connect(tmp_path / "govcrawl.db") as db:
        assert db.execute("SELECT count(*) FROM reports").fetchone() == (len(portal.truth),)
        assert db.execute("SELECT count(*) FROM versions").fetchone() == (0,)
        assert not db.execute("SELECT * FROM entries WHERE state NOT IN ('stored', 'rejected')").fetchall()


def test_only_the_years_asked_for(world: PortalServer, tmp_path: Path) -> None:
    portal = world.portals[SPECS[0].host]
    ended = crawl(tmp_path, "-a", f"url={portal.spec.home}", "-a", "years=2021-2022", proxy=world.proxy_url)
    assert ended.status == 0, ended.errors
    with sqlite3.connect(tmp_path / "govcrawl.db") as db:
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


def test_a_database_that_is_not_ours(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "govcrawl.db") as db:
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
