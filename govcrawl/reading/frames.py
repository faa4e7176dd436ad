"""Values on a socket: a length, then a pickle that may hold nothing but our own nouns.

A child reads what strangers wrote, in libraries of C; what it sends is therefore not trusted to name a class
or function of its choice, as a pickle could.
"""

from __future__ import annotations

import io
import pickle
import socket
import struct
import time
from typing import Any

_LENGTH = struct.Struct("<Q")
LONGEST = 512 * 2**20
_OURS = (
    "govcrawl.model.",
    "govcrawl.reading.task",
    "govcrawl.reading.packed",
    "govcrawl.reports.place",
    "govcrawl.documents.bundles.unpacking",
)


class Broken(Exception):
    """The other side is gone, silent for too long, or sends what it should not. Raised by ``receive``."""


class _Nouns(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if module.startswith(_OURS) and "." not in name else None
        if not (isinstance(found, type) and found.__module__ == module):
            raise pickle.UnpicklingError(f"{module}.{name} is none of our nouns")
        return found


def send(channel: socket.socket, value: object) -> None:
    """Send one value. OSError when the other side is gone."""
    body = pickle.dumps(value, protocol=5)
    channel.sendall(_LENGTH.pack(len(body)) + body if len(body) < 2**20 else _LENGTH.pack(len(body)))
    if len(body) >= 2**20:
        channel.sendall(body)


def receive(channel: socket.socket, until: float | None = None) -> Any:
    """The next value; ``until`` is a time of the monotonic clock. Raises Broken."""
    (length,) = _LENGTH.unpack(_exactly(channel, _LENGTH.size, until))
    if length > LONGEST:
        raise Broken(f"a frame of {length:,} bytes")
    body = _exactly(channel, length, until)
    try:
        return _Nouns(io.BytesIO(body)).load()
    except (pickle.UnpicklingError, AttributeError, EOFError, ImportError, IndexError, TypeError) as error:
        raise Broken(f"a frame that is no value of ours ({error})") from error


def _exactly(channel: socket.socket, size: int, until: float | None) -> bytearray:
    found = bytearray(size)
    view, done = memoryview(found), 0
    while done < size:
        if until is not None:
            channel.settimeout(max(0.001, until - time.monotonic()))
        try:
            got = channel.recv_into(view[done:])
        except OSError as error:
            raise Broken(str(error)) from error
        if not got:
            raise Broken("closed")
        done += got
    return found
