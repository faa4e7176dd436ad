"""Which hosts belong to a portal: its own gov.cn name and the names below it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from govcrawl.discovery.urls import bare_host, host_of
from govcrawl.model import Portal

# A disclosure site of its own in front of the place's name: zfxxgk.weihai.gov.cn belongs to weihai.gov.cn.
_SERVICE_LABELS = frozenset({"zfxxgk", "xxgk", "zwgk", "gk", "wap", "m", "old", "new", "zw", "xxgkml"})


@dataclass(frozen=True, slots=True)
class Scope:
    """The domains of one place; a host is inside when it is one of them or lies below one."""

    domains: frozenset[str]

    @classmethod
    def of(cls, portal: Portal) -> Scope:
        """Scope of a portal: the hosts of its addresses and those its registry row adds."""
        hosts = {host_of(portal.url), *portal.hosts}
        if portal.start:
            hosts.add(host_of(portal.start))
        return cls(frozenset(place_domain(host) for host in hosts if host))

    def allows(self, url: str) -> bool:
        """Whether an address lies on the place's own hosts."""
        host = host_of(url)
        return any(host == domain or host.endswith(f".{domain}") for domain in self.domains)


def place_domain(host: str) -> str:
    """The domain of a place: its host without ``www.`` and without a disclosure site's label."""
    bare = bare_host(host.lower())
    label, _, rest = bare.partition(".")
    if label in _SERVICE_LABELS and rest.endswith(".gov.cn") and rest != "gov.cn":
        return rest
    return bare


def literal_address(host: str) -> bool:
    """Whether a host is no name but an address or this machine itself, where no portal can be."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host.replace(".", "").isdigit() or host.startswith("0x")
    return True
