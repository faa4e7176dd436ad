"""A file as an archive holds it, not yet unpacked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Packed:
    """``read(most)`` gives its bytes, one more than ``most`` at the most; raises UnreadableDocument."""

    name: str
    packed_size: int
    encrypted: bool
    read: Callable[[int], bytes]


def told_name(raw: bytes) -> str:
    """A name in no stated encoding: UTF-8 where it is sound, else GBK."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace").replace("\ufffd", "_")
