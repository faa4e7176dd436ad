"""Only whole answers: a body that breaks off must not pass for a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self

from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import IgnoreRequest, ResponseDataLossError
from scrapy.responsetypes import responsetypes

from govcrawl.archive import DamagedArchive
from govcrawl.crawl.gzipped import ends_properly, refusal, unpacked
from govcrawl.crawl.keeping import keep
from govcrawl.crawl.session import Session
from govcrawl.discovery.steps import Kind
from govcrawl.documents.cut import breaks_in_row, breaks_off, has_end
from govcrawl.hosts import host_of
from govcrawl.store.archived import record_at

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_GZIP = ([b"gzip"], [b"x-gzip"])
_OK, _PARTIAL = 200, 206
_RANGE = re.compile(rb"bytes 0-(\d+)/(\d+)")
_SEEN = "end_of_a_page_that_broke_off"
_KNOWN_SO = "page_that_breaks_off_did_so_before"
_END = 100
_UNMEASURED = "partial"  # Scrapy's flag of a body of which the server told no length
_FILES = (Kind.REPORT, Kind.ATTACHMENT)


class _Whole:
    """Asks again for what has come only in part."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware of a crawler."""
        return cls(crawler)

    def again(self, request: Request, reason: str) -> Request:
        """The request once more; ResponseDataLossError when retries are spent."""
        spider = self.crawler.spider
        assert spider is not None
        again = get_retry_request(request, spider=spider, reason=reason)
        if again is None:
            raise ResponseDataLossError
        return again


class WholeBodies(_Whole):
    """Asks again for a gzip body without its end; Scrapy's own decompression keeps what came before.

    A body that would take its unpacking too long is refused. One whole gzip member of usual size, as nearly
    all answers are, is unpacked here, once; all others by Scrapy after that.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.most = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self.usual = max(0, crawler.settings.getint("DOWNLOAD_WARNSIZE") - 1)  # of more Scrapy warns

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Let a whole answer pass; a retry request, ResponseDataLossError without retries, IgnoreRequest."""
        encodings = response.headers.getlist("Content-Encoding")
        if not response.body or not encodings:
            return response
        most = request.meta.get("download_maxsize") or self.most
        if encodings in _GZIP and request.method != "HEAD":
            content = unpacked(response.body, min(filter(None, (most, self.usual)), default=0))
            if content is not None:
                return _with_content(response, content)
        if reason := refusal(response.body, encodings, most):
            raise IgnoreRequest(reason)
        if encodings[-1] not in {b"gzip", b"x-gzip"} or ends_properly(response.body, most):
            return response
        return self.again(request, "gzip body broke off")


def _with_content(response: Response, content: bytes) -> Response:
    """The response with its unpacked body, of the class that Scrapy gives it then."""
    del response.headers["Content-Encoding"]
    kind = responsetypes.from_args(headers=response.headers, url=response.url, body=content)
    return kind(
        response.url, response.status, response.headers, content, response.flags, response.request,
        response.certificate, response.ip_address, response.protocol,
    )  # fmt: skip


class WholePages(_Whole):
    """Asks again for a page that ends in the midst of its text: as a wrong Content-Length leaves it.

    Where the server told no length, so does one without the end that pages of its kind have on its host.
    What ends a second time just so is taken as it came; in a later run it is published so, see ``is_cut``.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.ends: dict[tuple[str, str], bool] = {}
        self.hosts: set[str] = set()

    def lacks_end(self, request: Request, response: Response) -> bool:
        """Whether a page of unknown length lacks the end that others of its kind, or of its host, had."""
        ended, key = has_end(response.body), _kind_of(request, response)
        if ended:
            self.ends[key] = True
            self.hosts.add(key[0])
        if ended is not False or _UNMEASURED not in response.flags:
            return False
        return self.ends.get(key, key[0] in self.hosts)

    def settle(self, request: Request, response: Response) -> None:
        """Take note of a page that came so twice: where none of its kind has an end, that is no sign."""
        self.ends.setdefault(_kind_of(request, response), False)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Let a whole page pass; a retry request, or ResponseDataLossError when retries are spent."""
        if response.status == _PARTIAL and not _is_all(response):
            return self.again(request, "a part of it was sent")
        if response.status != _OK or not (breaks_off(response.body) or self.lacks_end(request, response)):
            return response
        end = response.body[-_END:]  # not all of it: a visit counter changes with each answer
        if request.meta.get(_SEEN) == end:
            self.settle(request, response)
            request.meta[_KNOWN_SO] = self._ended_so(response, end)
            return response
        try:
            again = self.again(request, "page broke off")
        except ResponseDataLossError:
            request.meta[_KNOWN_SO] = self._ended_so(response, end)
            keep(
                Session.of(self.crawler), request, response, response.body
            )  # for the next run to compare with
            if request.meta[_KNOWN_SO]:
                return response
            raise
        again.meta[_SEEN] = end
        return again

    def _ended_so(self, response: Response, end: bytes) -> bool:
        """Whether the page ended so in an earlier run."""
        session = Session.of(self.crawler)
        known = record_at(session.store.db, response.url)
        try:
            return known is not None and session.archive.read(known)[-_END:] == end
        except DamagedArchive:
            return False


def _is_all(response: Response) -> bool:
    """Whether an answer of a part, for which nobody has asked, says that the part is all of it."""
    found = _RANGE.fullmatch((response.headers.get("Content-Range") or b"").strip())
    return found is not None and int(found[1]) + 1 == int(found[2])


def _kind_of(request: Request, response: Response) -> tuple[str, str]:
    return host_of(response.url), str(request.meta.get("kind"))


def is_cut(response: Response) -> bool:
    """Whether a page broke off, as far as is known not as it is published.

    That is one which did not end so in an earlier run, and always a list that ends in the midst of a row.
    """
    if response.request is None or (known_so := response.request.meta.get(_KNOWN_SO)) is None:
        return False
    listed = response.request.meta.get("kind") not in _FILES
    return not known_so or (listed and breaks_off(response.body) and breaks_in_row(response.body))
