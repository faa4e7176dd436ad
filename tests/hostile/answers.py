"""Answers of servers that are made to hurt, or broken: one table of names, answers, and what is said of each."""

from __future__ import annotations

import gzip
import itertools
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import brotli

from tests.crawl.network import Answer

HTML = {"Content-Type": "text/html; charset=utf-8"}
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
STORED = "stored"


@dataclass(frozen=True)
class HostileAnswer:
    """``make`` is given the page that belongs there. ``told`` is found in the reason; STORED for an answer
    that is odd and does no harm."""

    name: str
    make: Callable[[bytes], Answer]
    told: str


def endless(head: bytes, piece: bytes, pause: float = 0.0) -> Answer:
    def pieces() -> Iterator[bytes]:
        yield head
        for _ in itertools.count():
            time.sleep(pause)
            yield piece

    return Answer(pieces=pieces())


def wire(head: bytes, body: bytes, length: int | None = None) -> Answer:
    size = len(body) if length is None else length
    return Answer(wire=head + b"Content-Length: %d\r\n\r\n" % size + body)


def packed(body: bytes, *ways: str) -> Answer:
    how = {
        "gzip": lambda data: gzip.compress(data, 9),
        "br": lambda data: brotli.compress(data, quality=1),
        "deflate": zlib.compress,
    }
    for way in ways:
        body = how[way](body)
    return Answer(body, headers={**HTML, "Content-Encoding": ", ".join(ways)})


def sent_to(place: str) -> Callable[[bytes], Answer]:
    return lambda page: Answer(status=302, headers={"Location": place})


def raw_location(place: bytes) -> Callable[[bytes], Answer]:
    return lambda page: wire(b"HTTP/1.1 302 Found\r\nLocation: " + place + b"\r\n", b"")


BOMB = b"<p>" + b" " * 12_000_000
OUT = "lies outside the portal's hosts"

ANSWERS = (
    HostileAnswer("a body without end", lambda page: endless(OK + b"\r\n", b"<p>x" * 5_000), "DOWNLOAD_MAXSIZE"),
    HostileAnswer("chunks without end", lambda page: endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"4E20\r\n" + b"<p>x" * 5_000 + b"\r\n"), "DOWNLOAD_MAXSIZE"),
    HostileAnswer("headers without end", lambda page: endless(OK, b"X-More: and more\r\n" * 1_000), "more than 2,000 headers"),
    HostileAnswer("a header of a megabyte", lambda page: wire(OK + b"X-Long: " + b"x" * 2**20 + b"\r\n", page), ""),
    HostileAnswer("announcements without end", lambda page: endless(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1_000), "more than 2,000 headers"),
    HostileAnswer("a header without a name", lambda page: wire(OK + b"what is this\r\n", page), STORED),
    HostileAnswer("a thousand cookies", lambda page: wire(OK + b"Set-Cookie: a=b\r\n" * 1_000, page), STORED),
    HostileAnswer("no phrase", lambda page: wire(b"HTTP/1.1 200\r\nContent-Type: text/html\r\n", page), STORED),
    HostileAnswer("headers in no encoding", lambda page: wire(OK + b"X-Name: \xff\xfe\x80\r\nServer: \xc4\xea\r\n", page), STORED),
    HostileAnswer("a type in no encoding", lambda page: wire(b"HTTP/1.1 200 OK\r\nContent-Type: \xff\xfe; charset=\xff\r\n", page), STORED),
    HostileAnswer("a charset that is none", lambda page: wire(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=zlib_codec\r\n", page), STORED),
    HostileAnswer("a status of no meaning", lambda page: Answer(b"what?", status=999), "999"),
    HostileAnswer("a length below nothing", lambda page: wire(OK, page, -1), ""),
    HostileAnswer("a length beyond all", lambda page: wire(OK, page, 10**15), "DOWNLOAD_MAXSIZE"),
    HostileAnswer("a chunk of no size", lambda page: Answer(wire=OK + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nxx\r\n"), ""),
    HostileAnswer("a bomb in gzip", lambda page: packed(BOMB, "gzip"), "exceeded"),
    HostileAnswer("a bomb in br", lambda page: packed(BOMB, "br"), "exceeded"),
    HostileAnswer("a bomb in deflate", lambda page: packed(BOMB, "deflate"), "exceeded"),
    HostileAnswer("a bomb in a bomb", lambda page: packed(BOMB, "gzip", "gzip"), "packed 2 times"),
    HostileAnswer("redirected for ever", sent_to("?"), "redirect"),
    HostileAnswer("redirected to a file", sent_to("file:///etc/hostname"), ""),
    HostileAnswer("redirected to ftp", sent_to("ftp://www.hurt.gov.cn/x"), ""),
    HostileAnswer("redirected to data", sent_to("data:text/html,<p>x"), ""),
    HostileAnswer("redirected to this machine", sent_to("http://127.0.0.1:22/"), "is an address, not a portal's host name"),
    HostileAnswer("redirected to this machine by number", sent_to("http://2130706433/"), ""),
    HostileAnswer("redirected to the metadata", sent_to("http://169.254.169.254/latest/"), "is an address"),
    HostileAnswer("redirected to another host", sent_to("http://www.other.gov.cn/"), OUT),
    HostileAnswer("redirected to another port", sent_to("http://www.hurt.gov.cn:22/"), OUT),
    HostileAnswer("redirected as somebody", sent_to("http://u:p@www.hurt.gov.cn/"), ""),
    HostileAnswer("redirected with a break", raw_location(b"http://www.hurt.gov.cn/\r x: y"), "404"),
    HostileAnswer("redirected with a zero", raw_location(b"http://www.hurt.gov.cn\x00.other.cn/"), ""),
    HostileAnswer("redirected nowhere", raw_location(b"http://[::1/"), ""),
    HostileAnswer("sent on for ever", lambda page: Answer(b"<html><meta http-equiv=refresh content='0;url=?a'></html>", headers=HTML), "sends browsers on and on"),
    HostileAnswer("a name that leads out", lambda page: Answer(page, headers={**HTML, "Content-Disposition": "attachment; filename=../../../etc/cron.d/x"}), STORED),
    HostileAnswer("a drip", lambda page: endless(OK + b"\r\n<html>", b"x", 0.3), "DOWNLOAD_TIMEOUT"),
    HostileAnswer("silence", lambda page: Answer(wire=b"", drip=0.0), ""),
)  # fmt: skip
