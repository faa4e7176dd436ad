"""The files of the archive: written by one process each, put in order after a death, closed when large."""

from __future__ import annotations

import fcntl
import os
import time
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from govcrawl import EXTRACTOR
from govcrawl.archive.records import Record, about

_OPEN = ".open"  # ending of the marker beside a file that is being written, or was when its process died
_GZIP = 31  # zlib's number for a gzip stream
_PIECE = 1 << 20
_TO_DISK = 1.0  # seconds between two waits for the disk: what a loss of power costs is fetched again


class WarcFile:
    """A WARC file being written, each record a gzip member of its own.

    A marker beside it, locked while its process lives, tells later ones whether its end can be trusted.
    """

    def __init__(self, folder: Path) -> None:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        self.path = folder / f"govcrawl-{stamp}-{os.getpid()}.warc.gz"
        self.size = 0
        self._marker = _marker(self.path).open("xb")
        fcntl.lockf(self._marker, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        self._synced = time.monotonic()
        fields = [("software", EXTRACTOR), ("format", "WARC File Format 1.1")]
        try:
            self.append([about(self.path.name, fields)])
        except OSError:
            self._forget()
            self.path.unlink()
            raise

    def append(self, records: Iterable[Record]) -> tuple[int, int]:
        """Offset and length of the first of some records: all are written, or none and OSError is raised."""
        members = [record.member() for record in records]
        offset = self.size
        try:
            _write(self._file, b"".join(members))
            if time.monotonic() - self._synced > _TO_DISK:
                self._sync()
        except OSError:
            os.ftruncate(self._file, offset)
            os.lseek(self._file, offset, os.SEEK_SET)
            raise
        self.size = offset + sum(map(len, members))
        return offset, len(members[0])

    def close(self) -> None:
        """Bring everything to the disk and take the marker away."""
        try:
            self._sync()
        finally:
            self._forget()

    def _forget(self) -> None:
        os.close(self._file)
        self._marker.close()
        _marker(self.path).unlink(missing_ok=True)

    def _sync(self) -> None:
        os.fsync(self._file)
        self._synced = time.monotonic()


def mend(folder: Path) -> None:
    """Cut the torn tails off files whose process died while writing; those of living ones are left alone."""
    for marker in sorted(folder.glob(f"*{_OPEN}")):
        with marker.open("r+b") as locked:
            try:
                fcntl.lockf(locked, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            cut(marker.with_name(marker.name.removesuffix(_OPEN)))
            marker.unlink(missing_ok=True)


def is_open(path: Path) -> bool:
    """Whether a file is being written, or its process died while it was."""
    return _marker(path).exists()


def cut(path: Path) -> None:
    """Cut a file behind its last whole gzip member; one without any goes."""
    if not path.exists():
        return
    end = max(_ends(path), default=0)
    if end == 0:
        path.unlink()
    elif end < path.stat().st_size:
        os.truncate(path, end)


def _ends(path: Path) -> Iterator[int]:
    """Where each whole gzip member of a file ends."""
    with path.open("rb") as file:
        member, end, rest = zlib.decompressobj(_GZIP), 0, b""
        while piece := rest or file.read(_PIECE):
            try:
                member.decompress(piece)
            except zlib.error:
                return
            rest = member.unused_data
            if member.eof:
                end = file.tell() - len(rest)
                yield end
                member = zlib.decompressobj(_GZIP)


def _marker(path: Path) -> Path:
    return path.with_name(path.name + _OPEN)


def _write(file: int, content: bytes) -> None:
    """Write all of it: a disk that is nearly full takes a part and says so only at the next try."""
    left = memoryview(content)
    while left:
        left = left[os.write(file, left) :]
