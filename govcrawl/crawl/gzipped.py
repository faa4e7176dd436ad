"""Gzip bodies before Scrapy unpacks them: whether they end, and whether that is work without end."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

MAGIC = b"\x1f\x8b"
MAX_MEMBERS = 100
"""Of one body: a server writes one; each costs its reader, and the crawl of all hosts waits."""

_FORMAT = 31  # zlib's number for a gzip stream
_PIECE = 1 << 16
_ENCODINGS = frozenset((b"gzip", b"x-gzip", b"deflate", b"br", b"zstd"))


def ends_properly(body: bytes, most: int = 0) -> bool:
    """Whether a gzip stream has its end; what is no gzip stream at all is for others to judge.

    So is one that grows to more than ``most`` bytes (0 for no limit).
    """
    return not body.startswith(MAGIC) or _member_end(memoryview(body), 0, most or None) is not None


def unpacked(body: bytes, most: int) -> bytes | None:
    """What a body of one whole gzip member holds, up to ``most`` bytes (0 for no limit); None for any other.

    This is what servers send; whatever else there is takes the longer way.
    """
    if not body.startswith(MAGIC):
        return None
    stream = zlib.decompressobj(_FORMAT)
    try:
        content = stream.decompress(body, most)
    except zlib.error:
        return None
    return content if stream.eof and not stream.unused_data else None


def refusal(body: bytes, encodings: Sequence[bytes], most: int) -> str:
    """Why a body is not unpacked, "" where it may be; ``encodings`` are its Content-Encoding headers."""
    named = [one.strip().lower() for header in encodings for one in header.split(b",")]
    packed = [one for one in named if one in _ENCODINGS]
    if len(packed) > 1:
        return f"its body is said to be packed {len(packed)} times over; no server of reports does that"
    if packed and body.startswith(MAGIC) and _too_many(memoryview(body), most):
        return f"its gzip body has more than {MAX_MEMBERS} members; no server of reports does that"
    return ""


def _too_many(body: memoryview, most: int) -> bool:
    at: int | None = 0
    for _ in range(MAX_MEMBERS):
        at = _member_end(body, at or 0, most)
        if at is None or bytes(body[at : at + 2]) != MAGIC:
            return False
    return True


def _member_end(body: memoryview, start: int, most: int | None) -> int | None:
    """Where the gzip member that starts at a place ends, None without an end; len where it grows too large.

    A piece of the body at a time: what zlib has not taken yet is copied with each call.
    """
    stream, grown = zlib.decompressobj(_FORMAT), 0
    try:
        for at in range(start, len(body), _PIECE):
            rest: bytes | memoryview = body[at : at + _PIECE]
            while rest and not stream.eof:
                grown += len(stream.decompress(rest, _PIECE))
                rest = stream.unconsumed_tail
                if most is not None and grown > most:
                    return len(body)
            if stream.eof:
                return min(at + _PIECE, len(body)) - len(stream.unused_data)
    except zlib.error:
        return None
    return None
