"""One small font in place of all those that a PDF names and does not hold, while its text is read.

pdfium looks for such a font on the machine, reads it whole and draws each character to know its place, which
takes most of the time of reading a file, and drops characters that no font there has. Where text stands is
told by the file itself, so that a box for every character does as well, on every machine alike.

Source: public/fpdf_sysfontinfo.h of pdfium; OpenType 1.9, cmap format 13.
"""

from __future__ import annotations

import ctypes
import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium

_UNIT = 1000  # to the em
_LEFT, _BELOW, _RIGHT, _ABOVE = 50, -120, 950, 850
_NARROW = (50, 0, 300, 650)  # a broad one would cover its neighbours, and pdfium takes such print for doubled
_CHINESE = 134  # the GB 2312 character set, as Windows numbers it
_GLYPHS = 65_535  # a file may name them by number
_KNOWN = frozenset(
    b"Arial Courier CourierNew Helvetica Symbol Times TimesNewRoman ZapfDingbats".split()
)  # the 14 fonts of PDF and their usual other names
_NAME = b"Box\0"
_SIGNS = (  # first, last, glyph: what is white in every font is white here
    (0x21, 0x7E, 2),
    (0xA1, 0x1FFF, 1),
    (0x2010, 0x2027, 1),
    (0x2030, 0x205E, 1),
    (0x2070, 0x2FFF, 1),
    (0x3001, 0x10FFFD, 1),
)
_ALL_SIGNS = ((0x01, 0x10FFFD, 1),)


def _box(left: int, bottom: int, right: int, top: int) -> bytes:
    """A glyph of four corners."""
    head = struct.pack(">5h2H4B", 1, left, bottom, right, top, 3, 0, 1, 1, 1, 1)
    steps = struct.pack(">8h", left, right - left, 0, left - right, bottom, 0, top - bottom, 0)
    return head + steps + bytes(-len(head + steps) % 4)


def _tables(signs: tuple[tuple[int, int, int], ...]) -> dict[bytes, bytes]:
    """A font whose glyphs are none, a box, a narrow one for ASCII, and the first box for any other number."""
    bounds = (_LEFT, _BELOW, _RIGHT, _ABOVE)
    box, narrow = _box(*bounds), _box(*_NARROW)
    shown = b"".join(struct.pack(">3I", *own) for own in signs)
    every = struct.pack(">2H3I", 13, 0, 16 + len(shown), 0, len(signs)) + shown
    places = struct.pack(">4I", 0, 0, len(box), len(box + narrow))
    places += struct.pack(">2I", 0, len(box)) * ((_GLYPHS - 3) // 2)
    return {
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 10, 12) + every,
        b"glyf": box + narrow,
        b"head": struct.pack(
            ">4I2H2Q4h2H3h", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _UNIT, 0, 0, *bounds, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">I3hH11hH", 0x10000, 880, _BELOW, 0, _UNIT, 0, 0, _UNIT, 1, *[0] * 7, 3),
        b"hmtx": struct.pack(">HhHhHh", _UNIT, _LEFT, _UNIT, _LEFT, _UNIT // 2, 50),
        b"loca": places,
        b"maxp": struct.pack(">I14H", 0x10000, _GLYPHS, 4, 1, 0, 0, 1, *[0] * 8),
        b"post": struct.pack(">2I2h5I", 0x30000, *[0] * 8),
    }


def _file(tables: dict[bytes, bytes]) -> bytes:
    start = 12 + 16 * len(tables)
    entries = body = b""
    for name, table in sorted(tables.items()):
        entries += struct.pack(">4s3I", name, 0, start + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return struct.pack(">I4H", 0x10000, len(tables), 128, 3, 16 * len(tables) - 128) + entries + body


def _font(signs: tuple[tuple[int, int, int], ...]) -> dict[int, bytes]:
    """Tables by their names as numbers; the whole file is number 0."""
    tables = _tables(signs)
    return {0: _file(tables), **{int.from_bytes(name, "big"): table for name, table in tables.items()}}


def _put(content: bytes, place: Any, size: int) -> int:
    """Answer with bytes where there is room for them, and with how many there are."""
    if place and content and size >= len(content):
        ctypes.memmove(place, content, len(content))
    return len(content)


def _is_within(name: Any) -> bool:
    """Whether pdfium has a font itself, with its widths, which a file need not tell."""
    told: bytes = ctypes.cast(name, ctypes.c_char_p).value or b""
    return re.split(rb"[-,]|PS|MT", told)[0] in _KNOWN


def _source(font: dict[int, bytes], *, instead_of_all: bool) -> Any:
    def mapped(
        _: Any, weight: int, italic: int, charset: int, pitch: int, name: Any, exact: Any
    ) -> int | None:
        return 1 if instead_of_all or not _is_within(name) else None

    answers: dict[str, Any] = {
        "Release": lambda _: None,
        "EnumFonts": lambda *_: None,
        "MapFont": mapped,
        "GetFont": lambda *_: 1,
        "GetFontData": lambda _, own, table, place, size: _put(font.get(table, b""), place, size),
        "GetFaceName": lambda _, own, place, size: _put(_NAME, place, size),
        "GetFontCharset": lambda *_: _CHINESE,
        "DeleteFont": lambda *_: None,
    }
    source = pdfium.FPDF_SYSFONTINFO(version=1)
    kinds = dict(field[:2] for field in source._fields_)
    for name, answer in answers.items():
        setattr(source, name, kinds[name](answer))
    return source


_SOURCE = _source(_font(_SIGNS), instead_of_all=False)
_SPACES_TOO = _source(_font(_ALL_SIGNS), instead_of_all=True)


@contextmanager
def one_font_for_all(*, spaces: bool = False) -> Iterator[None]:
    """While this lasts pdfium is given the box for every font that a file does not hold.

    With ``spaces`` these are boxes too. A file opened within must be closed within: what is drawn of it shows
    boxes.
    """
    pdfium.FPDF_SetSystemFontInfo(ctypes.byref(_SPACES_TOO if spaces else _SOURCE))
    try:
        yield
    finally:
        pdfium.FPDF_SetSystemFontInfo(pdfium.FPDF_GetDefaultSystemFontInfo())
