"""No connection to an inner address, by whatever name, spelling, handler or change of mind of a name server."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Request
from scrapy.settings import Settings
from twisted.internet.address import IPv4Address

from govcrawl.crawl.guard import Guard, GuardedResolver, InnerAddress
from govcrawl.discovery.scope import Scope
from govcrawl.errors import UsageError
from govcrawl.model import Portal
from tests.crawl.manners import crawl
from tests.crawl.network import Answer, Network

INNER = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.100.100.200",
    "192.0.0.192", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1",
    "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001:0:4136::1",
    "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "100::1", "2001:db8::1",
]  # fmt: skip
NUMBERS = ["2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.1", "127.1", "127.0.1", "0"]


@pytest.mark.parametrize("address", INNER)
def test_inner_addresses_are_not_connected_to(address: str) -> None:
    guard = Guard()
    assert not guard.permits(address)
    assert not guard.lets("www.x.gov.cn", address)
    told = guard.refusal("http://www.x.gov.cn/a", Exception())
    assert str(told).startswith(f"www.x.gov.cn: {address} is no address of the open network; ")


@pytest.mark.parametrize("address", ["8.8.8.8", "223.5.5.5", "2400:3200::1"])
def test_public_ones_are(address: str) -> None:
    assert Guard().permits(address)


def test_networks_of_ones_own_may_be_allowed() -> None:
    guard = Guard.of(Settings({"INNER_NETWORKS": "10.1.0.0/16, fd00::/8"}))
    assert guard.permits("10.1.2.3")
    assert guard.permits("fd12::1")
    assert not guard.permits("10.2.0.1")
    assert not guard.permits("127.0.0.1")
    with pytest.raises(UsageError, match=r"INNER_NETWORKS: .*10\.1\.0\.0/16"):
        Guard.of(Settings({"INNER_NETWORKS": "intranet"}))


class _Names:
    """A name server with a list of answers, and what a connection would take from it."""

    def __init__(self, *addresses: str) -> None:
        self.addresses, self.taken, self.ended = addresses, list[str](), False

    def resolveHostName(self, receiver: Any, host: str, portNumber: int = 0) -> None:  # noqa: N802, N803
        receiver.resolutionBegan(None)
        for address in self.addresses:
            receiver.addressResolved(IPv4Address("TCP", address, portNumber))
        receiver.resolutionComplete()

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        """Nothing to do."""

    def addressResolved(self, address: IPv4Address) -> None:  # noqa: N802
        self.taken.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.ended = True


def test_a_name_loses_its_inner_addresses() -> None:
    names = _Names("127.0.0.1", "8.8.8.8", "169.254.169.254")
    GuardedResolver(names, Guard()).resolveHostName(names, "www.x.gov.cn", portNumber=80)
    assert names.taken == ["8.8.8.8"]
    assert names.ended


def test_the_proxy_may_stand_anywhere_but_only_by_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://gate.lan:3128")
    guard = Guard.of(Settings())
    assert guard.lets("gate.lan", "10.0.0.9")
    assert not guard.lets("www.x.gov.cn", "10.0.0.9")


def test_the_old_handler_has_the_same_guard() -> None:
    place = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 443))
    with pytest.raises(OSError, match="no address of the open network") as refused:
        Guard().socket_for(place)
    error = Exception(f"Cannot connect to host www.x.gov.cn:443 [{refused.value.strerror}]")
    assert "INNER_NETWORKS" in str(Guard().refusal("https://www.x.gov.cn/", error))
    with Guard.of(Settings({"INNER_NETWORKS": "127.0.0.0/8"})).socket_for(place) as made:
        assert made.family == socket.AF_INET


@pytest.mark.parametrize(
    "host",
    ["localhost", "a.localhost", "printer.local", "metadata", "metadata.google.internal", "x.lan", "x.home.arpa",
     "[::1]", "[::ffff:10.0.0.1]", *INNER[:8], *NUMBERS],
)  # fmt: skip
def test_behind_a_proxy_by_name_and_number(host: str) -> None:
    request = Request(f"http://{host}/", meta={"proxy": "http://gate:3128"})
    with pytest.raises(InnerAddress, match="no host of the open network"):
        Guard().check_name(request)
    Guard().check_name(Request("http://www.x.gov.cn/", meta={"proxy": "http://gate:3128"}))


@pytest.mark.parametrize("host", ["localhost", "a.localhost", "[::1]", *INNER[:8], *NUMBERS])
def test_not_even_for_whom_they_are_named(host: str) -> None:
    assert not Scope.of(Portal(host, host, f"http://{host}/")).allows(f"http://{host}/")


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://www.x.gov.cn/a", True),
        ("https://www.x.gov.cn:8443/a", True),
        ("http://sub.x.gov.cn:7001/a", True),
        ("http://www.x.gov.cn:43210/a", True),  # named by the row
        ("http://www.x.gov.cn:22/", False),
        ("http://www.x.gov.cn:25/", False),
        ("http://www.x.gov.cn:6379/", False),
        ("http://www.x.gov.cn:9200/", False),
        ("http://www.x.gov.cn:99999/", False),
        ("http://www.x.gov.cn@127.0.0.1/", False),
        ("http://user:word@www.x.gov.cn/", False),
        ("http://www.x.gov.cn\\@evil.com/", False),
        ("http://127.0.0.1#.x.gov.cn/", False),
        ("http://www.x.gov.cn.evil.com/", False),
    ],
)
def test_ports_and_user_names(url: str, allowed: bool) -> None:
    assert Scope.of(Portal("x", "x", "http://www.x.gov.cn:43210/")).allows(url) is allowed


@pytest.mark.parametrize("resolver", [pytest.param("Loopback", marks=pytest.mark.soak), "Rebinding"])
def test_a_public_name_that_stands_for_this_machine(resolver: str, tmp_path: Path) -> None:
    with Network({"www.bound.gov.cn": lambda asked: Answer(b"secret")}) as network:
        ended = crawl(
            tmp_path, "-a", f"url=http://www.bound.gov.cn:{network.direct}/",
            settings=[f"TWISTED_DNS_RESOLVER=tests.crawl.resolver.{resolver}", "RETRY_TIMES=0"],
        )  # fmt: skip
        assert not network.log
    assert ended.status == 5, ended.errors
    assert "127.0.0.1 is no address of the open network" in ended.errors
