"""Shared platforms: when a portal keeps its disclosure on the city's host, the part of it that is its own.

One hop, from a page of the portal itself, behind a label that says disclosure, to a disclosure host whose
address carries a code of the body; then only addresses with that code are inside. Never the whole platform.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

from govcrawl.discovery.columns import Label, classify, plain
from govcrawl.discovery.page import Page, PageLink
from govcrawl.discovery.scope import Grant, Scope
from govcrawl.hosts import bare_host, host_of
from govcrawl.model import Listing, Portal
from govcrawl.registry.hosts import key_of
from govcrawl.text import folded

_PLATFORM = re.compile(
    r"^[\w-]*(?:xxgk|zwgk|gkpt|gkml|openinfo|infoopen|publicity)[\w-]*\.(?:[\w-]+\.)+gov\.cn$"
)
_BODY_KEYS = frozenset(
    {"depcode", "deptcode", "departcode", "deptid", "depid", "departid", "unitid", "unitcode", "orgid"}
    | {"orgcode", "organid", "organcode", "sitecode", "siteid", "area", "areacode", "regioncode", "bodyid"}
)  # fmt: skip
_CODE = re.compile(
    r"(?:[a-z]{1,8})?\d{2}[A-Z]\d{2,6}"  # Beijing: 11E000, ftq11G000
    r"|\d{8}-?[\dX]|[0-9A-HJ-NPQRTUWXY]{18}"  # organisation and unified social credit codes
)
_VALUE = re.compile(r"[\w-]{2,40}")
_WHOSE = re.compile(r"^(.*?)(?:人民)?(?:政府|政务)?(?:信息)?公开")
_CITYS = re.compile(r"市(?:级|本级|人民)?政府")
_OWN_WORDS = frozenset(
    {"", "市", "县", "区", "旗", "州", "盟", "本市", "本县", "本区", "我县", "我区", "我市"}
)


def opened_by(link: PageLink, page: Page, scope: Scope, portal: Portal) -> Grant | None:
    """The part of a platform that a link of a page opens, None when it opens none."""
    beside = [other.url for other in page.links]
    return _opened(link.url, link.name, page.url, scope, portal, beside)


def reopened(listings: Iterable[Listing], scope: Scope, portal: Portal) -> list[Grant]:
    """The parts of platforms that an earlier crawl's pages had opened.

    A list whose way led over another page of its platform was inside the part that the way had opened.
    """
    known = [(listing.url, listing.trail[-1], listing.parent) for listing in listings if listing.trail]
    urls = [url for url, _, _ in known]
    parts = [_opened(url, label, parent, scope, portal, urls) for url, label, parent in known if parent]
    codes = _codes(portal, scope, urls)
    parts += [
        _part(url, codes)
        for url, _, parent in known
        if parent
        and host_of(parent) == host_of(url)
        and not scope.allows(url)
        and _PLATFORM.match(host_of(url))
    ]
    return list(dict.fromkeys(part for part in parts if part is not None))


def _opened(
    url: str, label: str, at: str, scope: Scope, portal: Portal, beside: Iterable[str]
) -> Grant | None:
    host = host_of(url)
    if not scope.own(at) or scope.allows(url) or not _PLATFORM.match(host):
        return None
    if classify(label) not in {Label.ANNUAL, Label.DISCLOSURE} or not speaks_of(label, portal):
        return None
    return _part(url, _codes(portal, scope, beside))


def _part(url: str, codes: set[str]) -> Grant | None:
    """The body's part of a platform that an address lies in, None when no code tells it."""
    parts, host = urlsplit(url), host_of(url)
    segments = parts.path.split("/")[1:-1]
    for number, segment in enumerate(segments[:3]):
        if _CODE.fullmatch(segment) or segment.lower() in codes:
            return _safe(Grant(host, folder=f"/{'/'.join(segments[: number + 1])}/"), url)
    for name, value in parse_qsl(parts.query):
        if name.lower() in _BODY_KEYS and _VALUE.fullmatch(value):
            return _safe(Grant(host, key=name.lower(), code=value), url)
    return None


def _codes(portal: Portal, scope: Scope, beside: Iterable[str]) -> set[str]:
    """Folder names that stand for this place: its code, its key, and what its own sites' roots are called."""
    found = {key_of(bare_host(host_of(portal.url))), portal.division_code or ""}
    for url in beside:
        first = urlsplit(url).path.split("/")[1].lower()
        if scope.own(url) and re.fullmatch(r"[a-z]{2,10}rmzf[a-z]{0,3}", first):
            found.add(first)
    return found - {""}


def speaks_of(label: str, portal: Portal) -> bool:
    """Whether a label names this place or none: 澄州市政府信息公开 on a county's page is another's."""
    whose = _WHOSE.match(plain(label))
    named = whose[1] if whose else ""
    return named in _OWN_WORDS or named.removesuffix("政府") in _OWN_WORDS or named in folded(portal.name)


def is_of_city(link: PageLink, page: Page, portal: Portal) -> bool:
    """Whether 市政府信息公开年报 on a county's page means the city's: it stands beside its own."""
    if not link.name.startswith("市") or portal.name[-1:] not in {*"县旗区"} or not _is_city_s(link):
        return False
    beside = (other for other in page.links if other.block == link.block and not _is_city_s(other))
    return any(classify(other.name) is Label.ANNUAL for other in beside)


def _is_city_s(link: PageLink) -> bool:
    return _CITYS.match(plain(link.name)) is not None


def _safe(grant: Grant, url: str) -> Grant | None:
    return grant if grant.covers(url) else None
