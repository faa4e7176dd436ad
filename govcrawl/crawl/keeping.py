"""Everything fetched goes into the archive before anything is made of it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Self

from govcrawl.archive import Asked
from govcrawl.crawl.session import Session
from govcrawl.model import ArchiveRecord
from govcrawl.store.archived import note_new_record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

UNCHANGED = "unchanged"
"""Flag of a response that was taken from the archive."""

RECORD = "archived"
"""Where a request's meta holds the record of its answer."""


class Keeping:
    """Archives answers with their requests, bodies decompressed; redirections are left to the class below."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware on the crawler's session."""
        return cls(Session.of(crawler))

    def process_response(self, request: Request, response: Response) -> Response:
        """Archive an answer. DiskFull or UsageError, which end the run, when the archive cannot take it."""
        if not 300 <= response.status < 400 and UNCHANGED not in response.flags:
            keep(self.session, request, response, response.body)
        return response


class KeepingRedirects(Keeping):
    """Archives redirections, which nothing after Scrapy's redirect middleware sees."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Archive a redirection, without a body that is compressed."""
        if 300 <= response.status < 400:
            packed = b"Content-Encoding" in response.headers
            keep(self.session, request, response, b"" if packed else response.body)
        return response


def kept(session: Session, response: Response) -> ArchiveRecord:
    """The archive record of a response's bytes; a page that a browser has drawn is archived as drawn."""
    record = response.meta.get(RECORD)
    if isinstance(record, ArchiveRecord) and record.sha256 == hashlib.sha256(response.body).hexdigest():
        return record
    assert response.request is not None
    return keep(session, response.request, response, response.body)


def asked_of(request: Request) -> Asked:
    """A request as the archive keeps it."""
    return Asked(request.method, tuple(headers_of(request.headers)), request.body)


def headers_of(headers: Mapping[bytes, Sequence[bytes]]) -> list[tuple[str, str]]:
    """Headers as text, repeated ones one after the other."""
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in values
    ]


def media_type_of(response: Response) -> str | None:
    """The media type that an answer declares."""
    header = (response.headers.get("Content-Type") or b"").decode("latin-1")
    return header.partition(";")[0].strip().lower() or None


def keep(session: Session, request: Request, response: Response, body: bytes) -> ArchiveRecord:
    """Archive an answer with a body that may be another than its own; where it lies then."""
    held: list[ArchiveRecord | None] = []

    def known(sha256: str) -> ArchiveRecord | None:
        held.append(session.store.record(sha256))
        return held[-1]

    record = session.archive.add(
        response.url,
        body,
        media_type=media_type_of(response),
        status=response.status,
        headers=headers_of(response.headers),
        known=known,
        asked=asked_of(request),
    )
    if record not in held:
        note_new_record(session.store.db, record)
    request.meta[RECORD] = record
    return record
