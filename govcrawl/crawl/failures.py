"""What a failed request means: gone, blocked, unreachable, or worth another try on another day."""

from __future__ import annotations

from dataclasses import dataclass

from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import TextResponse
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost
from twisted.python.failure import Failure

from govcrawl.crawl.headers import TooManyHeaders
from govcrawl.crawl.rests import HostRests
from govcrawl.crawl.scope import OutOfScope
from govcrawl.discovery.refusals import GONE_STATUS, Refusal, recognise
from govcrawl.documents.encoding import decode
from govcrawl.errors import GovcrawlError
from govcrawl.model import EntryState

NO_CONNECTION = (
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ConnectionDone,
    ConnectError,
    ConnectionLost,
    TunnelError,
)
"""What a download raises where the server was not reached, or not to its end."""

NO_ANSWER = (*NO_CONNECTION, CannotResolveHostError, DownloadCancelledError, ResponseDataLossError, OSError)
"""Everything that a download raises instead of an answer."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a request brought no page: the state its entry takes, and one line for a person.

    ``refused`` is true where a server said no, which counts against the portal; ``refusal`` says who.
    ``forbidden`` is true where robots.txt says no to this page, which was not asked for. ``rest`` is set
    where the request was not made at all: its entry stays as it is.
    """

    state: EntryState
    reason: str
    refused: bool = False
    forbidden: bool = False
    refusal: Refusal | None = None
    rest: HostRests | None = None


_KNOWN = (
    (CannotResolveHostError, "the host name does not resolve; check the address or try again later"),
    (DownloadConnectionRefusedError, "the connection was refused; try again later"),
    (DownloadTimeoutError, "no answer within DOWNLOAD_TIMEOUT; try again later"),
    (DownloadCancelledError, "the answer is larger than DOWNLOAD_MAXSIZE"),
    (ResponseDataLossError, "the answer broke off; try again later"),
    (TunnelError, "the proxy did not reach the server; try again later"),
    (DownloadFailedError, "the connection broke off; try again later"),
)


def trouble(failure: Failure) -> Trouble:
    """The trouble behind a Scrapy failure. What is no fault of the page, such as a full disk, is raised."""
    error = failure.value
    if isinstance(error, GovcrawlError):
        raise error
    if isinstance(error, HttpError):
        return _answered(error)
    if isinstance(error, HostRests):
        return Trouble(EntryState.PENDING, str(error), rest=error)
    if isinstance(error, OutOfScope):
        # where a page sends it is the page's answer, and the same tomorrow
        return Trouble(EntryState.REJECTED if error.sent else EntryState.FAILED, str(error))
    if isinstance(error, IgnoreRequest) and "robots.txt" in str(error):
        return Trouble(EntryState.BLOCKED, "robots.txt does not allow this page", forbidden=True)
    if isinstance(error, IgnoreRequest):  # too many redirects, a decompression bomb
        return Trouble(EntryState.FAILED, str(error) or "the request was given up")
    return Trouble(EntryState.FAILED, in_words(error))


def in_words(error: BaseException | None) -> str:
    """An error of a download as one line for a person."""
    if isinstance(error, IgnoreRequest):
        return str(error)
    if (limit := _headers_limit(error)) is not None:
        return limit
    for kind, reason in _KNOWN:
        if isinstance(error, kind):
            return reason
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"


def _headers_limit(error: BaseException | None) -> str | None:
    """What our own limit of headers said, where that is why an answer failed."""
    reasons = getattr(getattr(error, "__cause__", None), "reasons", ())
    return next((str(one.value) for one in reasons if isinstance(one.value, TooManyHeaders)), None)


def _answered(error: HttpError) -> Trouble:
    response = error.response
    if response.status in GONE_STATUS:
        return Trouble(EntryState.GONE, f"the server answers {response.status}: the page is gone")
    refusal = recognise(response.status, headers_of(response), text_of(response))
    if refusal is not None:
        return Trouble(EntryState.BLOCKED, str(refusal), refused=True, refusal=refusal)
    return Trouble(EntryState.FAILED, f"the server answers {response.status}; try again later")


def text_of(response: object) -> str:
    """The text of an answer; Scrapy's own raises for one that names a codec which is no charset."""
    return decode(response.body).text if isinstance(response, TextResponse) else ""


def headers_of(response: object) -> dict[str, str]:
    """Headers of a response as text, repeated ones joined."""
    headers = getattr(response, "headers", {})
    return {
        name.decode("latin-1"): "; ".join(value.decode("latin-1") for value in values)
        for name, values in headers.items()
    }
