"""Conditional requests: a page that its server says is unchanged is taken from the archive.

Whoever learns from pages sees the same page as if it had been sent again, so what a listing holds is never
half known, whatever became of the run that saw it last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.responsetypes import responsetypes

from govcrawl.archive import DamagedArchive
from govcrawl.crawl.keeping import RECORD, UNCHANGED, asked_of, headers_of
from govcrawl.crawl.session import Session
from govcrawl.crawl.whole import is_cut
from govcrawl.discovery import Kind
from govcrawl.model import Validators
from govcrawl.store.archived import forget_validators, validators_of
from govcrawl.store.clock import now

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_SENT, _ANEW = "validators", "asked_anew"
_REPORTS = (Kind.REPORT, Kind.ATTACHMENT)
_NOT_MODIFIED = 304
_WHOLE = 365
"""Days after which all of a report's page or file is asked for, whatever its server says of it."""


class Conditional:
    """Asks for pages on condition that they have changed, and gives the archived page when they have not.

    A listing is asked for without condition when all of it was sent more than REDISCOVER_DAYS ago, a report's
    page or file after a year, or when its listing words it anew: its validators are forgotten then. So is
    what a 304 was answered for that nobody asked for, or whose archived bytes are damaged; at the second one
    such answer stands as the error that it is.
    """

    def __init__(self, session: Session, days: int) -> None:
        self.session, self.days = session, days

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware on the crawler's session."""
        return cls(Session.of(crawler), crawler.settings.getint("REDISCOVER_DAYS"))

    def process_request(self, request: Request) -> None:
        """Add the conditions to a request for a page that is known."""
        kind = request.meta.get("kind")
        request.meta.pop(_SENT, None)
        if request.method != "GET" or request.meta.get(_ANEW) or kind not in set(Kind):
            return
        days = _WHOLE if kind in _REPORTS else self.days
        known = validators_of(self.session.store.db, request.url, days)
        if known is None:
            return
        request.meta[_SENT] = known
        if known.etag:
            request.headers[b"If-None-Match"] = known.etag.encode("latin-1")
        if known.last_modified:
            request.headers[b"If-Modified-Since"] = known.last_modified.encode("latin-1")

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Put the archived page in the place of a 304."""
        if response.status != _NOT_MODIFIED:
            return response
        known = request.meta.get(_SENT)
        page = self._archived(request, response, known) if isinstance(known, Validators) else None
        if page is not None:
            return page
        if request.meta.get(_ANEW):
            return response
        forget_validators(self.session.store.db, [request.url])
        again = request.replace(dont_filter=True, meta={**request.meta, _ANEW: True})
        for name in (b"If-None-Match", b"If-Modified-Since"):
            again.headers.pop(name, None)
        again.headers[b"Cache-Control"] = b"no-cache"
        return again

    def _archived(self, request: Request, response: Response, known: Validators) -> Response | None:
        record = self.session.store.record(known.sha256)
        if record is None:
            return None
        try:
            body = self.session.archive.read(record)
            self.session.archive.add_unchanged(
                response.url, record, headers=headers_of(response.headers), asked=asked_of(request)
            )
        except DamagedArchive:
            return None
        request.meta[RECORD] = record
        headers = response.headers.copy()
        headers.pop(b"Content-Encoding", None)
        if known.content_type:
            headers[b"Content-Type"] = known.content_type.encode("latin-1")
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        return kind(
            response.url, status=200, headers=headers, body=body, flags=[UNCHANGED], request=request,
            protocol=response.protocol,
        )  # fmt: skip


def validators_in(response: Response, sha256: str) -> Validators | None:
    """What an answer says the page is known by, None for one that was taken from the archive.

    ``sha256`` is of its bytes, which are archived. Nothing makes an answer to a form known,
    or half a page.
    """
    request = response.request
    if request is None or request.method != "GET" or response.status != 200 or UNCHANGED in response.flags:
        return None
    if is_cut(response):
        return None
    told = {
        name: value.decode("latin-1") if (value := response.headers.get(name)) else None
        for name in ("ETag", "Last-Modified", "Content-Type")
    }
    return Validators(request.url, told["ETag"], told["Last-Modified"], told["Content-Type"], sha256, now())
