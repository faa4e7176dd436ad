"""The archive's door: what was fetched goes in, its bytes come out by the database's word."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Self

from govcrawl.archive import records
from govcrawl.archive.files import WarcFile, mend
from govcrawl.archive.records import Answered, Asked, Headers
from govcrawl.disk import is_full
from govcrawl.errors import DiskFull, GovcrawlError, UsageError
from govcrawl.model import ArchiveRecord
from govcrawl.store.clock import now, utc

Lookup = Callable[[str], ArchiveRecord | None]

LARGEST = 10**9
"""Bytes after which a file is closed and another one begun."""


class DamagedArchive(GovcrawlError):
    """A record is not where the database says, or its bytes have changed; raised by ``Archive.read``."""


class Archive:
    """A folder of WARC files; each opened archive writes to files of its own, so a torn tail stays alone.

    A file is made with its first record: a run that archives nothing leaves nothing. Not for several threads.
    """

    def __init__(self, folder: Path, *, largest: int = LARGEST) -> None:
        self.folder, self.largest = folder, largest
        self._file: WarcFile | None = None

    def add(
        self,
        url: str,
        content: bytes,
        *,
        media_type: str | None = None,
        status: int = 200,
        headers: Headers = (),
        fetched_at: str = "",
        known: Lookup | None = None,
        asked: Asked | None = None,
    ) -> ArchiveRecord:
        """Keep an answer with the request that it answers, or a file when ``url`` is a ``file:`` address.

        ``known`` finds the record of bytes that are already kept: they are not written again, the answer
        becomes a ``revisit`` record, and the earlier record is what comes back. A record is in its file when
        this returns, so a database may point to it. ``fetched_at`` is ISO 8601 UTC, now if empty. Raises
        DiskFull, and UsageError when the folder cannot be written for another reason; nothing half written
        stays then.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        moment = utc(fetched_at) if fetched_at else now()
        answered = Answered(url, content, sha256, media_type, status, headers, moment)
        found = known(sha256) if known is not None else None
        if found is not None and self._holds(found):
            if not answered.is_file:
                self._append(answered, asked, found)
            return found
        name, offset, length = self._append(answered, asked, None)
        return ArchiveRecord(sha256, name, offset, length, url, media_type, status, moment)

    def add_unchanged(
        self, url: str, known: ArchiveRecord, *, headers: Headers = (), fetched_at: str = "",
        asked: Asked | None = None,
    ) -> None:  # fmt: skip
        """Keep the answer 304 to a conditional request: that what ``known`` holds was still there."""
        moment = utc(fetched_at) if fetched_at else now()
        answered = Answered(url, b"", known.sha256, None, 304, headers, moment)
        self._append(answered, asked, known)

    def read(self, record: ArchiveRecord) -> bytes:
        """The bytes of a record. Raises DamagedArchive when they are not there or not the same."""
        path = self.folder / record.file
        try:
            with path.open("rb") as file:
                file.seek(record.offset)
                stored = file.read(record.length)
            content = records.content_of(stored)
            if content is None or hashlib.sha256(content).hexdigest() != record.sha256:
                content = _as_warcio_reads(stored)
        except (OSError, EOFError, zlib.error, StopIteration) as error:
            raise DamagedArchive(f"{path}: no record at byte {record.offset} for {record.url}") from error
        if hashlib.sha256(content).hexdigest() != record.sha256:
            raise DamagedArchive(f"{path}: the bytes at {record.offset} are not those of {record.url}")
        return content

    def member(self, record: ArchiveRecord) -> bytes:
        """A record as it lies in its file, compressed; DamagedArchive when it is not there or not whole."""
        self.read(record)
        with (self.folder / record.file).open("rb") as file:
            file.seek(record.offset)
            return file.read(record.length)

    @property
    def writing(self) -> Path | None:
        """The file that is being written; None before the first record."""
        return self._file.path if self._file is not None else None

    def close(self) -> None:
        """Bring everything to the disk and close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _holds(self, record: ArchiveRecord) -> bool:
        """Whether the bytes are really there: old archives are moved away, disks rot."""
        try:
            self.read(record)
        except DamagedArchive:
            return False
        return True

    def _append(
        self, answered: Answered, asked: Asked | None, known: ArchiveRecord | None
    ) -> tuple[str, int, int]:
        """(name of the file, offset, length) of the record that an answer makes."""
        made = [records.whole(answered) if known is None else records.revisit(answered, known)]
        if asked is not None:
            made.append(records.request(answered.url, asked, made[0]))
        try:
            file = self._opened()
            return file.path.name, *file.append(made)
        except OSError as error:
            if is_full(error):
                raise DiskFull(f"{self.folder}: the disk is full; make room and run again") from error
            raise UsageError(f"{self.folder}: the archive cannot be written ({error.strerror})") from error

    def _opened(self) -> WarcFile:
        if self._file is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            mend(self.folder)
        elif self._file.size >= self.largest:
            self.close()
        if self._file is None:
            self._file = WarcFile(self.folder)
        return self._file


def _as_warcio_reads(stored: bytes) -> bytes:
    """The content of a record that is none of ours, or is damaged; OSError and others where there is none."""
    from warcio.archiveiterator import ArchiveIterator  # hardly ever needed
    from warcio.exceptions import ArchiveLoadFailed

    try:
        content: bytes = next(iter(ArchiveIterator(BytesIO(gzip.decompress(stored))))).content_stream().read()
    except ArchiveLoadFailed as error:
        raise OSError(str(error)) from error
    return bytes(content)
