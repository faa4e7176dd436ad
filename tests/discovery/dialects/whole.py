"""A walk over a whole imitation portal, and what it must fulfil."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from govcrawl.discovery.urls import page_key
from govcrawl.hosts import host_of
from tests.discovery.walk import Walk, walk
from tests.portals.model import PortalSpec
from tests.portals.server import PortalServer
from tests.portals.world import Portal


@dataclass
class Outcome:
    """What a walk found of what there is, and its price."""

    portal: Portal
    done: Walk

    @property
    def missed(self) -> list[str]:
        """Reports that no entry leads to."""
        found = {page_key(entry.url) for entry in self.done.entries}
        return [e.urls[0] for e in self.portal.truth if not any(page_key(u) in found for u in e.urls)]

    @property
    def false(self) -> list[str]:
        """Entries that are no reports."""
        right = {page_key(url) for e in self.portal.truth for url in e.urls}
        return [f"{e.title} {e.url}" for e in self.done.entries if page_key(e.url) not in right]

    @property
    def price(self) -> float:
        """Requests for each report: navigation, one for each entry, and robots.txt."""
        return (len(self.done.navigation) + len(self.done.entries) + 1) / len(self.portal.truth)

    @property
    def kinds(self) -> Counter[str]:
        """Requests by what they were for."""
        return Counter(step.kind.value for step, _ in self.done.steps)


def spec_for(style: str, shape: str, seed: int = 5) -> PortalSpec:
    """A county with that system and that shape of its column."""
    return PortalSpec(
        "www.xiuyan.gov.cn", "岫堰县", "990131", style, shape, seed, departments=10, towns=8, others=60
    )


def crawl(spec: PortalSpec, *, fetch_reports: bool = False) -> Outcome:
    """Walk over the portal from its home page."""
    portal = Portal(spec)
    with PortalServer([portal]) as server:
        return Outcome(portal, walk(spec.home, server.proxy_url, fetch_reports=fetch_reports))


def check(spec: PortalSpec, limit: float = 1.25) -> Outcome:
    """Every report, hardly more requests than reports, none elsewhere."""
    outcome = crawl(spec)
    assert outcome.missed == []
    assert outcome.false == []
    assert outcome.price <= limit
    assert {host_of(step.target.url) for step, _ in outcome.done.steps} == {spec.host}
    return outcome


def url(path: str) -> str:
    """An address of the county that ``spec_for`` gives."""
    return f"http://www.xiuyan.gov.cn{path}"
