"""The guard at the network's door: no connection to an address that is not of the open network.

It judges the address that is connected to, so that a name cannot be one thing when it is looked up and
another when it is used. Behind a proxy, which does the looking up, names and literal addresses are all there
is.
"""

from __future__ import annotations

import errno
import ipaddress
import socket
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.request import getproxies

from scrapy.exceptions import IgnoreRequest
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from govcrawl.errors import UsageError
from govcrawl.hosts import host_of, inner_name, is_public_address, literal_address

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.settings import BaseSettings

_REFUSED = "is no address of the open network; if it is yours, allow it with INNER_NETWORKS"
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class InnerAddress(IgnoreRequest):
    """A request that would reach into a network of somebody's own. Raised by Guard, ends in the errback."""


class Guard:
    """Which addresses may be connected to: those of the open network, and ``networks``, which were allowed.

    ``proxies`` are hosts that requests are sent through, wherever they stand.
    """

    def __init__(self, networks: Iterable[Network] = (), proxies: Iterable[str] = ()) -> None:
        self.networks, self.proxies = tuple(networks), frozenset(proxies)
        self._refused: dict[str, str] = {}

    @classmethod
    def of(cls, settings: BaseSettings) -> Guard:
        """The guard as INNER_NETWORKS and the environment's proxies say; UsageError where that is none."""
        try:
            allowed = [ipaddress.ip_network(told.strip()) for told in settings.getlist("INNER_NETWORKS")]
        except ValueError as error:
            raise UsageError(f"INNER_NETWORKS: {error}; write for example 10.1.0.0/16") from error
        proxies = (host_of(url if "//" in url else f"//{url}") for url in getproxies().values())
        return cls(allowed, filter(None, proxies))

    def permits(self, address: str) -> bool:
        """Whether an IP address may be connected to."""
        if is_public_address(address):
            return True
        try:
            number = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        return any(number in network for network in self.networks)

    def lets(self, host: str, address: str) -> bool:
        """Whether a host may be connected to at the address that its name stands for just now."""
        if host.lower() in self.proxies or self.permits(address):
            return True
        self._refused[host.lower()] = address
        return False

    def check_name(self, request: Request) -> None:
        """Raise InnerAddress for a request through a proxy whose host can only be an inner one."""
        host = host_of(request.url)
        if (
            request.meta.get("proxy")
            and (inner_name(host) or literal_address(host))
            and not self.permits(host)
        ):
            raise InnerAddress(
                f"{host} is no host of the open network; it is not asked for through the proxy"
            )

    def refusal(self, url: str, error: Exception) -> InnerAddress | None:
        """Why a host could not be connected to, where the guard was the reason."""
        host = host_of(url)
        address = self._refused.get(host)
        if address is None and _REFUSED not in str(error):
            return None
        return InnerAddress(f"{host}: {address or 'it'} {_REFUSED}")

    def on_reactor(self) -> None:
        """Stand between the reactor's name resolver and all that connects by name."""
        from twisted.internet import reactor

        resolver: Any = reactor.nameResolver
        if getattr(resolver, "guard", None) is not self:
            reactor.installNameResolver(GuardedResolver(resolver, self))

    def socket_for(self, place: Sequence[Any]) -> socket.socket:
        """A socket for one of ``getaddrinfo``'s answers, as aiohttp wants it; OSError for an inner one."""
        family, kind, protocol, _, where = place
        if not self.permits(where[0]):
            raise OSError(errno.EACCES, _REFUSED)
        return socket.socket(family, kind, protocol)


@implementer(IHostnameResolver)
class GuardedResolver:
    """Another resolver without the addresses that its guard does not let through."""

    def __init__(self, resolver: Any, guard: Guard) -> None:
        self.resolver, self.guard = resolver, guard

    def resolveHostName(self, receiver: Any, host: str, *args: Any, **more: Any) -> Any:  # noqa: N802
        """Resolve as the other does."""
        return self.resolver.resolveHostName(_Sieve(receiver, host, self.guard), host, *args, **more)


@implementer(IResolutionReceiver)
class _Sieve:
    def __init__(self, receiver: Any, host: str, guard: Guard) -> None:
        self.receiver, self.host, self.guard = receiver, host, guard

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if self.guard.lets(self.host, address.host):
            self.receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.receiver.resolutionComplete()
