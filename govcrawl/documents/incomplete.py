"""Files that are not whole: the rest never came, or NUL bytes stand where something was written."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator

import olefile

from govcrawl.errors import ProtectedDocument, UnreadableDocument
from govcrawl.model import Finding

_PADDING = b"\x00 \t\r\n"
_HOLE = re.compile(rb"\x00{256,}")
_LEAST_HOLE = b"\x00" * 256
_TEXT_KINDS = frozenset(("html", "txt", "mht", "rtf", "wordml", "flat opc", "excel xml"))
_RAW_BYTES = re.compile(rb"\\bin\d")
_OBJECT = re.compile(rb"\d\s+obj\b")
_OBJECT_HEAD = 4096


def cut_short(detail: str) -> Finding:
    """What is said of a file of which a part is missing; ``detail`` tells by what it is seen."""
    return Finding("file_cut", "document", detail)


def missing_parts(kind: str, content: bytes) -> Iterator[Finding]:
    """Findings for stretches of NUL bytes in a file of a kind that has none and for a PDF without its end."""
    whole = content.rstrip(_PADDING)
    if kind == "pdf" and whole.rfind(b"%%EOF") < max(whole.rfind(b"endobj"), whole.rfind(b"endstream")):
        yield cut_short("the file ends before its last mark (%%EOF)")
    if kind not in _TEXT_KINDS and kind != "pdf":
        return
    # The pattern alone would be tried at every byte of the file.
    if _LEAST_HOLE not in whole or (kind == "rtf" and _RAW_BYTES.search(whole)):
        return
    holes = [
        hole for hole in _HOLE.finditer(whole) if kind != "pdf" or not _in_raw_stream(whole, hole.start())
    ]
    if holes:
        lost = sum(hole.end() - hole.start() for hole in holes)
        yield cut_short(f"{lost:,} NUL bytes stand where something was written: what stood there is missing")


def _in_raw_stream(content: bytes, at: int) -> bool:
    """Whether a place of a PDF lies in a stream that is stored as it is, which may hold anything."""
    begun = content.rfind(b"stream", 0, at)
    if begun < 0 or content[begun - 3 : begun] == b"end":
        return False
    head = content[max(0, begun - _OBJECT_HEAD) : begun]
    starts = [found.end() for found in _OBJECT.finditer(head)]
    return bool(starts) and b"/Filter" not in head[starts[-1] :]


def ole_refusal(content: bytes) -> UnreadableDocument:
    """Why an OLE file is not read: protected, damaged, or of another program."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            if file.exists("EncryptedPackage"):
                return ProtectedDocument("password-protected; ask the office for an open copy")
            broken = not file.listdir()
    except (OSError, ValueError, IndexError, TypeError, struct.error):
        broken = True
    if broken:
        return UnreadableDocument(
            "damaged OLE file (.doc, .xls or .wps) without its list of parts; fetch it again"
        )
    return UnreadableDocument("an OLE file that is neither Word nor Excel")
