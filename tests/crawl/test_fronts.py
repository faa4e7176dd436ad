"""Front doors through the whole crawl: where it may go, what it says when it may not, what it leaves alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from govcrawl.discovery.urls import page_key
from tests.crawl.test_crawl import Ended, crawl
from tests.portals.fronts import fronts
from tests.portals.fronts.front import Fronted
from tests.portals.log import Logged
from tests.portals.server import PortalServer

REGISTRY = "code,name,url,hosts\n{code},{name},{home},{hosts}\n"


def crawled(name: str, folder: Path, robots: str = "") -> tuple[Fronted, Ended, list[Logged]]:
    world = fronts()[name]()
    if robots:
        world.hosts[0].put("/robots.txt", robots, "text/plain")
    registry = folder / "own.csv"
    registry.write_text(
        REGISTRY.format(code="990299", name=world.name, home=world.home, hosts=" ".join(world.further)),
        "utf-8",
    )
    with PortalServer(world.hosts) as server:  # type: ignore[arg-type]
        ended = crawl(
            folder, "-a", "portals=990299", "-s", f"REGISTRY_FILE={registry}", proxy=server.proxy_url
        )
        return world, ended, list(server.log)


def stored(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder / "govcrawl.db")) as db, db:
        return {page_key(url) for (url,) in db.execute("SELECT url FROM reports")}


SLOW = [
    pytest.param(name, marks=pytest.mark.soak) for name in ("hostile", "named_number", "script_navigation")
]


@pytest.mark.parametrize("name", ["leading_astray", "frame_navigation", *SLOW])
def test_no_request_leaves_the_place(name: str, tmp_path: Path) -> None:
    world, ended, log = crawled(name, tmp_path)
    asked = [f"http://{row.host}{row.path}" for row in log]
    robots = {f"{url.split('/', 3)[0]}//{url.split('/', 3)[2]}/robots.txt" for url in world.inside}
    assert [url for url in asked if not url.startswith(world.inside) and url not in robots] == []
    assert len(stored(tmp_path) & {page_key(url) for url in world.reports}) >= 0.95 * len(world.reports), (
        ended
    )


@pytest.mark.soak
def test_the_outcome_says_what_a_site_is(tmp_path: Path) -> None:
    _, ended, _ = crawled("news_site", tmp_path)
    assert ended.status == 3
    assert "not a government portal: «栖陂网»" in ended.errors


def test_a_gap_is_declared_with_the_way_to_close_it(tmp_path: Path) -> None:
    _, ended, _ = crawled("numbered_platform", tmp_path)
    assert ended.status == 3
    assert "222.222.245.73:99" in ended.errors
    assert "name that host under hosts in a registry row" in ended.errors


def test_a_search_that_robots_forbids_is_not_asked(tmp_path: Path) -> None:
    _, ended, log = crawled("trs_search", tmp_path, robots="User-agent: *\nDisallow: /was5/\n")
    assert ended.status == 3
    assert not [row.path for row in log if row.path.startswith("/was5/")]
    assert "no annual report was found" in ended.errors
