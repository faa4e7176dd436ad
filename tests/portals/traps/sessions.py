"""Addresses that differ at every visit: session ids and random parameters."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count

from tests.portals.style import Page, Request
from tests.portals.traps import Answer, PageTrap, is_own, relink
from tests.portals.world import Portal

_SESSION = re.compile(r";jsessionid=[0-9A-F]+")
_NOISE = re.compile(r"&?\b(?:_|token|t)=\d{6,}")


class JSession(PageTrap):
    """Java: ``;jsessionid=`` in every link, another one on every page."""

    name = "jsessionid"

    def __init__(self, value: str = "") -> None:
        super().__init__(value)
        self._visits = count(0x5F3A9B)

    def answer(self, request: Request, behind: Answer, site: Portal) -> Page:
        return super().answer(replace(request, path=_SESSION.sub("", request.path)), behind, site)

    def change(self, text: str, request: Request, site: Portal) -> str:
        mark = f";jsessionid={next(self._visits) * 0x9E3779B97F4A7C15 % 2**64:016X}"

        def add(address: str) -> str:
            path, question, query = address.partition("?")
            return f"{path}{mark}{question}{query}" if is_own(address, site.host) else address

        return relink(text, add)


class Noise(PageTrap):
    """A random parameter against caches in every link: ``_=``, ``token=`` or ``t=``."""

    name = "noise"

    def __init__(self, value: str = "") -> None:
        super().__init__(value or "_")
        self._visits = count(1_700_000_000_000)

    def answer(self, request: Request, behind: Answer, site: Portal) -> Page:
        return super().answer(replace(request, query=_NOISE.sub("", request.query)), behind, site)

    def change(self, text: str, request: Request, site: Portal) -> str:
        def add(address: str) -> str:
            mark = f"{self.value}={next(self._visits) * 7919}"
            sign = "&amp;" if "?" in address else "?"
            return f"{address}{sign}{mark}" if is_own(address, site.host) else address

        return relink(text, add)
