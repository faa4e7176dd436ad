"""Archives made byte by byte where no library writes them as Chinese programs do."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from tests.formats.packed_rar import packed


def as_zip(
    files: Mapping[str, bytes], *, gbk: bool = True, encrypted: bool = False, stored: bool = False
) -> bytes:
    """A zip with names in GBK, or in UTF-8, and no flag that says which; ``stored`` packs nothing."""
    how = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as file:
        for name, content in files.items():
            # ZipInfo sets its flag for what is not ASCII: the bytes come as the old code page's signs.
            entry = _Unmarked(name.encode("gb18030" if gbk else "utf-8").decode("cp437"))
            file.writestr(entry, content, how)
    made = out.getvalue()
    return _with_flag(made) if encrypted else made


class _Unmarked(zipfile.ZipInfo):
    """An entry whose name is written without the flag for UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - overrides the library's
        return self.filename.encode("cp437"), self.flag_bits & ~0x800


def _with_flag(made: bytes) -> bytes:
    """The archive with all entries marked as encrypted."""
    changed = bytearray(made)
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.find(sign)
        while at >= 0:
            changed[at + place] |= 1
            at = made.find(sign, at + 4)
    return bytes(changed)


def as_rar(files: Mapping[str, bytes], *, method: int = 0x30, encrypted: bool = False) -> bytes:
    """A RAR 4 archive with names in GBK; its files are stored, or packed where the method is another."""
    made = b"Rar!\x1a\x07\x00" + _block(0x73, 0, bytes(6))
    for name, content in files.items():
        raw, inside = name.encode("gb18030"), content if method == 0x30 else packed(content)
        fields = struct.pack(
            "<IIBIIBBHI",
            len(inside),
            len(content),
            0,
            zlib.crc32(content),
            0x58210000,
            29,
            method,
            len(raw),
            0x20,
        )
        made += _block(0x74, 0x8000 | (4 if encrypted else 0), fields + raw) + inside
    return made + _block(0x7B, 0x4000, b"")


def _block(kind: int, flags: int, fields: bytes) -> bytes:
    rest = struct.pack("<BHH", kind, flags, 7 + len(fields)) + fields
    return struct.pack("<H", zlib.crc32(rest) & 0xFFFF) + rest
