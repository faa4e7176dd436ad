"""`govcrawl probe` over real HTTP: what it says of portals, what it asks of them, what it leaves behind."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from govcrawl.cli import main
from govcrawl.crawl.look import LIMIT, Seen, _size
from govcrawl.discovery.pager import pages_told
from govcrawl.discovery.paging import named
from govcrawl.discovery.steps import Chain, Kind, Step, Target
from govcrawl.registry import load
from tests.crawl.test_crawl import FAST, environment
from tests.portals.server import PortalServer, Refusal
from tests.portals.style import Page
from tests.portals.world import SPECS, Portal, write_registry
from tests.warm import Ended, govcrawl

WALL = "<html><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=1;</script></html>"
SYSTEMS = {"trs": "trs", "hanweb": "hanweb", "plain": "generic"}


def probe(proxy: str, *arguments: str) -> tuple[Ended, str]:
    ended = govcrawl(["probe", *arguments, *FAST], environment(proxy))
    return ended, ended.output


@pytest.fixture(scope="module")
def world() -> Iterator[PortalServer]:
    walled = Portal(SPECS[0])
    walled.overrides["/"] = Page(WALL.encode(), status=412)
    portals = [Portal(spec) for spec in SPECS]
    with PortalServer(portals, refusals={"www.shut.gov.cn": Refusal.REFUSED}) as server:
        server.portals["www.walled.gov.cn"] = walled
        yield server


@pytest.fixture(scope="module")
def told(world: PortalServer) -> list[dict[str, Any]]:
    world.log.clear()
    ended, out = probe(world.proxy_url, *(spec.home for spec in SPECS), "--format", "json")
    assert (ended.status, ended.errors) == (0, "")
    return list(json.loads(out))


@pytest.mark.parametrize("place", range(len(SPECS)), ids=[spec.style for spec in SPECS])
def test_what_a_portal_is(place: int, told: list[dict[str, Any]], world: PortalServer) -> None:
    known, spec = told[place], SPECS[place]
    portal = world.portals[spec.host]
    column = portal.site.column("reports")
    assert (known["url"], known["outcome"]) == (spec.home, "found")
    assert known["system"] == SYSTEMS[spec.style]
    assert known["column"].rstrip("/") == portal.style.url(portal.style.column_path(column)).rstrip("/")
    assert known["path"]
    assert {"flat": "one list", "body_type": "kind of body", "body": "by body"}[spec.shape] in known["shape"]
    assert 0 < known["links"] <= len(portal.truth)
    assert abs(known["expected"] - len(portal.truth)) < 0.35 * len(portal.truth)
    assert not known["refusals"]
    assert not known["needs_browser"]


def test_it_costs_a_handful_and_reads_no_report(told: list[dict[str, Any]], world: PortalServer) -> None:
    for known, spec in zip(told, SPECS, strict=True):
        asked = [entry for entry in world.log if entry.host == spec.host]
        assert len(asked) == known["requests"] <= LIMIT + 1
        reports = {url for report in world.portals[spec.host].truth for url in report.urls}
        assert not [entry for entry in asked if f"http://{entry.host}{entry.path}" in reports]
        assert max(entry.together for entry in asked) == 1


def test_refused_and_out_of_reach(world: PortalServer) -> None:
    world.log.clear()
    ended, out = probe(
        world.proxy_url, "http://www.walled.gov.cn/", "http://www.shut.gov.cn/", "--format", "json"
    )
    assert ended.status == 5
    walled, shut = json.loads(out)
    assert (walled["outcome"], shut["outcome"]) == ("blocked", "unreachable")
    (refusal,) = walled["refusals"]
    assert (refusal["system"], refusal["status"]) == ("瑞数", 412)
    assert "www.shut.gov.cn" in shut["troubles"][0]
    asked = [entry.path for entry in world.log if entry.host == "www.walled.gov.cn"]
    assert sorted(asked) == ["/", "/robots.txt"]


def test_the_table_names_what_is_known_and_what_is_wrong(world: PortalServer) -> None:
    ended, out = probe(world.proxy_url, SPECS[0].home, "http://www.walled.gov.cn/")
    assert ended.status == 3
    first, second = out.split("\n\n")
    assert "system      trs" in first
    assert "limit 12 and robots.txt" in first
    assert "refused by  瑞数" in second
    assert [line for line in out.splitlines() if line != line.rstrip()] == []


def test_a_row_that_the_registry_takes(world: PortalServer, tmp_path: Path) -> None:
    own, made = tmp_path / "own.csv", tmp_path / "made.csv"
    write_registry(own, [world.portals[SPECS[1].host]])
    arguments = ("liaopu", SPECS[2].home, "--registry", str(own), "--registry-row")
    ended, out = probe(world.proxy_url, *arguments)
    assert ended.status == 0, ended.errors
    made.write_text(out, encoding="utf-8")
    registry = load(made)
    assert registry.find("990122").name == "蓼浦县"
    assert registry.find("qipi").url == SPECS[2].home
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["start"] for row in rows] == ["", ""]
    assert [row["name"] for row in rows] == ["蓼浦县", "栖陂县"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nosuchkey"], "nosuchkey"),
        (["http://"], "http://"),
        ([SPECS[0].home, "-s", "DOWNLOAD_DELAY"], "NAME=VALUE"),
        ([SPECS[0].home, "-s", "DOWNLOAD_DELAY=x"], "DOWNLOAD_DELAY"),
        ([], "URL"),
    ],
)
def test_wrong_usage(arguments: list[str], words: str) -> None:
    ended = CliRunner().invoke(main, ["probe", *arguments])
    assert ended.exit_code == 2
    assert ended.stderr.startswith("Error: ")
    assert ended.stderr.count("\n") == 1
    assert words in ended.stderr


def test_the_size_of_a_listing() -> None:
    targets = [Target(f"http://x.gov.cn/index_{n}.html") for n in range(1, 5)]
    step = Step(Target("u"), Kind.COLUMN, 80.0, "")

    def seen(pages: int, promised: int | None = None) -> Seen:
        return Seen(step, "u", named("generic"), "", 20, "", pages, promised)

    assert _size(seen(1), None) == (20, False)
    assert _size(seen(0), None) == (20, True)
    assert _size(seen(5), None) == (90, False)
    assert _size(seen(1), Chain("u", "trs", targets)) == (90, False)
    assert _size(seen(1, 93), Chain("u", "trs", targets)) == (93, False)
    assert _size(seen(0), Chain("u", "generic", targets[:1])) == (30, True)
    assert _size(seen(4), Chain("u", "generic", targets[:1])) == (70, False)


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("共 7 页", 7),
        ("第1/9页", 9),
        ("总页数：12", 12),
        ("下一页 尾页", 0),
        ("公开年报", 1),
        ("共99999页", 1),
    ],
)
def test_how_many_pages_a_pager_tells(text: str, pages: int) -> None:
    assert pages_told(text) == pages
