"""WARC records: an answer with its request, an answer seen before, a file from disk.

They are those that warcio would write, header by header, in half the time: a crawl writes two for each page.
"""

from __future__ import annotations

import re
import uuid
import zlib
from base64 import b32encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from govcrawl.model import ArchiveRecord

Headers = Iterable[tuple[str, str]]

# The body is kept as handed over, already decoded, so these headers would no longer be true of it.
_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_UNTRUE = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_SECRET = frozenset({"proxy-authorization", "authorization", "cookie"})
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
_PHRASES = {status.value: status.phrase for status in HTTPStatus}
_GZIP = 31  # zlib's number for a gzip stream
_GAP = b"\r\n\r\n"  # after the headers, and after the block
_LEVEL = 6  # the highest takes half as long again and makes a fiftieth less
_SAME = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it goes into a file; ``headers`` without those that ``member`` adds."""

    id: str
    moment: str
    headers: Sequence[tuple[str, str]]
    block: bytes
    media_type: str

    def member(self) -> bytes:
        """The record as a gzip member of its own."""
        headers = [
            *self.headers,
            ("WARC-Block-Digest", _sha1(self.block)),
            ("Content-Type", self.media_type),
            ("Content-Length", str(len(self.block))),
        ]
        told = "".join(f"{name}: {value}\r\n" for name, value in headers)
        content = b"".join((b"WARC/1.1\r\n", told.encode(), b"\r\n", self.block, b"\r\n\r\n"))
        return zlib.compress(content, _LEVEL, _GZIP)


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


def content_of(member: bytes) -> bytes | None:
    """What a record's gzip member holds as ``whole`` wrote it; None where it is no such member.

    It is for the caller to see by the digest that it is that.
    """
    try:
        record = zlib.decompress(member, _GZIP)
    except zlib.error:
        return None
    begin = record.find(_GAP) + len(_GAP)
    if b"\r\nWARC-Type: response\r\n" in record[:begin]:
        begin = record.find(_GAP, begin) + len(_GAP)
    return record[begin : -len(_GAP)]


def about(file: str, fields: Iterable[tuple[str, str]]) -> Record:
    """The record that says what a file is."""
    moment, own = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}", _new_id()
    headers = [
        ("WARC-Type", "warcinfo"), ("WARC-Record-ID", own), ("WARC-Filename", file), ("WARC-Date", moment),
    ]  # fmt: skip
    block = "".join(f"{name}: {value}\r\n" for name, value in fields).encode()
    return Record(own, moment, headers, block, "application/warc-fields")


def whole(answered: Answered) -> Record:
    """The record that holds the bytes themselves."""
    digest = ("WARC-Payload-Digest", f"sha256:{answered.sha256}")
    if answered.is_file:
        media_type = answered.media_type or "application/octet-stream"
        return _record("resource", answered.url, answered.moment, [digest], answered.content, media_type)
    headers = _answer(answered.status, answered.headers, len(answered.content))
    return _http_record("response", answered.url, answered.moment, [digest], headers + answered.content)


def revisit(answered: Answered, known: ArchiveRecord) -> Record:
    """The record of an answer whose bytes are those of an earlier one, or that says so itself by 304."""
    after = [
        ("WARC-Profile", _NOT_MODIFIED if answered.status == HTTPStatus.NOT_MODIFIED else _SAME),
        ("WARC-Refers-To-Target-URI", _target(known.url)),
        ("WARC-Refers-To-Date", known.fetched_at),
        ("WARC-Payload-Digest", f"sha256:{known.sha256}"),
    ]
    headers = _answer(answered.status, answered.headers, None)
    return _http_record("revisit", answered.url, answered.moment, [], headers, after, "response")


def request(url: str, asked: Asked, answer: Record) -> Record:
    """The record of the request behind an answer's record."""
    parts = urlsplit(_target(url))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = [(name, value) for name, value in _clean(asked.headers) if name.lower() not in _SECRET]
    if not any(name.lower() == "host" for name, _ in headers):
        headers.insert(0, ("Host", parts.netloc))
    block = _http(asked.method, f"{path} HTTP/1.1", headers) + asked.body
    before = [("WARC-Concurrent-To", answer.id)]
    after = [("WARC-Payload-Digest", _sha1(asked.body))]
    return _http_record("request", url, answer.moment, before, block, after)


def _http_record(
    kind: str, url: str, moment: str, before: Sequence[tuple[str, str]], block: bytes,
    after: Sequence[tuple[str, str]] = (), holds: str = "",
) -> Record:  # fmt: skip
    return _record(
        kind, url, moment, before, block, f"application/http; msgtype={holds or kind}", after
    )  # fmt: skip


def _record(
    kind: str, url: str, moment: str, before: Sequence[tuple[str, str]], block: bytes, media_type: str,
    after: Sequence[tuple[str, str]] = (),
) -> Record:  # fmt: skip
    own = _new_id()
    headers = [
        ("WARC-Date", moment), *before, ("WARC-Type", kind), ("WARC-Record-ID", own),
        ("WARC-Target-URI", _target(url)), *after,
    ]  # fmt: skip
    return Record(own, moment, headers, block, media_type)


def _new_id() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"


def _sha1(content: bytes) -> str:
    return f"sha1:{b32encode(sha1(content, usedforsecurity=False).digest()).decode()}"


def _target(url: str) -> str:
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]")


def _answer(status: int, headers: Headers, length: int | None) -> bytes:
    kept = [(name, value) for name, value in _clean(headers) if name.lower() not in _UNTRUE]
    size = [] if length is None else [("Content-Length", str(length))]
    return _http("HTTP/1.1", f"{status} {_PHRASES.get(status, 'Unknown')}", [*kept, *size])


def _http(first: str, rest: str, headers: Sequence[tuple[str, str]]) -> bytes:
    """The lines of a request or answer before its body."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    try:
        return f"{first} {rest}\r\n{lines}\r\n".encode("ascii")
    except UnicodeEncodeError:
        return _as_warcio(first, rest, headers)


def _as_warcio(first: str, rest: str, headers: Sequence[tuple[str, str]]) -> bytes:
    """The lines with what is not ASCII written as warcio does; UnicodeEncodeError where it does not."""
    from warcio.statusandheaders import StatusAndHeaders  # hardly ever needed

    made: bytes = StatusAndHeaders(rest, list(headers), protocol=first).to_ascii_bytes()
    return made


def _clean(headers: Headers) -> list[tuple[str, str]]:
    return [(_sendable(name), _sendable(_CONTROLS.sub(" ", value))) for name, value in headers]


def _sendable(text: str) -> str:
    """A header's name or value as warcio can write it, which takes non-ASCII in parameters alone."""
    if text.isascii():
        return text
    try:
        _as_warcio("HTTP/1.1", "200", [("X", text)])
    except UnicodeEncodeError:
        return quote(text, safe=_ASCII)
    return text
