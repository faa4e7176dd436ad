"""Members of a rar archive through the extra ``rar``; packed ones also need unrar, unar or bsdtar."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from functools import partial
from types import ModuleType
from typing import Any

from govcrawl.documents.bundles.packed import Packed, told_name
from govcrawl.errors import UnreadableDocument

_UNICODE_NAME = 0x200  # of RAR 4; RAR 5 has only UTF-8, which the other way reads as well
_IN_PARTS = "part of a RAR archive in several; ask for the whole"
_BSDTAR = 'exec bsdtar -x --to-stdout -f "$@"'
_TOOLS = "a program that unpacks rar is missing; install one (Debian: unar) or unpack it and ingest the files"


def rar_members(content: bytes) -> Iterator[Packed]:
    """Members in their order. Raises UnreadableDocument without the extra and for a damaged archive."""
    rarfile = _library()
    faults = (rarfile.Error, OSError, ValueError, EOFError, struct.error, IndexError, KeyError)
    try:
        archive = rarfile.RarFile(io.BytesIO(content))
        found = archive.infolist()
        locked = archive.needs_password() and not found
    except rarfile.NeedFirstVolume as error:
        raise UnreadableDocument(_IN_PARTS) from error
    except faults as error:
        raise UnreadableDocument(f"damaged RAR archive ({_one_line(error)}); fetch it again") from error
    if locked:
        raise UnreadableDocument("password-protected RAR archive; ask the office for an open copy")
    if not found:
        raise UnreadableDocument("damaged or empty RAR archive; fetch it again")
    with archive:
        for info in found:
            if info.is_file():
                read = partial(_read, rarfile, archive, info, faults)
                yield Packed(_name(info), int(info.compress_size), bool(info.needs_password()), read)


def _name(info: Any) -> str:
    """A member's name; the library takes GBK for UTF-16 where the archive states no encoding."""
    raw = info.orig_filename
    stated = info.flags & _UNICODE_NAME or not isinstance(raw, bytes)
    return str(info.filename) if stated else told_name(raw)


def _library() -> ModuleType:
    try:
        import rarfile
    except ImportError as error:
        raise UnreadableDocument(
            "RAR archive; pip install 'govcrawl[rar]' or unpack it and ingest the files"
        ) from error
    # The library says `-f -- file` to bsdtar, which then looks for a file called `--`.
    if rarfile.BSDTAR_CONFIG["open_cmd"][-1] == "-f":
        rarfile.BSDTAR_CONFIG["open_cmd"] = ("SHELL_TOOL", "-c", _BSDTAR)
        rarfile.SHELL_TOOL = "sh"
    return rarfile  # type: ignore[no-any-return]


def _read(rarfile: Any, archive: Any, info: Any, faults: tuple[type[BaseException], ...], most: int) -> bytes:
    try:
        with archive.open(info) as stream:
            content = stream.read(most + 1)
            assert isinstance(content, bytes)
            return content
    except rarfile.RarCannotExec as error:
        raise UnreadableDocument(_TOOLS) from error
    except faults as error:
        if "single FD" in str(error):  # the library's words for what goes on in another file
            raise UnreadableDocument(_IN_PARTS) from error
        raise UnreadableDocument(f"damaged in its archive ({_one_line(error)}); fetch it again") from error


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
