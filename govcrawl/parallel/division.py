"""Which process gets which portals: whole provinces, because the portals of one share hosts and servers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govcrawl.hosts import host_of
from govcrawl.model import Portal

Portals = tuple[Portal, ...]

PROVINCE, PREFECTURE, COUNTY = 2, 4, 6
"""How many digits of a division code tell these apart."""


def together(portals: Sequence[Portal], digits: int) -> list[Portals]:
    """Portals that have to be crawled by one process, in as many groups as that allows, the largest first.

    Those whose division codes begin with the same ``digits`` digits stay together, those of one code and
    those that name a common host always.
    """
    groups = [tuple(group) for group in _groups(portals, digits)]
    return sorted(groups, key=len, reverse=True)


def divide(portals: Sequence[Portal], processes: int) -> list[Portals]:
    """Portals in at most ``processes`` parts of about the same size, the largest first; none is in two.

    A province stays whole, and so do portals that name a common host: two processes know nothing of each
    other's requests, and a host must not be asked by both at once. Portals without a division code count as
    one province. The order within a part is that of ``portals``.
    """
    parts: list[list[Portal]] = [[] for _ in range(max(1, processes))]
    for group in sorted(_groups(portals), key=len, reverse=True):
        min(parts, key=len).extend(group)
    order = {portal.key: number for number, portal in enumerate(portals)}
    made = [tuple(sorted(part, key=lambda portal: order[portal.key])) for part in parts if part]
    return sorted(made, key=len, reverse=True)


def _groups(portals: Iterable[Portal], digits: int = PROVINCE) -> list[list[Portal]]:
    """Portals that have to stay together, in the order of their first."""
    above: dict[str, str] = {}  # each mark's way to the one that stands for all it is joined with

    def first(mark: str) -> str:
        while (up := above.setdefault(mark, mark)) != mark:
            above[mark] = mark = above[up]
        return mark

    marked = [(portal, _marks(portal, digits)) for portal in portals]
    for _, (own, *others) in marked:
        for mark in others:
            above[first(mark)] = first(own)
    groups: dict[str, list[Portal]] = {}
    for portal, marks in marked:
        groups.setdefault(first(marks[0]), []).append(portal)
    return list(groups.values())


def _marks(portal: Portal, digits: int) -> list[str]:
    """What keeps a portal together with others: its division, down to so many digits, and its hosts."""
    addresses = (portal.url, portal.start or portal.url)
    return [(portal.division_code or "")[:digits], *map(host_of, addresses), *portal.hosts]
