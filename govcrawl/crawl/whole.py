"""Only whole answers: a compressed body that breaks off must not pass for a page."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Self

from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import ResponseDataLossError

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_GZIP = 31  # zlib's number for a gzip stream
_PIECE = 1 << 16


class WholeBodies:
    """Asks again for a gzip body without its end; Scrapy's own decompression keeps what came before."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware of a crawler."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Let a whole answer pass; a retry request, or ResponseDataLossError when retries are spent."""
        if not response.body or response.headers.get("Content-Encoding", b"") not in {b"gzip", b"x-gzip"}:
            return response
        if ends_properly(response.body):
            return response
        spider = self.crawler.spider
        assert spider is not None
        again = get_retry_request(request, spider=spider, reason="gzip body broke off")
        if again is None:
            raise ResponseDataLossError
        return again


def ends_properly(body: bytes) -> bool:
    """Whether a gzip stream has its end; what is no gzip stream at all is for others to judge."""
    if not body.startswith(b"\x1f\x8b"):
        return True
    stream, rest = zlib.decompressobj(_GZIP), body
    try:
        while rest and not stream.eof:
            stream.decompress(rest, _PIECE)
            rest = stream.unconsumed_tail
    except zlib.error:
        return False
    return stream.eof
