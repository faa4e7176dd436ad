"""Headers of an answer up to a size: Twisted takes as many as a server sends, which may be without end."""

from __future__ import annotations

from scrapy.core.downloader.handlers import http11

MOST_BYTES, MOST_LINES = 256 * 1024, 2_000
"""Of an answer's headers, those of the 1xx answers before it included; browsers take as many bytes."""


class TooManyHeaders(Exception):
    """Headers that do not end. Raised while an answer comes in; its request fails with it."""


class BoundedParser(http11._LenientHTTPClientParser):
    """Scrapy's parser of answers, which gives up beyond these limits."""

    _left, _lines_left = MOST_BYTES, MOST_LINES

    def lineReceived(self, line: bytes) -> None:  # noqa: N802
        """Take a line of the headers."""
        self._left -= len(line) + 1
        self._lines_left -= 1
        if self._left < 0 or self._lines_left < 0:
            raise TooManyHeaders(f"more than {MOST_LINES:,} headers, or {MOST_BYTES // 1024} KiB of them")
        super().lineReceived(line)


def bound_headers() -> None:
    """Have all answers of this process parsed so."""
    assert hasattr(http11, "_LenientHTTPClientParser"), "Scrapy parses answers in another way now"
    http11._LenientHTTPClientParser = BoundedParser  # type: ignore[misc]
