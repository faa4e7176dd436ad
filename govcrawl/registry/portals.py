"""Portal rows: a CSV file read into Portals, and the keys they get."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from govcrawl.hosts import bare_host, host_of, is_address, is_public_address
from govcrawl.model import Portal
from govcrawl.registry.divisions import divisions
from govcrawl.registry.hosts import fault, is_host, key_of
from govcrawl.registry.rows import Row, read_rows
from govcrawl.text import exact, line

REQUIRED = ("code", "name", "url")
OPTIONAL = ("level", "province", "prefecture", "disclosure_url", "access", "checked")
OVERRIDES = ("key", "start", "hosts", "reason")
SHIPPED = Path(__file__).with_name("portals.csv")

_CODE = re.compile(r"\d{6}(\d{3}|\d{6})?")
_KEY = re.compile(r"[a-z0-9][a-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class PortalRow:
    """A Portal with the row it came from; ``named`` says that the row itself gave the key."""

    portal: Portal
    row: Row
    named: bool


@lru_cache(maxsize=1)
def shipped_portals() -> tuple[Portal, ...]:
    """The portals that come with govcrawl, in the order of their codes."""
    return tuple(item.portal for item in read_portals(SHIPPED))


def read_portals(file: Path) -> list[PortalRow]:
    """Portals of one registry file; UsageError names file, line and fault."""
    rows = read_rows(file, REQUIRED, (*OPTIONAL, *OVERRIDES))
    found = _with_distinct_keys([_portal(row) for row in rows])
    _refuse_twins(found)
    return found


def _portal(row: Row) -> PortalRow:
    cells = row.cells
    code, key, url = cells.get("code", ""), cells.get("key", ""), cells.get("url", "")
    if code and not _CODE.fullmatch(code):
        raise row.error(f"code {code!r} is not a division code; six digits are wanted, or nothing")
    if key and (not _KEY.fullmatch(key) or _CODE.fullmatch(key)):
        raise row.error(f"key {key!r} is not usable; take lower-case letters, digits, dots and dashes")
    if not cells.get("name"):
        raise row.error("the name is empty")
    if trouble := fault(url):
        raise row.error(trouble)
    start = cells.get("start", "")
    if start and (trouble := fault(start)):
        raise row.error(f"start: {trouble}")
    level, province, prefecture = _place(code, cells)
    portal = Portal(
        key=key or key_of(host_of(url)),
        name=line(cells["name"]),
        url=url,
        division_code=code or None,
        level=level or None,
        province=exact(province),
        prefecture=exact(prefecture),
        hosts=_hosts(row, cells.get("hosts", "")),
        start=start or None,
        reason=line(cells.get("reason", "")) or None,
    )
    return PortalRow(portal, row, named=bool(key))


def _place(code: str, cells: dict[str, str]) -> tuple[str, str, str]:
    stated = (cells.get("level", ""), cells.get("province", ""), cells.get("prefecture", ""))
    if any(stated) or not code:
        return stated
    known = divisions().get(code)
    return (known[0].level, known[0].province, known[0].prefecture) if known else stated


def _hosts(row: Row, text: str) -> tuple[str, ...]:
    hosts = tuple(host.lower() for host in re.split(r"[\s;,]+", text) if host)
    for host in hosts:
        name, _, port = host.partition(":")
        if not (is_host(name) and (not port or (port.isdigit() and is_address(name)))):
            raise row.error(f"hosts: {host!r} is not a host name; write zwgk.example.gov.cn, without http://")
        if is_address(name) and not is_public_address(name):
            raise row.error(f"hosts: {host!r} is no address of the open network; a portal cannot be there")
    return hosts


def _with_distinct_keys(found: list[PortalRow]) -> list[PortalRow]:
    """Rows that would get the same key carry their code behind it, all of them: none is the obvious one."""
    times = Counter(item.portal.key for item in found)
    taken = {item.portal.key for item in found if item.named}
    return [
        item
        if item.named or (times[item.portal.key] == 1 and item.portal.key not in taken)
        else _suffixed(item)
        for item in found
    ]


def _suffixed(item: PortalRow) -> PortalRow:
    portal = item.portal
    if portal.division_code is None:
        raise item.row.error(
            f"key {portal.key} would be that of another row too; give this row a key of its own"
        )
    return replace(item, portal=replace(portal, key=f"{portal.key}-{portal.division_code}"))


def _refuse_twins(found: Sequence[PortalRow]) -> None:
    keys: dict[str, int] = {}
    codes: dict[str, int] = {}
    for item in found:
        key, code = item.portal.key, item.portal.division_code
        if key in keys:
            raise item.row.error(f"duplicate key {key}: it stands on line {keys[key]} already")
        if code in codes:
            raise item.row.error(f"duplicate code {code}: it stands on line {codes[code]} already")
        keys[key] = item.row.line
        if code:
            codes[code] = item.row.line


def merged(shipped: Sequence[Portal], own: Sequence[PortalRow]) -> tuple[Portal, ...]:
    """Shipped portals with one's own rows in place of those of the same code, key or host, or after them.

    A key belongs to one's own row; a shipped portal of another place that had it carries its code behind it.
    """
    result = list(shipped)
    replaced: set[int] = set()
    added: list[Portal] = []
    for item in own:
        index = _replaces(item, shipped)
        if index is None or index in replaced:
            added.append(item.portal)
        else:
            result[index] = item.portal
            replaced.add(index)
    taken = {item.portal.key for item in own}
    kept = [
        _aside(portal) if index not in replaced and portal.key in taken else portal
        for index, portal in enumerate(result)
    ]
    return (*kept, *added)


def _replaces(item: PortalRow, shipped: Sequence[Portal]) -> int | None:
    portal = item.portal
    for index, held in enumerate(shipped):
        if portal.division_code and held.division_code == portal.division_code:
            return index
    host = bare_host(host_of(portal.url))
    for index, held in enumerate(shipped):
        if held.key == portal.key and (item.named or bare_host(host_of(held.url)) == host):
            return index
    return None


def _aside(portal: Portal) -> Portal:
    return replace(portal, key=f"{portal.key}-{portal.division_code or bare_host(host_of(portal.url))}")
