"""The random mark of a DuckDB file, replaced by one made of what the file holds.

DuckDB gives every new database 16 random bytes, which bind a write-ahead log to its file and stand in two of
the three headers of 4,096 bytes that the file begins with. Each header starts with a checksum of its other
bytes. Layout: ``MainHeader`` in DuckDB's ``storage_info.hpp``, the same since version 1.4.
"""

from __future__ import annotations

import struct
from pathlib import Path

_HEADER, _HEADERS = 4096, 3
_SUM = 8
_MAGIC = slice(8, 12)
_MARK = slice(124, 140)
_WORDS = struct.Struct(f"<{(_HEADER - _SUM) // 8}Q")
_LOW = 2**64 - 1


def set_mark(path: Path, mark: bytes) -> bool:
    """Give a closed database another mark of 16 bytes.

    False, and nothing is done, for a file whose headers are not as we know them.
    """
    with path.open("r+b") as file:
        found = [file.read(_HEADER) for _ in range(_HEADERS)]
        random = found[0][_MARK]
        marked = {place: header for place, header in enumerate(found) if header[_MARK] == random}
        if found[0][_MAGIC] != b"DUCK" or not any(random):
            return False
        if any(header[:_SUM] != _checksum(header) for header in marked.values()):
            return False
        for place, header in marked.items():
            renamed = header[: _MARK.start] + mark + header[_MARK.stop :]
            file.seek(place * _HEADER)
            file.write(_checksum(renamed) + renamed[_SUM:])
    return True


def _checksum(header: bytes) -> bytes:
    found = 5381
    for word in _WORDS.unpack(header[_SUM:]):
        found ^= word * 0xBF58476D1CE4E5B9 & _LOW
    return struct.pack("<Q", found)
