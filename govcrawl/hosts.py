"""Host names taken apart, for the registry, discovery and the crawl alike."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

_INNER = frozenset(
    {"localhost", "local", "localdomain", "internal", "intranet", "private", "lan", "home", "corp"}
)
_PROTOCOLS = ipaddress.ip_network("192.0.0.0/24")


def host_of(url: str) -> str:
    """Lower-case host of an address without a final dot; empty when it has none or cannot be taken apart."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def bare_host(host: str) -> str:
    """A host for comparison: lower case, without ``www.`` and a final dot."""
    return host.lower().rstrip(".").removeprefix("www.")


def is_address(host: str) -> bool:
    """Whether a host is an IP address, with or without the brackets of version 6."""
    return _address(host) is not None


def is_public_address(host: str) -> bool:
    """Whether a host is an IP address of the open network: not loopback, private or link-local."""
    found = _address(host)
    if found is None or not found.is_global or found.is_multicast:
        return False
    if found.version == 4:
        return found not in _PROTOCOLS
    # the reserved ones hold those that stand for an address of version 4: compatible, mapped, translated
    return not (found.is_reserved or found.is_site_local or found.sixtofour or found.teredo)


def inner_name(host: str) -> bool:
    """Whether a name is one that only a machine or a network by itself knows: no such name is public."""
    return "." not in host or host.rsplit(".", 1)[-1] in _INNER or host.endswith(".home.arpa")


def literal_address(host: str) -> bool:
    """Whether a host is no name but an address, in any spelling, or this machine itself."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    return _address(host) is not None or host.replace(".", "").isdigit() or host.startswith("0x")


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    plain = host.strip("[]")
    if not (
        ":" in plain or plain[-1:].isdigit()
    ):  # nearly every host is a name, and asked for with each request
        return None
    try:
        return ipaddress.ip_address(plain)
    except ValueError:
        return None
