"""Which names the page answers to: a foreign site must not read it under a name of its own.

A page open in the browser may let its own name lead to this machine (DNS rebinding); what we then answered,
it could read. The header Host tells such a name, and none of ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final

_OWN: Final = frozenset(("127.0.0.1", "localhost", "::1"))
_EVERY: Final = frozenset(("0.0.0.0", "::"))  # noqa: S104  # compared, not listened at


@dataclass(frozen=True, slots=True)
class Hosts:
    """The hosts that are answered; ``addresses`` lets in every address, which no name can be."""

    names: frozenset[str] = _OWN
    addresses: bool = False

    @classmethod
    def at(cls, host: str, names: Iterable[str] = ()) -> Hosts:
        """What is answered where ``host`` is listened at: loopback, the host itself, the names given.

        At every address of the machine, each of them is answered, and of names only those given.
        """
        own = {_plain(name) for name in (host, *names)} - _EVERY
        return cls(_OWN | own, addresses=host in _EVERY)

    def answers(self, header: str) -> bool:
        """Whether a request with this header Host is ours; its port does not matter."""
        host = _plain(_without_port(header))
        return host in self.names or (self.addresses and _is_address(host))


def _without_port(header: str) -> str:
    head, colon, port = header.strip().rpartition(":")
    ended = head.endswith("]") or ":" not in head
    return head if colon and ended and (not port or (port.isascii() and port.isdigit())) else header.strip()


def _plain(host: str) -> str:
    return host.lower().removeprefix("[").removesuffix("]")


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
