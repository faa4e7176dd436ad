"""The parts of a zip container (docx, ofd), read within limits and never written to disk."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Protocol

from lxml import etree

from govcrawl.errors import ProtectedDocument, UnreadableDocument

MAX_PART = 64 * 2**20
"""Bytes of one part: the largest real document part has a few megabytes."""

MAX_PARTS = 20_000
# Halves of a character, which the parser keeps when it recovers and nothing can read afterwards.
_HALVES = re.compile(
    rb"&#(?:0*5(?:529[6-9]|5[3-9]\d\d|6\d{3}|7[0-2]\d\d|73[0-3]\d|734[0-3])|[xX]0*[dD][89a-fA-F]\w\w);"
)

# The strict form of Office's formats has the usual one's elements in namespaces with names of their own.
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAME = re.compile(re.escape(_STRICT) + rb"(\w+)/([\w/]+)")


class Zipped:
    """An opened container; part names are compared without case, slashes and a leading one as they come."""

    def __init__(self, content: bytes) -> None:
        """Raises UnreadableDocument for a damaged or hostile container."""
        try:
            self._zip = _opened(content)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise UnreadableDocument(f"damaged container ({error}); fetch or save the file again") from error
        parts = self._zip.infolist()
        if len(parts) > MAX_PARTS:
            raise UnreadableDocument(f"{len(parts):,} parts in one container, at most {MAX_PARTS:,} are read")
        self._parts = {_plain(part.filename): part for part in parts}

    def names(self) -> Iterator[str]:
        """Part names in lower case, with forward slashes."""
        yield from self._parts

    def read(self, name: str) -> bytes | None:
        """Bytes of a part, None when there is no such part. Raises UnreadableDocument beyond MAX_PART."""
        part = self._parts.get(_plain(name))
        if part is None:
            return None
        if part.flag_bits & 1:
            raise ProtectedDocument("password-protected; ask the office for an open copy")
        try:
            with self._zip.open(part) as stream:
                content = stream.read(MAX_PART + 1)
        except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, OSError) as error:
            raise UnreadableDocument(f"damaged part {name} ({error}); fetch the file again") from error
        if len(content) > MAX_PART:
            raise UnreadableDocument(f"part {name} has more than {MAX_PART:,} bytes when unpacked")
        return content

    def xml(self, name: str) -> etree._Element | None:
        """Root of an XML part, None when it is missing or holds no element; see xml_root."""
        return xml_root(self.read(name), f"part {name}")


def _opened(content: bytes) -> zipfile.ZipFile:
    """A container, with part names in GBK where all of them are."""
    try:
        return zipfile.ZipFile(io.BytesIO(content), metadata_encoding="gb18030")
    except UnicodeDecodeError:
        return zipfile.ZipFile(io.BytesIO(content), metadata_encoding="latin-1")


class Parts(Protocol):
    """Named parts of an office file, however it packs them."""

    def read(self, name: str) -> bytes | None:
        """Bytes of a part, None when there is no such part."""
        ...

    def xml(self, name: str) -> etree._Element | None:
        """Root of an XML part, None when it is missing or holds no element."""
        ...


def xml_root(content: bytes | None, what: str) -> etree._Element | None:
    """Root of XML, None when there is no element in it.

    Raises UnreadableDocument for what declares entities: a few lines can stand for gigabytes.
    """
    if not content:
        return None
    if b"<!ENTITY" in content:
        raise UnreadableDocument(f"{what} declares XML entities, which no office program writes")
    if _STRICT in content:
        content = _STRICT_NAME.sub(_usual_name, content)
    try:
        return etree.fromstring(_HALVES.sub(b"", content), _parser())
    except etree.XMLSyntaxError:
        return None


def _usual_name(found: re.Match[bytes]) -> bytes:
    return b"http://schemas.openxmlformats.org/%b/2006/%b" % found.groups()


def _parser() -> etree.XMLParser:
    """One that expands no entity and opens no address, whatever the part declares."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)


def _plain(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/").lstrip("/")).lower()
