"""The same page again: mobile, printed, in traditional characters, for the blind, on another name."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.portals.style import Page, Request
from tests.portals.traps import Answer, PageTrap, insert, is_own, relink
from tests.portals.world import Portal

_TRADITIONAL = str.maketrans(
    "政务开报县区乡镇办发处门关于网设级东岭总图书员队广会义务产业应",
    "政務開報縣區鄉鎮辦發處門關於網設級東嶺總圖書員隊廣會義務產業應",
)


class Wap(PageTrap):
    """Every article has a mobile twin ``_wap``, linked from it and from the lists' rows beside the title."""

    name = "wap"

    def answer(self, request: Request, behind: Answer, site: Portal) -> Page:
        return super().answer(replace(request, path=request.path.replace("_wap.", ".")), behind, site)

    def change(self, text: str, request: Request, site: Portal) -> str:
        if not re.search(r"\d\.s?html?$", request.path):
            return text
        twin = re.sub(r"\.(s?html?)$", r"_wap.\1", request.path)
        return insert(text, f"<div class='sj'><a href='{twin}'>手机版</a></div>")


class Printed(PageTrap):
    """Every page has a version to print: ``?print=1``, as a plain link."""

    name = "print"

    def answer(self, request: Request, behind: Answer, site: Portal) -> Page:
        query = re.sub(r"&?print=1", "", request.query)
        return super().answer(replace(request, query=query), behind, site)

    def change(self, text: str, request: Request, site: Portal) -> str:
        sign = f"?{request.query.replace('&', '&amp;')}&amp;" if request.query else "?"
        return insert(text, f"<a href='{request.path}{sign}print=1'>打印预览</a>")


class Prefixed(PageTrap):
    """A proxy below a folder of the same host that serves every page, with all its links below the folder."""

    label = ""
    folder = ""

    def answer(self, request: Request, behind: Answer, site: Portal) -> Page:
        if not request.path.startswith(self._root(site)):
            return super().answer(request, behind, site)
        inner = behind(replace(request, path=request.path.removeprefix(self._root(site)) or "/"))
        if inner.media_type != "text/html":
            return inner
        text = relink(inner.body.decode(site.style.charset), lambda a: self._below(a, site))
        return replace(inner, body=self.turn(text).encode(site.style.charset, "replace"))

    def change(self, text: str, request: Request, site: Portal) -> str:
        query = f"?{request.query.replace('&', '&amp;')}" if request.query else ""
        return insert(text, f"<a href='{self._root(site)}{request.path}{query}'>{self.label}</a>")

    def turn(self, text: str) -> str:
        """The text as the proxy shows it."""
        return text

    def _root(self, site: Portal) -> str:
        return self.folder.format(host=site.host)

    def _below(self, address: str, site: Portal) -> str:
        return f"{self._root(site)}{address}" if address.startswith("/") else address


class Traditional(Prefixed):
    """The page in traditional characters, below ``/big5/<host>/``."""

    name = "traditional"
    label = "繁體版"
    folder = "/big5/{host}"

    def turn(self, text: str) -> str:
        return text.translate(_TRADITIONAL)


class Accessible(Prefixed):
    """The version for the blind, below ``/wza/``."""

    name = "accessible"
    label = "无障碍浏览"
    folder = "/wza"


class Names(PageTrap):
    """Links lead now to the name with ``www.``, now to the one without."""

    name = "names"

    def change(self, text: str, request: Request, site: Portal) -> str:
        bare = site.host.removeprefix("www.")

        def spread(address: str) -> str:
            if not address.startswith("/"):
                return address
            return f"http://{bare if sum(map(ord, address)) % 2 else site.host}{address}"

        return relink(text, spread)


class Secure(PageTrap):
    """The navigation links to https, the rest to http: every third link of the site's own."""

    name = "https"

    def change(self, text: str, request: Request, site: Portal) -> str:
        def spread(address: str) -> str:
            own = address.startswith("/") and is_own(address, site.host)
            return f"https://{site.host}{address}" if own and sum(map(ord, address)) % 3 == 0 else address

        return relink(text, spread)
