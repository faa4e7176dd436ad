"""WARC records: an answer with its request, an answer seen before, a file from disk."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from urllib.parse import quote, urlsplit

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from govcrawl.model import ArchiveRecord

Headers = Iterable[tuple[str, str]]

# The body is kept as handed over, already decoded, so these headers would no longer be true of it.
_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_UNTRUE = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_SECRET = frozenset({"proxy-authorization", "authorization", "cookie"})
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


@dataclass(frozen=True, slots=True)
class Asked:
    """The request that an answer answers: what was sent, but for what is secret."""

    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, or a file where ``url`` is a ``file:`` address; ``moment`` as the database writes it."""

    url: str
    content: bytes
    sha256: str
    media_type: str | None
    status: int
    headers: Headers
    moment: str

    @property
    def is_file(self) -> bool:
        """Whether no server gave headers with it: it is from a disk, or out of a fetched archive (``#``)."""
        return self.url.startswith("file:") or "#" in self.url


def whole(writer: WARCWriter, answered: Answered) -> ArcWarcRecord:
    """The record that holds the bytes themselves."""
    length = len(answered.content)
    return writer.create_warc_record(
        _target(answered.url),
        "resource" if answered.is_file else "response",
        payload=BytesIO(answered.content),
        length=length,
        warc_content_type=(answered.media_type or "application/octet-stream") if answered.is_file else "",
        warc_headers_dict=_about(answered.moment) | {"WARC-Payload-Digest": f"sha256:{answered.sha256}"},
        http_headers=None if answered.is_file else _answer(answered.status, answered.headers, length),
    )


def revisit(writer: WARCWriter, answered: Answered, known: ArchiveRecord) -> ArcWarcRecord:
    """The record of an answer whose bytes are those of an earlier one, or that says so itself by 304."""
    record = writer.create_revisit_record(
        _target(answered.url),
        f"sha256:{known.sha256}",
        _target(known.url),
        known.fetched_at,
        http_headers=_answer(answered.status, answered.headers, None),
        warc_headers_dict=_about(answered.moment),
    )
    if answered.status == HTTPStatus.NOT_MODIFIED:
        record.rec_headers.replace_header("WARC-Profile", _NOT_MODIFIED)
    return record


def request(writer: WARCWriter, url: str, asked: Asked, answer: ArcWarcRecord) -> ArcWarcRecord:
    """The record of the request behind an answer's record."""
    parts = urlsplit(_target(url))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = [(name, value) for name, value in _clean(asked.headers) if name.lower() not in _SECRET]
    if not any(name.lower() == "host" for name, _ in headers):
        headers.insert(0, ("Host", parts.netloc))
    about = _about(answer.rec_headers.get_header("WARC-Date"))
    return writer.create_warc_record(
        _target(url),
        "request",
        payload=BytesIO(asked.body),
        length=len(asked.body),
        warc_headers_dict=about | {"WARC-Concurrent-To": answer.rec_headers.get_header("WARC-Record-ID")},
        http_headers=StatusAndHeaders(f"{path} HTTP/1.1", headers, protocol=asked.method),
    )


def _about(moment: str) -> dict[str, str]:
    return {"WARC-Date": moment}


def _target(url: str) -> str:
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]")


def _answer(status: int, headers: Headers, length: int | None) -> StatusAndHeaders:
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Unknown"
    kept = [(name, value) for name, value in _clean(headers) if name.lower() not in _UNTRUE]
    size = [] if length is None else [("Content-Length", str(length))]
    return StatusAndHeaders(f"{status} {phrase}", [*kept, *size], protocol="HTTP/1.1")


def _clean(headers: Headers) -> list[tuple[str, str]]:
    return [(_sendable(name), _sendable(_CONTROLS.sub(" ", value))) for name, value in headers]


def _sendable(text: str) -> str:
    """A header's name or value as warcio can write it, which takes non-ASCII in parameters alone."""
    if text.isascii():
        return text
    try:
        StatusAndHeaders("200", [("X", text)], protocol="HTTP/1.1").to_ascii_bytes()
    except UnicodeEncodeError:
        return quote(text, safe=_ASCII)
    return text
