"""The archive: the bytes of every document as they came, in WARC 1.1 files for any web-archive tool."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from urllib.parse import quote

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from govcrawl import EXTRACTOR
from govcrawl.disk import is_full
from govcrawl.errors import DiskFull, GovcrawlError, UsageError
from govcrawl.model import ArchiveRecord
from govcrawl.store.clock import now, utc

Lookup = Callable[[str], ArchiveRecord | None]

# The body is kept as handed over, already decoded, so these headers would no longer be true of it.
_UNTRUE = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")


class DamagedArchive(GovcrawlError):
    """A record is not where the database says, or its bytes have changed; raised by ``Archive.read``."""


class Archive:
    """A folder of WARC files; each opened archive writes to one new file, so a torn tail stays alone.

    The file is made with the first record: a run that archives nothing leaves nothing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file: BinaryIO | None = None
        self._writer: WARCWriter | None = None

    def add(
        self,
        url: str,
        content: bytes,
        *,
        media_type: str | None = None,
        status: int = 200,
        headers: Iterable[tuple[str, str]] = (),
        fetched_at: str = "",
        known: Lookup | None = None,
    ) -> ArchiveRecord:
        """Keep the bytes of a response, or of a file when ``url`` is a ``file:`` address.

        ``known`` finds the record of bytes that are already kept; they are not written again. The record is
        flushed when this returns, so a database may point to it. ``fetched_at`` is ISO 8601 UTC, now if
        empty. Raises DiskFull, and UsageError when the folder cannot be written for another reason.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        if known is not None and (found := known(sha256)) is not None and self._holds(found):
            return found
        moment = utc(fetched_at) if fetched_at else now()
        try:
            return self._write(url, content, sha256, media_type, status, headers, moment)
        except OSError as error:
            self._abandon()
            if is_full(error):
                raise DiskFull(f"{self.folder}: the disk is full; make room and run again") from error
            raise UsageError(f"{self.folder}: the archive cannot be written ({error.strerror})") from error

    def read(self, record: ArchiveRecord) -> bytes:
        """The bytes of a record. Raises DamagedArchive when they are not there or not the same."""
        path = self.folder / record.file
        try:
            with path.open("rb") as file:
                file.seek(record.offset)
                stored = BytesIO(gzip.decompress(file.read(record.length)))
            content = next(iter(ArchiveIterator(stored))).content_stream().read()
        except (OSError, EOFError, zlib.error, StopIteration, ArchiveLoadFailed) as error:
            raise DamagedArchive(f"{path}: no record at byte {record.offset} for {record.url}") from error
        if hashlib.sha256(content).hexdigest() != record.sha256:
            raise DamagedArchive(f"{path}: the bytes at {record.offset} are not those of {record.url}")
        return bytes(content)

    def close(self) -> None:
        """Bring everything to the disk and close the file."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = self._writer = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _holds(self, record: ArchiveRecord) -> bool:
        """Whether the record's file is there: somebody may have moved old archives away."""
        return (self.folder / record.file).is_file()

    def _write(
        self,
        url: str,
        content: bytes,
        sha256: str,
        media_type: str | None,
        status: int,
        headers: Iterable[tuple[str, str]],
        moment: str,
    ) -> ArchiveRecord:
        file, writer = self._opened()
        is_file = url.startswith("file:")
        about = {"WARC-Date": moment, "WARC-Payload-Digest": f"sha256:{sha256}"}
        record = writer.create_warc_record(
            quote(url, safe="%/:=&?~#+!$,;'@()*[]"),
            "resource" if is_file else "response",
            payload=BytesIO(content),
            length=len(content),
            warc_content_type=(media_type or "application/octet-stream") if is_file else "",
            warc_headers_dict=about,
            http_headers=None if is_file else _http_headers(status, headers, len(content)),
        )
        offset = file.tell()
        writer.write_record(record)
        file.flush()
        length = file.tell() - offset
        name = Path(file.name).name
        return ArchiveRecord(sha256, name, offset, length, url, media_type, status, moment)

    def _abandon(self) -> None:
        """Leave a file whose last record may be torn: what comes later goes into another one."""
        if self._file is not None:
            with suppress(OSError):  # what it still holds is a part of that record
                self._file.close()
            self._file = self._writer = None

    def _opened(self) -> tuple[BinaryIO, WARCWriter]:
        if self._file is None or self._writer is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
            name = f"govcrawl-{stamp}-{os.getpid()}.warc.gz"
            self._file = (self.folder / name).open("xb")
            self._writer = WARCWriter(self._file, gzip=True, warc_version="WARC/1.1")
            about = {"software": EXTRACTOR, "format": "WARC File Format 1.1"}
            self._writer.write_record(self._writer.create_warcinfo_record(name, about))
        return self._file, self._writer


def _http_headers(status: int, headers: Iterable[tuple[str, str]], length: int) -> StatusAndHeaders:
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Unknown"
    kept = [(name, _CONTROLS.sub(" ", value)) for name, value in headers if name.lower() not in _UNTRUE]
    return StatusAndHeaders(
        f"{status} {phrase}", [*kept, ("Content-Length", str(length))], protocol="HTTP/1.1"
    )
