"""What is odd about a site whatever its CMS: a trap stands before the site and changes requests and pages.

A trap is a subclass of ``Trap`` with a ``name``; ``PortalSpec.traps`` switches it on, with ``name=value`` where it
takes a value. Traps that belong to the content (``CONTENT``) or to a style's pager are switched on the same way.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from tests.portals.style import Page, Request

if TYPE_CHECKING:
    from tests.portals.model import PortalSpec
    from tests.portals.world import Portal

Answer = Callable[[Request], Page]
_HREF = re.compile(r"""(<a\b[^>]*?\bhref=)(["'])\s*([^"'#]*?)\s*\2""", re.I)


class Trap:
    """Stands before a site; ``value`` is what the specification gives it."""

    name: ClassVar[str] = ""
    known: ClassVar[dict[str, type[Trap]]] = {}

    def __init_subclass__(cls, **options: object) -> None:
        super().__init_subclass__(**options)
        if cls.name:
            Trap.known[cls.name] = cls

    def __init__(self, value: str = "") -> None:
        self.value = value

    def answer(self, request: Request, behind: Answer, site: Portal) -> Page:
        """The page that goes out; ``behind`` answers as the site without this trap."""
        return behind(request)


class PageTrap(Trap):
    """A trap that only changes what stands on pages of HTML."""

    def answer(self, request: Request, behind: Answer, site: Portal) -> Page:
        page = behind(request)
        if page.media_type != "text/html" or page.status != 200 or not page.body:
            return page
        charset = site.style.charset
        changed = self.change(page.body.decode(charset), request, site)
        return replace(page, body=changed.encode(charset))

    def change(self, text: str, request: Request, site: Portal) -> str:
        """The page's markup as it goes out."""
        return text


def relink(text: str, change: Callable[[str], str]) -> str:
    """The markup with every link that has an address changed; script links are left alone."""

    def one(match: re.Match[str]) -> str:
        address = match.group(3)
        left = not address or address.startswith(("javascript:", "mailto:"))
        return match.group() if left else f"{match.group(1)}{match.group(2)}{change(address)}{match.group(2)}"

    return _HREF.sub(one, text)


def insert(text: str, markup: str) -> str:
    """The page with ``markup`` at its end, inside the body."""
    end = text.lower().rfind("</body>")
    return f"{text[:end]}{markup}{text[end:]}" if end >= 0 else text + markup


def is_own(address: str, host: str) -> bool:
    """Whether an address leads to a page of that host."""
    return "://" not in address or address.partition("://")[2].startswith(f"{host}/")


def traps_of(spec: PortalSpec) -> list[Trap]:
    """The traps that the specification names, in its order; those that are no wrappers are left out."""
    package = importlib.import_module("tests.portals.traps")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"tests.portals.traps.{module.name}")
    pairs = (entry.partition("=") for entry in spec.traps)
    found = [Trap.known[name](value) for name, _, value in pairs if name in Trap.known]
    lost = spec.shape == "search" and spec.trap("search") is None
    return [*found, Trap.known["search"]()] if lost else found


def through(traps: Sequence[Trap], request: Request, plain: Answer, site: Portal) -> Page:
    """The answer after all traps; the first one named stands nearest to the visitor."""
    if not traps:
        return plain(request)
    return traps[0].answer(request, lambda inner: through(traps[1:], inner, plain, site), site)
