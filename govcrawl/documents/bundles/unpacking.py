"""Members of an archive within limits: nothing is written to disk, no name leads out of the archive."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from govcrawl.documents.bundles.packed import Packed
from govcrawl.documents.bundles.rars import rar_members
from govcrawl.documents.bundles.zips import zip_members
from govcrawl.documents.sniff import source_type
from govcrawl.errors import UnreadableDocument

MAX_MEMBERS = 2_000
MAX_BYTES = 200 * 2**20
"""Bytes of all members together when unpacked."""

MAX_RATIO = 300
_RATIO_FROM = 2**20
BUNDLES = frozenset(("zip", "rar"))
_OPENERS: dict[str, Callable[[bytes], Iterator[Packed]]] = {"zip": zip_members, "rar": rar_members}
_UNSAFE = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|^[A-Za-z]:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SYSTEM = re.compile(r"(?:^|/)(?:__MACOSX/|\.(?!\./)|~\$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_UNREAD = frozenset(("binary", "ole", "ppt", "pptx", "7z", "gzip", "zip", "rar"))


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive by its name with forward slashes; ``problem`` says why its bytes are not there."""

    name: str
    content: bytes
    problem: str = ""


@dataclass(slots=True)
class _Room:
    """What may still be unpacked."""

    files: int
    size: int
    names: set[str] = field(default_factory=set)

    def named(self, name: str) -> str:
        """The name, told apart from an earlier one that is the same; its ending stays what it is."""
        path, own, number = PurePosixPath(name), name, 1
        while own in self.names:
            number += 1
            own = f"{name.removesuffix(path.suffix)}~{number}{path.suffix}"
        self.names.add(own)
        return own


def members(content: bytes) -> Iterator[Member]:
    """Files of a zip or rar archive in their order, those of an archive in it included, one level deep.

    Folders and what operating systems add are left out. A member that is encrypted, damaged, unsafely named
    or beyond the limits comes with its ``problem``. Raises UnreadableDocument, also while iterating, where
    the archive itself is damaged, protected, too large, or needs a program that is not there.
    """
    yield from _members(content, "", _Room(MAX_MEMBERS, MAX_BYTES), inner=False)


def documents_among(found: Sequence[Member]) -> list[Member]:
    """Members that a reader can be asked for: notes and images count only where nothing else is there."""
    kinds = [(member, source_type(member.content)) for member in found if member.content]
    kinds = [(member, kind) for member, kind in kinds if kind not in _UNREAD]
    for lesser in ("image", "txt"):
        if any(kind not in ("image", "txt") for _, kind in kinds) or lesser == "image":
            others = [(member, kind) for member, kind in kinds if kind != lesser]
            kinds = others or kinds
    return [member for member, _ in kinds]


def _members(content: bytes, folder: str, room: _Room, *, inner: bool) -> Iterator[Member]:
    kind = source_type(content)
    if kind not in _OPENERS:
        raise UnreadableDocument(f"{kind} is no archive that is read")
    for packed in _OPENERS[kind](content):
        if _SYSTEM.search(packed.name.replace("\\", "/")):
            continue
        room.files -= 1
        if room.files < 0:
            raise UnreadableDocument(f"archive of more than {MAX_MEMBERS:,} files; unpack and ingest them")
        member = _unpacked(packed, folder, room)
        if member.problem or source_type(member.content) not in BUNDLES:
            yield member
        elif inner:
            yield Member(member.name, b"", "an archive within an archive within an archive; unpack it")
        else:
            yield from _inner(member, room)


def _inner(member: Member, room: _Room) -> Iterator[Member]:
    try:
        yield from _members(member.content, f"{member.name}/", room, inner=True)
    except UnreadableDocument as error:
        if room.files < 0 or room.size < 0:
            raise
        yield Member(member.name, b"", str(error))


def _unpacked(packed: Packed, folder: str, room: _Room) -> Member:
    name = room.named(folder + packed.name.replace("\\", "/"))
    if _UNSAFE.search(packed.name.replace("\\", "/")):
        return Member(name, b"", "its name leads out of the archive")
    if _CONTROL.search(packed.name):
        return Member(name, b"", "its name has control characters; unpack it under another name")
    if packed.encrypted:
        return Member(name, b"", "password-protected; ask the office for an open copy")
    try:
        content = packed.read(min(room.size, max(_RATIO_FROM, MAX_RATIO * packed.packed_size)))
    except UnreadableDocument as error:
        return Member(name, b"", str(error))
    room.size -= len(content)  # of a refused one too: names without end may stand for the same bytes
    if room.size < 0:
        raise UnreadableDocument(
            f"archive of more than {MAX_BYTES // 2**20} MB when unpacked; unpack it first"
        )
    if len(content) > _RATIO_FROM and len(content) > MAX_RATIO * max(packed.packed_size, 1):
        return Member(name, b"", f"grows to more than {MAX_RATIO} times its packed size")
    return Member(name, content, "" if content else "empty file")
