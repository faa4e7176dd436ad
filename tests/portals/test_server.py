"""The imitation portals as seen through the proxy."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from urllib.error import URLError
from urllib.parse import urlsplit

import pytest

from tests.portals.client import Client, links
from tests.portals.fold import folded
from tests.portals.model import PortalSpec
from tests.portals.server import PortalServer, Refusal
from tests.portals.style import Page
from tests.portals.world import SPECS, Portal, default_world

World = tuple[PortalServer, Client, dict[str, Portal]]


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    portals = default_world()
    refusals = {"www.gone.gov.cn": Refusal.UNRESOLVED, "www.silent.gov.cn": Refusal.RESET}
    with PortalServer(portals, refusals=refusals) as server:
        yield server, Client(server.proxy_url), {p.spec.style: p for p in portals}


STYLES = [spec.style for spec in SPECS]


@pytest.mark.parametrize("style", STYLES)
def test_every_report_is_served_with_its_numbers(world: World, style: str) -> None:
    _, client, portals = world
    for expected in portals[style].truth:
        for url in expected.urls:
            answer = client.get(url, {"Accept-Encoding": "gzip"})
            assert answer.status == 200
            page = answer.text()
            assert "\ufffd" not in page
            whole = folded(re.sub(r"<[^>]*>|&nbsp;", "", page))
            assert folded(expected.truth.title) in whole
            for paragraph in expected.truth.paragraphs:
                assert folded(paragraph) in whole
            cells = {folded(cell) for cell in re.findall(r">([^<>]*)<", page.replace("&nbsp;", ""))}
            assert all(folded(fact.raw) in cells for fact in expected.truth.facts.values())


@pytest.mark.parametrize("style", STYLES)
def test_size_of_each_portal(world: World, style: str) -> None:
    portal = world[2][style]
    assert 40 <= len(portal.truth) <= 120
    assert portal.other_pages >= 500
    assert len({e.urls[0] for e in portal.truth}) == len(portal.truth)
    assert all(portal.answer("GET", path).status == 200 for path in portal.paths)


@pytest.mark.parametrize("style", STYLES)
def test_the_reports_are_reached_from_the_home_page_by_labels(world: World, style: str) -> None:
    _, client, portals = world
    portal = portals[style]
    url = portal.spec.home
    for label in ("政务公开", portal.site.column("disclosure").name, portal.site.column("reports").name):
        found = links(url, client.get(url).text())
        url = next(address for address, text in found.items() if text == label)
    assert url == portal.style.url(portal.style.column_path(portal.site.column("reports")))


def reached_from_listings(portal: Portal, fetch: Callable[[str], str]) -> tuple[set[str], int]:
    """Every address seen on the pages of the reports' columns, and how many pages that took."""
    column = portal.site.column("reports")
    inside = {
        portal.style.url(portal.style.column_path(c, page))
        for c in column.walk()
        for page in range(portal.style.pages(c))
    }
    queue, seen, reached = [portal.style.url(portal.style.column_path(column))], set[str](), set[str]()
    while queue:
        url = queue.pop()
        if url not in seen:
            seen.add(url)
            found = links(url, fetch(url))
            reached |= found.keys()
            queue += [u for u in found if u in inside or "/module/web/jpage/dataproxy.jsp?" in u]
    return reached, len(seen)


@pytest.mark.parametrize("style", STYLES)
def test_the_listings_lead_to_every_report(world: World, style: str) -> None:
    _, client, portals = world
    portal = portals[style]
    reached, pages = reached_from_listings(portal, lambda url: client.get(url).text())
    assert {e.urls[0] for e in portal.truth} <= reached
    assert pages <= 0.4 * len(portal.truth)


def test_look_alikes_stand_among_the_reports(world: World) -> None:
    for portal in world[2].values():
        listed = [a for c in portal.site.column("reports").walk() for a in c.articles]
        assert sum(a.decoy for a in listed) >= 6
        assert sum(a.report is not None for a in listed) == len(portal.truth)


