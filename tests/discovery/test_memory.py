"""The next crawl starts where the last one found the listings, and at the front when the site has changed."""

from dataclasses import replace

import pytest

from govcrawl.discovery import Discovery, Kind
from govcrawl.discovery.memory import Memory
from govcrawl.discovery.urls import page_key
from govcrawl.model import Entry
from govcrawl.model import Portal as Place
from tests.discovery.walk import Walk, go
from tests.portals.server import PortalServer
from tests.portals.style import Page
from tests.portals.world import SPECS, Portal, PortalSpec


def again(spec: PortalSpec, server: PortalServer, first: Discovery, done: Walk) -> tuple[Discovery, Walk]:
    settled = frozenset(page_key(entry.url) for entry in done.entries)
    memory = Memory(tuple(first.visited.values()), settled)
    second = Discovery(Place("test", "test", spec.home), memory=memory)
    return second, go(second, server.proxy_url)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.style)
def test_an_unchanged_portal_costs_a_request_a_listing(spec: PortalSpec) -> None:
    portal = Portal(spec)
    with PortalServer([portal]) as server:
        first = Discovery(Place("test", "test", spec.home))
        done = go(first, server.proxy_url)
        second, walked = again(spec, server, first, done)
    listings = [seen for seen in first.visited.values() if seen.rows]
    assert second.recalling
    assert len(listings) <= len(walked.steps) <= len(listings) + 3
    assert not [step for step, _ in walked.steps if step.kind in {Kind.START, Kind.LISTING}]


def test_a_list_that_a_script_fills_costs_its_data_request_too() -> None:
    spec = PortalSpec("www.caoxi.gov.cn", "漕溪县", "990171", "hanweb_jpaas", "body_type", 7)
    with PortalServer([Portal(spec)]) as server:
        first = Discovery(Place("test", "test", spec.home))
        done = go(first, server.proxy_url)
        second, walked = again(spec, server, first, done)
    listings = [seen for seen in first.visited.values() if seen.rows]
    assert any(not seen.shown for seen in listings)
    assert second.recalling
    assert len(walked.steps) <= 2 * len(listings) + 3


def test_a_listing_that_is_gone_begins_anew() -> None:
    spec = SPECS[1]
    portal = Portal(spec)
    with PortalServer([portal]) as server:
        first = Discovery(Place("test", "test", spec.home))
        done = go(first, server.proxy_url)
        column = next(seen.url for seen in first.visited.values() if seen.rows)
        path = column.partition(spec.host)[2]
        portal.overrides[path] = Page(b"<h1>404</h1>", status=404)
        second, walked = again(spec, server, first, done)
        assert second.changed is not None
        assert column in second.changed
        assert any(step.kind is Kind.START for step, _ in walked.steps)
        portal.overrides[path] = Page(b"<html><body><ul><li>empty</li></ul></body></html>")
        second, walked = again(spec, server, first, done)
        assert second.changed is not None
        assert "shows none" in second.changed


def test_a_new_report_on_a_first_page_is_found() -> None:
    spec = SPECS[0]
    portal = Portal(spec)
    with PortalServer([portal]) as server:
        first = Discovery(Place("test", "test", spec.home))
        done = go(first, server.proxy_url)
        newest = max((e for e in done.entries if e.published), key=lambda entry: entry.published or "")
        done.entries.remove(newest)
        _, walked = again(spec, server, first, done)
    assert newest.url in {entry.url for entry in walked.entries}


def test_a_link_that_waits_is_asked_for_though_its_twin_was_found() -> None:
    discovery = Discovery(Place("x", "石坞县", "http://www.x.gov.cn/", None))
    found = Entry(
        url="https://www.x.gov.cn/nb/1.html", portal="x", title="石坞县2022年政府信息公开工作年度报告"
    )
    discovery.finds.entries[page_key(found.url)] = found
    assert discovery.planned(found)
    assert not discovery.planned(replace(found, url="http://www.x.gov.cn/nb/1.html"))
