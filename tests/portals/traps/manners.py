"""How a server behaves: slow pages, absent pages that are none, a refusal after some pages."""

from __future__ import annotations

from dataclasses import replace
from zlib import crc32

from tests.portals.refusing import REFUSING
from tests.portals.style import Page, Request
from tests.portals.traps import Answer, Trap
from tests.portals.world import Portal


class Slow(Trap):
    """Every eighth page takes eight seconds (or what ``slow=`` says)."""

    name = "slow"

    def answer(self, request: Request, behind: Answer, site: Portal) -> Page:
        page = behind(request)
        late = crc32(f"{request.path}?{request.query}".encode()) % 8 == 0
        return replace(page, delay=float(self.value or 8)) if late else page


class Soft404(Trap):
    """Absent pages answer 200: the words of the error page, or (``soft404=home``) a redirect to the home page."""

    name = "soft404"

    def answer(self, request: Request, behind: Answer, site: Portal) -> Page:
        page = behind(request)
        if page.status != 404:
            return page
        if self.value == "home":
            return Page(b"", "text/html", 302, headers={"Location": site.spec.home})
        return replace(page, status=200)


class Refuses(Trap):
    """``refuses=<system>:<n>``: after n pages the firewall of that name answers everything."""

    name = "refuses"

    def __init__(self, value: str = "") -> None:
        super().__init__(value)
        system, _, after = value.partition(":")
        self._system, self._left = system, int(after or 0)

    def answer(self, request: Request, behind: Answer, site: Portal) -> Page:
        if self._left <= 0:
            return REFUSING[self._system].page(request)
        self._left -= request.path != "/robots.txt"
        return behind(request)
