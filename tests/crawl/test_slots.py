"""Hosts on one server share one slot; one connection to it at a time, over real HTTP without a proxy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from govcrawl.crawl.slots import registered_domain
from tests.crawl.manners import crawl, registry, small
from tests.crawl.network import Answer, Asked, Network, site


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.qinbei.gov.cn", "qinbei.gov.cn"),
        ("zwgk.qinbei.qinzhou.gov.cn", "qinzhou.gov.cn"),
        ("www.example.cn", "example.cn"),
        ("www.town.com.cn", "town.com.cn"),
        ("gov.cn", "gov.cn"),
        ("localhost", "localhost"),
        ("10.1.2.3", "10.1.2.3"),
        ("2001:db8::1", "2001:db8::1"),
    ],
)
def test_registered_domain(host: str, domain: str) -> None:
    assert registered_domain(host) == domain


@pytest.mark.parametrize("shared", [True, False])
def test_hosts_of_one_address_are_asked_one_after_the_other(shared: bool, tmp_path: Path) -> None:
    portals = [
        small(name, seed, departments=1, towns=0) for seed, name in enumerate(("one", "two", "three"), 71)
    ]
    pages = {portal.host: portal for portal in portals}

    def slowly(asked: Asked) -> Answer:
        return replace(Answer.of(pages[asked.host].answer("GET", asked.path, asked.query)), wait=0.1)

    with Network({host: site(portal, slowly) for host, portal in pages.items()}) as network:
        file = registry(tmp_path, portals)
        path = tmp_path / "registry.csv"
        path.write_text(path.read_text("utf-8").replace(".gov.cn/", f".gov.cn:{network.direct}/"), "utf-8")
        settings = [
            file,
            "TWISTED_DNS_RESOLVER=tests.crawl.resolver.Loopback",
            "INNER_NETWORKS=127.0.0.0/8",
            f"ONE_CONNECTION_PER_ADDRESS={shared}",
        ]
        keys = ",".join(portal.key for portal in portals)
        ended = crawl(tmp_path, "-a", f"portals={keys}", settings=settings)
    assert ended.status == 0, ended.errors
    assert {asked.host for asked in network.log} == set(pages)
    assert (network.most_at_once == 1) is shared
    assert network.most_open <= (2 if shared else 3)  # the first host's stays open until another one comes
