"""Which addresses belong to a portal: its own gov.cn name, the names below it, and what was granted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from govcrawl.hosts import bare_host, host_of, is_public_address, literal_address
from govcrawl.model import Portal

# A disclosure site of its own in front of the place's name: zfxxgk.weihai.gov.cn belongs to weihai.gov.cn.
_SERVICE_LABELS = frozenset({"zfxxgk", "xxgk", "zwgk", "gk", "wap", "m", "old", "new", "zw", "xxgkml"})
# Servers read these as slashes or dots, so that a path with them may lead out of the folder it begins with.
_SLIPPERY = re.compile(r"%(?:2e|2f|5c|25|00)|\\|//|/\.\.?(?:/|$)|;", re.IGNORECASE)
MOST = 3
"""Parts of platforms that one portal may have: more are a directory of other bodies."""

_PORTS = frozenset({None, 80, 443})
# Where web servers listen; a registry row or the command line may name another port for its portal.
_WEB = frozenset({443, *range(80, 100), *range(7000, 7100), *range(8000, 10_000)})
_SERVICES = frozenset({8020, 8086, 9042, 9092, 9100, 9160, 9200, 9300, 9418})  # databases, queues


@dataclass(frozen=True, slots=True)
class Grant:
    """One body's part of a platform that it shares with others: a folder, or a query parameter's value."""

    host: str
    folder: str = ""
    key: str = ""
    code: str = ""

    def covers(self, url: str) -> bool:
        """Whether an address lies in this part; what could be read in two ways does not."""
        if _place(url) != self.host:
            return False
        parts = urlsplit(url)
        if _SLIPPERY.search(parts.path):
            return False
        if self.folder:
            return f"{parts.path}/".startswith(self.folder)
        given = [value for name, value in parse_qsl(parts.query) if name.lower() == self.key]
        return given == [self.code]


@dataclass(slots=True)
class Scope:
    """The domains of one place; a host is inside when it is one of them or lies below one.

    ``addresses`` are IP addresses (with their port, if any) and ``ports`` unusual ones of its hosts that
    somebody has named for this portal; ``grants`` are parts of shared platforms that the portal's own pages
    led to.
    """

    domains: frozenset[str]
    addresses: frozenset[str] = frozenset()
    grants: list[Grant] = field(default_factory=list)
    ports: frozenset[int] = frozenset()

    @classmethod
    def of(cls, portal: Portal) -> Scope:
        """Scope of a portal: the hosts of its addresses and those its registry row adds."""
        named = {_place(portal.url), *portal.hosts}
        if portal.start:
            named.add(_place(portal.start))
        numbers = {place for place in named if literal_address(_host(place))}
        public = frozenset(place for place in numbers if is_public_address(_host(place)))
        return cls(
            frozenset(place_domain(host_of(f"//{place}")) for place in named - numbers if place),
            public,
            ports=frozenset(port for place in named if (port := _port(f"//{place}")) is not None),
        )

    def allows(self, url: str) -> bool:
        """Whether an address lies on the place's own hosts or in a part of a platform that is its own."""
        if has_credentials(url):
            return False
        return self.own(url) or any(grant.covers(url) for grant in self.grants)

    def grant(self, part: Grant) -> bool:
        """Take a part of a platform in; False when the portal has as many as one portal may have."""
        if part not in self.grants and len(self.grants) >= MOST:
            return False
        self.grants += [] if part in self.grants else [part]
        return True

    def own(self, url: str) -> bool:
        """Whether an address lies on the place's own hosts."""
        host = host_of(url)
        if literal_address(host):
            return _place(url) in self.addresses
        port = _port(url)
        web = port is None or port in self.ports or (port in _WEB and port not in _SERVICES)
        return web and any(host == domain or host.endswith(f".{domain}") for domain in self.domains)


def place_domain(host: str) -> str:
    """The domain of a place: its host without ``www.`` and without a disclosure site's label."""
    bare = bare_host(host)
    label, _, rest = bare.partition(".")
    if label in _SERVICE_LABELS and rest.endswith(".gov.cn") and rest != "gov.cn":
        return rest
    return bare


def _place(url: str) -> str:
    """Host and port of an address, the port left out where it is the usual one."""
    host = host_of(url)
    try:
        port = urlsplit(url).port
    except ValueError:
        return ""
    return host if port in _PORTS else f"{host}:{port}"


def _port(url: str) -> int | None:
    """The port that an address names, None without one; 0, where no server listens, for what is no port."""
    try:
        return urlsplit(url).port
    except ValueError:
        return 0


def has_credentials(url: str) -> bool:
    """Whether an address carries a user's name: what stands before an @ passes for a host too easily."""
    try:
        return "@" in urlsplit(url).netloc
    except ValueError:
        return True


def _host(place: str) -> str:
    return place if place.count(":") > 1 else place.partition(":")[0]
