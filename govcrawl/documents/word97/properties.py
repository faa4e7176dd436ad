"""Property lists of a Word binary: what a paragraph or a run of characters is told to be.

Source: [MS-DOC] 2.2.5 (single property modifiers) and 2.6.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from govcrawl.documents.marks import LOWERED, RAISED, STRUCK

_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_DEFINE_TABLE, _CHANGE_TABS = 0xD608, 0xC615
_HUGE = (0x6646, 0x6645)
_CELL_BYTES = 20
_MAX_CELLS = 64
_DELETED, _HIDDEN = 0x0800, 0x083C
_STRIKE, _STRIKE_TWICE, _SCRIPT = 0x0837, 0x2A53, 0x2A48
_POSITION, _SIZE, _WIDTH = 0x4845, 0x4A43, 0x4852
_SET_APART = tuple(struct.pack("<H", code) for code in (_STRIKE, _STRIKE_TWICE, _SCRIPT, _POSITION))
_SMALL = tuple(struct.pack("<H", code) for code in (_SIZE, _WIDTH))
_RAISED, _TINIEST = 4, 6  # half points
_NARROWEST = 10  # per cent of a letter's width
_COLOUR, _OLD_COLOUR, _WHITEST, _OLD_WHITE = 0x6870, 0x2A42, 252, 8
_WHITE_CODES = tuple(struct.pack("<H", code) for code in (_COLOUR, _OLD_COLOUR))
_GROUNDS = (0x2A0C, 0x4866, 0xCA71)  # marker, shading
_MERGED, _CONTINUES, _STARTS = 0x0002, 0x0020, 0x0040


@dataclass(slots=True)
class ParagraphProperties:
    """What counts of a paragraph for its place in tables and lists.

    ``edges`` are the borders of a row's cells in twips, ``merged`` the cells that belong to the one on their
    left, ``continued`` those that belong to the one above.
    """

    in_table: bool = False
    depth: int = 0
    ends_row: bool = False
    ends_inner_row: bool = False
    ends_inner_cell: bool = False
    edges: list[int] = field(default_factory=list)
    merged: set[int] = field(default_factory=set)
    continued: set[int] = field(default_factory=set)
    number: int = 0
    level: int = 0
    outline: int = 9


def paragraph_properties(raw: bytes, data: bytes) -> ParagraphProperties:
    """Properties of a paragraph; ``data`` is the stream that long lists stand in."""
    found = ParagraphProperties()
    for code, value in modifiers(raw, data):
        if code == 0x2416:
            found.in_table = bool(value[0])
        elif code == 0x2417:
            found.ends_row = bool(value[0])
        elif code == 0x244B:
            found.ends_inner_cell = bool(value[0])
        elif code == 0x244C:
            found.ends_inner_row = bool(value[0])
        elif code == 0x6649 and len(value) == 4:
            (found.depth,) = struct.unpack("<i", value)
        elif code == 0x460B and len(value) == 2:
            (found.number,) = struct.unpack("<h", value)
        elif code == 0x260A:
            found.level = min(value[0], 8)
        elif code == 0x2640:
            found.outline = value[0]
        elif code == _DEFINE_TABLE and value:
            _define(found, value)
        elif code == 0xD62B and len(value) >= 2:
            (found.continued.add if value[1] == 1 else found.continued.discard)(value[0])
        elif code == 0x5624 and len(value) == 2:
            found.merged |= set(range(value[0] + 1, value[1]))
    found.depth = max(found.depth, int(found.in_table))
    return found


def is_left_out(raw: bytes, data: bytes) -> bool:
    """Whether characters with these properties are deleted (a tracked change) or hidden."""
    on = {
        code: bool(value[0]) for code, value in modifiers(raw, data) if code in (_DELETED, _HIDDEN) and value
    }
    return any(on.values())


def is_white(raw: bytes, data: bytes) -> bool:
    """Whether characters with these properties are white, and have no ground of their own."""
    if not any(code in raw for code in _WHITE_CODES):
        return False
    white = False
    for code, value in modifiers(raw, data):
        if code == _COLOUR:
            white = len(value) == 4 and min(value[:3]) >= _WHITEST and not value[3]
        elif code == _OLD_COLOUR:
            white = value[0] == _OLD_WHITE
        elif code in _GROUNDS and any(value):
            return False
    return white


def is_tiny(raw: bytes, data: bytes) -> bool:
    """Whether characters with these properties are too small, or too narrow, for anyone to read."""
    if not any(code in raw for code in _SMALL):
        return False
    tiny = narrow = False
    for code, value in modifiers(raw, data):
        if code == _SIZE and len(value) == 2:
            tiny = 0 < struct.unpack("<H", value)[0] <= _TINIEST
        elif code == _WIDTH and len(value) == 2:
            narrow = 0 < struct.unpack("<H", value)[0] < _NARROWEST
    return tiny or narrow


def mark_of(raw: bytes, data: bytes) -> str:
    """How characters with these properties are set apart from those beside them, empty where they are not."""
    if not any(code in raw for code in _SET_APART):
        return ""
    mark = ""
    for code, value in modifiers(raw, data):
        if code in (_STRIKE, _STRIKE_TWICE) and value[0] == 1:
            mark = STRUCK
        elif code == _SCRIPT and not mark:
            mark = {1: RAISED, 2: LOWERED}.get(value[0], "")
        elif code == _POSITION and len(value) == 2 and not mark:
            (height,) = struct.unpack("<h", value)
            mark = RAISED if height >= _RAISED else LOWERED if height <= -_RAISED else ""
    return mark


def modifiers(raw: bytes, data: bytes, depth: int = 0) -> Iterator[tuple[int, bytes]]:
    """Codes and operands of a property list; a list that is cut off ends early."""
    at = 0
    while at + 3 <= len(raw):
        (code,) = struct.unpack_from("<H", raw, at)
        at += 2
        kind = code >> 13
        if kind != 6:
            size = _SIZES[kind]
        elif code == _DEFINE_TABLE:
            if at + 2 > len(raw):
                return
            size = struct.unpack_from("<H", raw, at)[0] - 1
            at += 2
        else:
            size = raw[at]
            at += 1
            if code == _CHANGE_TABS and size == 255:
                return
        value = raw[at : at + size]
        at += max(size, 0)
        if not value:
            continue
        if code in _HUGE and len(value) == 4 and depth < 2:
            (offset,) = struct.unpack("<I", value)
            if offset + 2 <= len(data):
                (length,) = struct.unpack_from("<H", data, offset)
                yield from modifiers(data[offset + 2 : offset + 2 + length], data, depth + 1)
            continue
        yield code, value


def _define(found: ParagraphProperties, value: bytes) -> None:
    """Borders and merges of a row's cells."""
    count = value[0]
    if count > _MAX_CELLS or 1 + 2 * (count + 1) > len(value):
        return
    found.edges = list(struct.unpack_from(f"<{count + 1}h", value, 1))
    cells = value[1 + 2 * (count + 1) :]
    for number in range(min(count, len(cells) // _CELL_BYTES)):
        (flags,) = struct.unpack_from("<H", cells, number * _CELL_BYTES)
        if flags & _MERGED:
            found.merged.add(number)
        if flags & _CONTINUES and not flags & _STARTS:
            found.continued.add(number)
