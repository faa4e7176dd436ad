"""The answer of a probe: what a portal is, in values that become a table, JSON or a row of the registry."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from govcrawl.crawl.look import LIMIT, Look
from govcrawl.discovery.front import NEEDS_BROWSER
from govcrawl.hosts import host_of
from govcrawl.model import Portal
from govcrawl.registry.divisions import divisions
from govcrawl.registry.hosts import key_of
from govcrawl.store import Store
from govcrawl.store.paths import refusals, way_to
from govcrawl.text import line

FOUND, NO_REPORTS, NO_COLUMN, BLOCKED, UNREACHABLE = (
    "found", "column without reports", "no column found", "blocked", "unreachable",
)  # fmt: skip
REGISTRY_COLUMNS = (
    "code", "name", "url", "key", "start", "hosts", "reason", "disclosure_url", "access", "checked",
)  # fmt: skip
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,20}?(?:省|市|县|区|旗|州|盟)(?=人民政府|政府|$|[-_|—·（(\s])")


@dataclass(frozen=True, slots=True)
class Probed:
    """What a handful of requests showed of a portal.

    ``path`` are the labels from the start page to the column, ``links`` the report links on the pages that
    were read, ``expected`` an estimate of all, only a lower bound where ``at_least`` is true; ``notice`` is
    what the start page was taken for where no report was found.
    """

    portal: Portal
    outcome: str
    answered: str | None
    title: str
    system: str | None
    mark: str
    column: str | None
    path: tuple[str, ...]
    shape: str
    links: int
    expected: int
    at_least: bool
    robots: dict[str, str]
    refusals: tuple[dict[str, Any], ...]
    troubles: tuple[str, ...]
    notice: str | None
    needs_browser: bool
    requests: int
    pages: int
    limit: int = LIMIT

    def as_dict(self) -> dict[str, Any]:
        """All of it for JSON."""
        known = asdict(self)
        portal = known.pop("portal")
        names = ("key", "name", "division_code", "url", "start")
        return {**{name: portal[name] for name in names}, **known}

    def registry_row(self) -> dict[str, str]:
        """A row for a registry file of one's own.

        ``start`` stays empty unless the portal was probed at another page than its home page: discovery finds
        the column itself, and other columns beside it.
        """
        portal, url = self.portal, self.answered or self.portal.url
        home = f"{url.split('://')[0]}://{host_of(url)}/"
        known = portal.name != portal.key
        at_home = known or portal.url.split("://")[1].rstrip("/") == host_of(url)
        start = portal.start or ("" if at_home else portal.url)
        name = portal.name if known else _place_name(self.title) or portal.name
        return {
            "code": portal.division_code or ("" if known else _code_of(name)),
            "name": name,
            "url": portal.url if known and self.answered is None else home,
            "key": portal.key if known else key_of(host_of(home)),
            "start": start,
            "hosts": " ".join(portal.hosts),
            "reason": (portal.reason or "probed at this page") if start else "",
            "disclosure_url": self.column or "",
            "access": self._access(),
            "checked": f"{datetime.now(UTC):%Y-%m-%d}",
        }

    def _access(self) -> str:
        if self.answered is None:
            return "unreachable"
        first = self.portal.start or self.portal.url
        return "direct" if self.answered.split("://")[0] == first.split("://")[0] else "scheme_switch"


def summed_up(look: Look, portal: Portal, store: Store) -> Probed:
    """What a look at a portal comes to."""
    crawl, column, system = look.crawl, look.column(), look.system()
    expected, at_least = look.estimate()
    way = way_to(store.db, crawl.portal.key, column.url) if column else []
    first = look.pages[0] if look.pages else None
    return Probed(
        portal=portal,
        outcome=_outcome(look),
        answered=first.url if first else None,
        title=first.title if first else "",
        system=system.dialect.name if system else None,
        mark=system.mark if system else "",
        column=column.url if column else None,
        path=tuple(_distinct(page["label"] for page in way)),
        shape=look.shape(),
        links=len(look.links),
        expected=expected,
        at_least=at_least,
        robots=look.robots,
        refusals=tuple(_told(found) for found in refusals(store.db, crawl.portal.key)),
        troubles=tuple(look.troubles),
        notice=None if look.links else crawl.discovery.outlook,
        needs_browser=crawl.discovery.outlook == NEEDS_BROWSER,
        requests=crawl.counts["requests"],
        pages=len(look.pages),
    )


def _outcome(look: Look) -> str:
    if not look.pages:
        return BLOCKED if look.crawl.blocked else UNREACHABLE
    if look.links:
        return FOUND
    return NO_REPORTS if look.column() else NO_COLUMN


def _told(refusal: dict[str, Any]) -> dict[str, Any]:
    return {name: refusal[name] for name in ("system", "status", "evidence", "headers", "url")}


def _distinct(labels: Iterable[str]) -> list[str]:
    """Labels without the empty ones and without those that repeat the one before."""
    told: list[str] = []
    for label in labels:
        if label and told[-1:] != [label]:
            told.append(label)
    return told


def _place_name(title: str) -> str:
    found = _PLACE.search(line(title))
    return found[0] if found else ""


def _code_of(name: str) -> str:
    """Code of the only division in use that has a name; empty when there is none or there are several."""
    codes = [code for code, known in divisions().items() if known[0].in_use and known[0].name == name]
    return codes[0] if len(codes) == 1 else ""
