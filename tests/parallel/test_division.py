"""Portals are divided among processes so that no host is asked by two."""

from __future__ import annotations

from itertools import combinations

from govcrawl.model import Portal
from govcrawl.parallel import divide
from govcrawl.registry import load


def portal(key: str, code: str | None, *hosts: str) -> Portal:
    return Portal(key, key, f"http://www.{key}.gov.cn/", code, hosts=hosts)


def keys(parts: list[tuple[Portal, ...]]) -> list[list[str]]:
    return [[one.key for one in part] for part in parts]


def test_a_province_stays_whole_and_parts_are_alike() -> None:
    portals = [
        portal(f"p{code}{number}", f"{code}010{number}") for number in range(3) for code in (45, 13, 62)
    ]
    assert keys(divide(portals, 2)) == [
        ["p450", "p620", "p451", "p621", "p452", "p622"],
        ["p130", "p131", "p132"],
    ]
    assert len(divide(portals, 8)) == 3
    assert keys(divide(portals, 1)) == [[one.key for one in portals]]
    assert divide([], 4) == []


def test_portals_of_a_common_host_stay_together_across_provinces() -> None:
    portals = [
        portal("a", "450101"),
        portal("b", "130101", "www.shared.gov.cn"),
        portal("c", "620101"),
        portal("shared", "990101"),
        portal("d", None, "www.c.gov.cn"),
        portal("e", None),
    ]
    assert keys(divide(portals, 9)) == [["c", "d", "e"], ["b", "shared"], ["a"]]


def test_the_whole_registry_for_two_cores() -> None:
    portals = load(None).select(region=None)
    parts = divide(portals, 2)
    assert sorted(one.key for part in parts for one in part) == sorted(one.key for one in portals)
    assert len(parts[0]) - len(parts[1]) < 100
    hosts = [{host for one in part for host in (one.url.split("/")[2], *one.hosts)} for part in parts]
    assert all(not (a & b) for a, b in combinations(hosts, 2))
