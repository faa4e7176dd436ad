"""From real front doors to every report, with few extra requests, and never out of the place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from govcrawl.discovery import Discovery, Kind
from govcrawl.discovery.memory import Memory
from govcrawl.discovery.urls import page_key
from govcrawl.model import Portal
from tests.discovery.walk import go
from tests.portals.fronts import fronts
from tests.portals.fronts.front import Fronted
from tests.portals.server import PortalServer

FRONTS = [(name, made) for name, made in fronts().items() if name != "leading_astray"]  # see tests/crawl


@pytest.mark.parametrize("made", [pytest.param(made, id=name) for name, made in FRONTS])
def test_from_the_front_door(made: Callable[[], Fronted]) -> None:
    world = made()
    portal = Portal("qipi", world.name, world.home, world.code, hosts=world.further)
    discovery = Discovery(portal)
    with PortalServer(world.hosts) as server:  # type: ignore[arg-type]
        done = go(discovery, server.proxy_url)
        asked = [f"http://{row.host}{row.path}" for row in server.log]
    found = {page_key(entry.url) for entry in done.entries}
    wanted = {page_key(url) for url in world.reports}
    allowed = wanted | {page_key(url) for url in world.tolerated}
    path = [f"{step.kind} {step.target.url}: {step.reason}" for step, _ in done.steps]
    assert len(found & wanted) >= 0.95 * len(wanted), path
    assert len(found - allowed) <= 1, found - allowed
    assert [url for url in asked if not url.startswith(world.inside)] == []
    assert (world.outcome or "") in " ".join(filter(None, [discovery.outlook, *discovery.shortfalls()]))
    assert bool(discovery.outlook) <= bool(world.outcome), discovery.outlook
    lists = [step for step, _ in done.steps if step.annual or step.kind is Kind.LISTING]
    assert len(done.steps) - len(lists) <= world.extra, path


@pytest.mark.parametrize("name", ["frame_navigation", "empty_targets", "posted_panel", "plain_search"])
def test_a_remembered_column_behind_a_front_is_asked_at_once(name: str) -> None:
    world = fronts()[name]()
    portal = Portal("qipi", world.name, world.home, world.code)
    first = Discovery(portal)
    with PortalServer(world.hosts) as server:  # type: ignore[arg-type]
        entries = go(first, server.proxy_url).entries
        settled = frozenset(page_key(entry.url) for entry in entries)
        again = Discovery(portal, memory=Memory(tuple(first.visited.values()), settled))
        done = go(again, server.proxy_url)
    asked = [step.target.url for step, _ in done.steps]
    assert again.changed is None
    assert {page_key(entry.url) for entry in done.entries} <= settled
    assert 1 <= len(asked) <= 6
    assert [url for url in asked if not url.startswith(world.inside)] == []
