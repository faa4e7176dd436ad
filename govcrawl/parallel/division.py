"""Which process gets which portals: whole provinces, because the portals of one share hosts and servers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govcrawl.hosts import host_of
from govcrawl.model import Portal

Portals = tuple[Portal, ...]

_PROVINCE = 2  # digits of a division code


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


def _groups(portals: Iterable[Portal]) -> list[list[Portal]]:
    """Portals that have to stay together, in the order of their first."""
    above: dict[str, str] = {}  # each mark's way to the one that stands for all it is joined with

    def first(mark: str) -> str:
        while (up := above.setdefault(mark, mark)) != mark:
            above[mark] = mark = above[up]
        return mark

    marked = [(portal, _marks(portal)) for portal in portals]
    for _, (own, *others) in marked:
        for mark in others:
            above[first(mark)] = first(own)
    groups: dict[str, list[Portal]] = {}
    for portal, marks in marked:
        groups.setdefault(first(marks[0]), []).append(portal)
    return list(groups.values())


def _marks(portal: Portal) -> list[str]:
    """What keeps a portal together with others: its province and its hosts."""
    addresses = (portal.url, portal.start or portal.url)
    return [(portal.division_code or "")[:_PROVINCE], *map(host_of, addresses), *portal.hosts]
