"""How far the sheets of an Excel 97 file say that they reach, told before a library makes room for them.

Source: [MS-XLS] 2.1.4 (records), 2.4.28 (BoundSheet8) and 2.4.90 (Dimensions).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

MOST_ROWS, MOST_COLUMNS = 65_536, 256

_DIMENSIONS, _SHEET, _END = 0x0200, 0x0085, 0x000A
_CELLS = frozenset((0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E))

Record = tuple[int, int, int]


def reach(stream: bytes) -> tuple[int, int]:
    """Rows and columns up to the furthest cell that is told of in a workbook's stream, or stands in it.

    Each record is looked at once, however many sheets are said to begin at one place.
    """
    rows = columns = 0
    seen: set[int] = set()
    starts = [0]
    while starts:
        for kind, at, size in records(stream, starts.pop(), seen):
            if kind == _SHEET and size >= 4:
                starts += struct.unpack_from("<I", stream, at)
            elif kind == _DIMENSIONS and size in (10, 14):
                _, row, _, column = struct.unpack_from("<IIHH" if size == 14 else "<HHHH", stream, at)
                rows, columns = max(rows, row), max(columns, column)
            elif kind in _CELLS and size >= 4:
                row, column = struct.unpack_from("<HH", stream, at)
                rows, columns = max(rows, row + 1), max(columns, column + 1)
    return rows, columns


def records(stream: bytes, at: int, seen: set[int]) -> Iterator[Record]:
    """Kind, place and size of what stands in each record up to the end of its part."""
    while at + 4 <= len(stream) and at not in seen:
        seen.add(at)
        kind, size = struct.unpack_from("<HH", stream, at)
        if at + 4 + size > len(stream):
            return
        yield kind, at + 4, size
        if kind == _END:
            return
        at += 4 + size
