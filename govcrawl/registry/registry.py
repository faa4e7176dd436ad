"""The registry: which portals there are, found by code, key, host, place or words."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from govcrawl.errors import UsageError
from govcrawl.hosts import bare_host, host_of
from govcrawl.model import Portal
from govcrawl.registry.divisions import Division, Township, divisions, townships
from govcrawl.registry.portals import merged, read_portals, shipped_portals
from govcrawl.text import folded

_LEVELS = {"province": 0, "prefecture": 1, "county": 2}


class Registry:
    """Portals and divisions; ``portals`` in the order of their codes, one's own additions last."""

    def __init__(self, portals: Iterable[Portal]) -> None:
        self.portals: tuple[Portal, ...] = tuple(portals)
        self._by_name = {portal.key: portal for portal in self.portals}
        self._by_name.update(
            (portal.division_code, portal) for portal in self.portals if portal.division_code
        )

    def __len__(self) -> int:
        return len(self.portals)

    def select(self, region: str | None = None, search: str | None = None) -> list[Portal]:
        """Portals whose division code starts with ``region`` and that hold every word of ``search``.

        Words are looked for in name, province, prefecture, key, code and hosts. UsageError when the region
        is no division code.
        """
        if region is not None and not re.fullmatch(r"\d{1,12}", region):
            raise UsageError(f"region {region!r} is not the beginning of a division code, such as 45 or 4507")
        words = [folded(word) for word in (search or "").split()]
        return [
            portal
            for portal in self.portals
            if (region is None or (portal.division_code or "").startswith(region))
            and all(word in _searchable(portal) for word in words)
        ]

    def find(self, code_or_key: str) -> Portal:
        """The portal of a division code or key; UsageError names the nearest ones."""
        portal = self._by_name.get(code_or_key) or self._by_name.get(code_or_key.lower())
        if portal is None:
            raise UsageError(self._unknown(code_or_key))
        return portal

    def for_host(self, host: str) -> Portal | None:
        """The portal at a host, with or without ``www.``; None when there is none or it cannot be told.

        Where several rows give one host it is that of the highest body among them, and of none of them when
        there are two of the same level. Further ``hosts`` of a row count where no row has them as its own.
        """
        name = bare_host(host)
        sharing = self._by_host.get(name) or self._by_further_host.get(name) or []
        if len(sharing) < 2:
            return sharing[0] if sharing else None
        ranked = sorted(sharing, key=_rank)
        return ranked[0] if _rank(ranked[0]) < _rank(ranked[1]) else None

    def division(self, code: str) -> Division | None:
        """The division of a code: the one in use, else the last that had it."""
        return next(iter(divisions().get(code, ())), None)

    def history(self, code: str) -> tuple[Division, ...]:
        """Every period of a code, newest first."""
        return divisions().get(code, ())

    def townships(self, county_code: str) -> tuple[Township, ...]:
        """Towns, townships and street offices of a county-level division."""
        return townships(county_code)

    @cached_property
    def _by_host(self) -> dict[str, list[Portal]]:
        found: dict[str, list[Portal]] = defaultdict(list)
        for portal in self.portals:
            found[bare_host(host_of(portal.url))].append(portal)
        return found

    @cached_property
    def _by_further_host(self) -> dict[str, list[Portal]]:
        found: dict[str, list[Portal]] = defaultdict(list)
        for portal in self.portals:
            for host in portal.hosts:
                found[bare_host(host)].append(portal)
        return found

    def _unknown(self, name: str) -> str:
        told = f"no portal {name!r} in the registry"
        division = self.division(name)
        if division is not None:
            told += f"; {_about(division)}"
        near = self._nearest(name)
        if near:
            told += "; nearest: " + ", ".join(
                f"{portal.key} ({portal.division_code or 'no code'} {portal.name})" for portal in near
            )
        return f"{told}; look for it with: govcrawl portals --search WORD"

    def _nearest(self, name: str) -> list[Portal]:
        if name.isdigit():
            return self._nearest_codes(name)
        same = [portal for portal in self.portals if portal.name == name or portal.key.startswith(f"{name}-")]
        if same:
            return same[:5]
        near = difflib.get_close_matches(name.lower(), self._by_name, n=4, cutoff=0.7)
        return list(dict.fromkeys(self._by_name[match] for match in near))

    def _nearest_codes(self, code: str) -> list[Portal]:
        division = self.division(code)
        heirs = [item.code for item in division.successors] if division else []
        known = [self._by_name[heir] for heir in heirs if heir in self._by_name]
        neighbours = [portal for portal in self.portals if (portal.division_code or "").startswith(code[:4])]
        return known or neighbours[:5]


def load(extra: Path | None = None) -> Registry:
    """The shipped registry, with the rows of one's own registry file in place of or beside its own.

    UsageError names file, line and fault of a bad file.
    """
    shipped = shipped_portals()
    return Registry(shipped if extra is None else merged(shipped, read_portals(extra)))


def _rank(portal: Portal) -> int:
    return _LEVELS.get(portal.level or "", len(_LEVELS))


def _searchable(portal: Portal) -> str:
    words = (portal.name, portal.province, portal.prefecture, portal.key, portal.division_code or "")
    return folded("|".join((*words, host_of(portal.url), *portal.hosts)))


def _about(division: Division) -> str:
    if division.in_use:
        return f"that is {division.name}, whose portal is not known"
    became = ", ".join(item.code for item in division.successors) or "none"
    return f"that was {division.name} until {division.until}, succeeded by {became}"
