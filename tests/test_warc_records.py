"""Records of our own making are those of warcio, byte for byte but for the compression."""

from __future__ import annotations

import gzip
from io import BytesIO

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from govcrawl.archive.records import Answered, Asked, Record, about, content_of, request, revisit, whole
from govcrawl.model import ArchiveRecord

URL = "http://www.example.gov.cn/年报/1.html?a=b c"
TARGET = "http://www.example.gov.cn/%E5%B9%B4%E6%8A%A5/1.html?a=b%20c"
MOMENT, SHA = "2026-11-23T20:23:35Z", "5" * 64
HEADERS = (
    ("Server", "nginx"), ("Content-Encoding", "gzip"), ("Set-Cookie", "a=b"), ("Set-Cookie", "c=d\r\ne"),
    ("X-Name", "政府"), ("Content-Disposition", 'attachment; filename="年报.doc"'),
)  # fmt: skip
AS_WARCIO = [
    ("Server", "nginx"), ("Set-Cookie", "a=b"), ("Set-Cookie", "c=d e"), ("X-Name", "%E6%94%BF%E5%BA%9C"),
    ("Content-Disposition", 'attachment; filename="年报.doc"'),
]  # fmt: skip


def by_warcio(writer: WARCWriter, record: object) -> bytes:
    """What warcio writes, unpacked."""
    writer.out = BytesIO()
    writer.write_record(record)
    return gzip.decompress(writer.out.getvalue())


def ours(record: Record) -> bytes:
    return gzip.decompress(record.member())


@pytest.fixture
def writer() -> WARCWriter:
    return WARCWriter(BytesIO(), gzip=True, warc_version="WARC/1.1")


def known(record: Record) -> dict[str, str]:
    """The names that chance gave to a record, and its moment."""
    return {"WARC-Record-ID": record.id, "WARC-Date": record.moment}


def in_order(record: Record, content: bytes) -> list[bytes]:
    """Lines of a record's own headers sorted, for warcio puts what it is given first; then the rest."""
    head, _, rest = content.partition(b"\r\n\r\n")
    return [*sorted(head.split(b"\r\n")), rest]


@pytest.mark.parametrize("status", [200, 404, 799])
@pytest.mark.parametrize("content", [b"", b"<html></html>", bytes(range(256)) * 300])
def test_an_answer(writer: WARCWriter, status: int, content: bytes) -> None:
    record = whole(Answered(URL, content, SHA, "text/html", status, HEADERS, MOMENT))
    phrase = {200: "OK", 404: "Not Found"}.get(status, "Unknown")
    headers = [*AS_WARCIO, ("Content-Length", str(len(content)))]
    theirs = writer.create_warc_record(
        TARGET, "response", payload=BytesIO(content), length=len(content),
        warc_headers_dict=known(record) | {"WARC-Payload-Digest": f"sha256:{SHA}"},
        http_headers=StatusAndHeaders(f"{status} {phrase}", headers, protocol="HTTP/1.1"),
    )  # fmt: skip
    assert in_order(record, ours(record)) == in_order(record, by_warcio(writer, theirs))


def test_a_file(writer: WARCWriter) -> None:
    record = whole(Answered("file:///a/年报.doc", b"doc", SHA, None, 200, (), MOMENT))
    theirs = writer.create_warc_record(
        "file:///a/%E5%B9%B4%E6%8A%A5.doc", "resource", payload=BytesIO(b"doc"), length=3,
        warc_content_type="application/octet-stream",
        warc_headers_dict=known(record) | {"WARC-Payload-Digest": f"sha256:{SHA}"},
    )  # fmt: skip
    assert in_order(record, ours(record)) == in_order(record, by_warcio(writer, theirs))


@pytest.mark.parametrize("content", [b"", b"a", b"\r\n\r\n", b"a\r\n\r\nb\r\n\r\n", bytes(range(256)) * 300])
def test_what_a_record_holds_is_read_back(content: bytes) -> None:
    for url in (URL, "file:///a/1.doc"):
        record = whole(Answered(url, content, SHA, None, 200, HEADERS, MOMENT))
        assert content_of(record.member()) == content
        assert content_of(record.member()[:-20]) is None
    assert content_of(b"") is content_of(b"no gzip") is None


@pytest.mark.parametrize("status", [200, 304])
def test_an_answer_seen_before(writer: WARCWriter, status: int) -> None:
    held = ArchiveRecord(SHA, "a.warc.gz", 0, 9, "http://www.example.gov.cn/旧", "text/html", 200, MOMENT)
    record = revisit(Answered(URL, b"", SHA, None, status, HEADERS, MOMENT), held)
    phrase = {200: "OK", 304: "Not Modified"}[status]
    theirs = writer.create_revisit_record(
        TARGET, f"sha256:{SHA}", "http://www.example.gov.cn/%E6%97%A7", MOMENT,
        http_headers=StatusAndHeaders(f"{status} {phrase}", AS_WARCIO, protocol="HTTP/1.1"),
        warc_headers_dict=known(record),
    )  # fmt: skip
    if status == 304:
        profile = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
        theirs.rec_headers.replace_header("WARC-Profile", profile)
    assert in_order(record, ours(record)) == in_order(record, by_warcio(writer, theirs))


@pytest.mark.parametrize(("method", "body"), [("GET", b""), ("POST", b"page=2&year=2023")])
def test_a_request(writer: WARCWriter, method: str, body: bytes) -> None:
    answer = whole(Answered(URL, b"a", SHA, None, 200, (), MOMENT))
    asked = Asked(
        method, (("User-Agent", "govcrawl"), ("Cookie", "secret"), ("Referer", "http://a/年")), body
    )
    record = request(URL, asked, answer)
    headers = [("Host", "www.example.gov.cn"), ("User-Agent", "govcrawl"), ("Referer", "http://a/年")]
    path = "/%E5%B9%B4%E6%8A%A5/1.html?a=b%20c"
    theirs = writer.create_warc_record(
        TARGET, "request", payload=BytesIO(body), length=len(body),
        warc_headers_dict=known(record) | {"WARC-Concurrent-To": answer.id},
        http_headers=StatusAndHeaders(f"{path} HTTP/1.1", headers, protocol=method),
    )  # fmt: skip
    assert in_order(record, ours(record)) == in_order(record, by_warcio(writer, theirs))


def test_what_a_file_is(writer: WARCWriter) -> None:
    record = about("a.warc.gz", [("software", "govcrawl"), ("format", "WARC File Format 1.1")])
    theirs = writer.create_warcinfo_record(
        "a.warc.gz", {"software": "govcrawl", "format": "WARC File Format 1.1"}
    )
    for name, value in known(record).items():
        theirs.rec_headers.replace_header(name, value)
    assert in_order(record, ours(record)) == in_order(record, by_warcio(writer, theirs))