def test_jpage_answers_get_and_post_alike(world: World) -> None:
    _, client, portals = world
    portal = portals["hanweb"]
    column = portal.site.column("reports")
    listing = portal.style.url(portal.style.column_path(column))
    page = client.get(listing).text()
    following = next(u for u in links(listing, page) if "dataproxy.jsp" in u)
    by_get = client.get(following).text()
    unit = re.search(r"unitid=(\d+)", following)
    assert unit is not None
    form = f"col=1&appid=1&path=/&columnid={column.number}&unitid={unit.group(1)}&permissiontype=0".encode()
    query = "startrecord=46&endrecord=90&perpage=15"
    proxy = following.partition("?")[0]
    by_post = client.get(f"{proxy}?{query}", form=form).text()
    records = re.findall(r"<record>.*?</record>", by_get, re.S)
    assert len(records) == 45
    assert re.findall(r"<record>.*?</record>", by_post, re.S) == records
    assert f"<totalrecord>{len(column.articles)}</totalrecord>" in by_post
    assert not set(records) & set(re.findall(r"<record>.*?</record>", page, re.S))


def test_validators(world: World) -> None:
    _, client, portals = world
    url = portals["trs"].truth[0].urls[0]
    first = client.get(url)
    assert client.get(url, {"If-None-Match": first.headers["ETag"]}).status == 304
    assert client.get(url, {"If-Modified-Since": first.headers["Last-Modified"]}).status == 304
    assert client.get(url, {"If-None-Match": '"other"'}).status == 200


def test_absent_pages_and_robots(world: World) -> None:
    _, client, portals = world
    for portal in portals.values():
        answer = client.get(f"{portal.spec.home}zwgk/nowhere/index_99.html")
        assert answer.status == 404
        assert "您访问的页面不存在" in answer.text()
    robots = {style: client.get(f"{p.spec.home}robots.txt") for style, p in portals.items()}
    assert robots["trs"].status == 200
    assert "Disallow: /was5/" in robots["trs"].text()
    assert robots["hanweb"].status == 404


def test_a_page_may_change_between_crawls(world: World) -> None:
    _, client, portals = world
    portal = portals["trs"]
    url = portal.truth[0].urls[0]
    tag = client.get(url).headers["ETag"]
    portal.overrides[urlsplit(url).path] = Page(b"<p>withdrawn</p>", status=410)
    try:
        assert client.get(url, {"If-None-Match": tag}).status == 410
    finally:
        portal.overrides.clear()
    assert client.get(url, {"If-None-Match": tag}).status == 304


def test_unknown_hosts(world: World) -> None:
    _, client, _ = world
    assert client.get("http://www.nowhere.gov.cn/").status == 502
    lost = client.get("http://www.gone.gov.cn/")
    assert lost.status == 503
    assert lost.headers["X-Squid-Error"] == "ERR_DNS_FAIL 0"
    with pytest.raises((URLError, ConnectionError)):
        client.get("http://www.silent.gov.cn/")
    with pytest.raises((URLError, OSError)):
        client.get("https://www.yunting.gov.cn/")


def test_the_log_says_what_was_asked(world: World) -> None:
    server, client, portals = world
    server.log.clear()
    home = portals["plain"].spec.home
    client.get(home)
    client.get(f"{home}robots.txt")
    rows = [json.loads(line) for line in client.get("http://portals.test/log").text().splitlines()]
    assert [(r["path"], r["status"], r["agent"], r["together"]) for r in rows] == [
        ("/", 200, "portals-test", 1),
        ("/robots.txt", 404, "portals-test", 1),
    ]
    assert server.log.requests(portals["plain"].host) == 2
    assert "蓼浦县" in client.get("http://portals.test/").text()


def test_a_portal_is_the_same_every_time() -> None:
    spec = PortalSpec(
        "www.xiuyan.gov.cn", "岫堰县", "990131", "trs", "year", 5, departments=3, towns=3, others=30
    )
    one, two = Portal(spec), Portal(spec)
    assert one.paths == two.paths
    path = one.style.article_path(*next(iter(one.places.values())))
    assert one.answer("GET", path).body == two.answer("GET", path).body
    assert {e.truth.year for e in one.truth} >= set(spec.years)
