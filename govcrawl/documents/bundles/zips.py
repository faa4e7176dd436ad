"""Members of a zip archive, with names as Chinese programs write them: GBK without a word about it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial

from govcrawl.documents.bundles.packed import Packed, told_name
from govcrawl.errors import UnreadableDocument

_UTF8_NAME = 0x800
_UNICODE_PATH = 0x7075
_FAULTS = (
    zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, OSError, RuntimeError,
)  # fmt: skip


def zip_members(content: bytes) -> Iterator[Packed]:
    """Members in their order. Raises UnreadableDocument for a damaged archive."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _FAULTS as error:
        raise UnreadableDocument(f"damaged ZIP archive ({error}); fetch it again") from error
    with archive:
        for info in archive.infolist():
            if not info.is_dir():
                encrypted = bool(info.flag_bits & 1)
                yield Packed(_name(info), info.compress_size, encrypted, partial(_read, archive, info))


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    try:
        with archive.open(info) as stream:
            return stream.read(most + 1)
    except _FAULTS as error:
        raise UnreadableDocument(f"damaged in its archive ({error}); fetch it again") from error


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name: by its flag or its field for Unicode, else UTF-8 where it is sound, else GBK."""
    if (own := _unicode_path(info.extra)) is not None:
        return own
    if info.flag_bits & _UTF8_NAME:
        return info.orig_filename
    return told_name(info.orig_filename.encode("cp437"))


def _unicode_path(extra: bytes) -> str | None:
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == _UNICODE_PATH and size > 5:
            try:
                return extra[at + 9 : at + 4 + size].decode("utf-8")
            except UnicodeDecodeError:
                return None
        at += 4 + size
    return None
