"""A server out of order: what it answers to everything is no word about any single report."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

LOST = 5
"""Stored reports in a row whose pages are not there, before one that was there lately is asked for."""

_PAGES = 2  # of one answer, that make it the answer to everything
_CHANGING = re.compile(rb"\d+")  # times, counters


@dataclass(slots=True)
class Outage:
    """What tells in one crawl that a portal's server does not know its own pages today.

    ``lost`` are stored reports in a row whose pages were not there, ``last`` what the last of them said;
    ``over`` says that one which was there lately is not there either.
    """

    lost: int = 0
    last: str = ""
    over: bool = False
    _pages: dict[str, bytes] = field(default_factory=dict)

    def page(self, url: str, body: bytes) -> None:
        """Take note of a page on the way to reports; what repeats its own address is no other answer."""
        path = url.partition("://")[2].partition("/")[2].encode()
        own = body.replace(path, b"") if path else body
        self._pages[url] = hashlib.sha256(_CHANGING.sub(b"", own)).digest()

    def missed(self, reason: str, *, control: bool) -> None:
        """Take note that a stored report's page is not there; ``control``: it was there lately."""
        self.lost += 1
        self.last = reason
        self.over = self.over or control

    def there(self) -> None:
        """Take note that a stored report's page is there."""
        self.lost = 0

    @property
    def everywhere(self) -> bool:
        """Whether all pages were the same."""
        return len(self._pages) >= _PAGES and len(set(self._pages.values())) == 1

    def told(self) -> list[str]:
        """That stored reports are not there for a reason that is none of theirs, in words."""
        if not self.over:
            return []
        return [
            f"its report pages cannot be had, among them one that was there lately ({self.last}); "
            "its reports are kept, and looked at again by the next run"
        ]
