"""Discovery over whole imitation portals: every report, nothing else, few requests."""

import pytest

from govcrawl.discovery.urls import page_key
from govcrawl.hosts import host_of
from tests.discovery.walk import walk
from tests.portals.server import PortalServer
from tests.portals.world import SPECS, Portal, PortalSpec


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.style)
def test_every_report_from_the_home_page(spec: PortalSpec) -> None:
    portal = Portal(spec)
    with PortalServer([portal]) as server:
        done = walk(spec.home, server.proxy_url)
    expected = {page_key(url): report.urls[0] for report in portal.truth for url in report.urls}
    found = [expected.get(page_key(entry.url)) for entry in done.entries]
    assert found.count(None) <= 1  # 关于发布2021年...报告: only its page tells that it is a notice
    assert sorted(filter(None, found)) == sorted(report.urls[0] for report in portal.truth)
    assert len(done.steps) <= 0.25 * len(portal.truth)
    assert all(step.reason for step, _ in done.steps)
    assert {host_of(step.target.url) for step, _ in done.steps} == {spec.host}


def test_from_the_column_itself() -> None:
    portal = Portal(SPECS[0])
    with PortalServer([portal]) as server:
        column = next(s for s in walk(SPECS[0].home, server.proxy_url).navigation if s.annual)
        again = walk(column.target.url, server.proxy_url)
    assert len(portal.truth) <= len(again.entries) <= len(portal.truth) + 1
