"""One of several processes that make a run together: what it is told, and what it tells its parent.

The parent (``govcrawl.parallel``) gives it the run and its own number, holds its standard input open as long
as it lives, and reads a JSON line at a time from its standard output: how far it is, and in the end how it
ended.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from govcrawl.crawl.ending import Ending
from govcrawl.crawl.part import Part
from govcrawl.crawl.session import Session

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_EVERY = 1.0  # seconds between two lines


class Telling:
    """Tells the parent how far its part is, and ends the crawl, as a signal does, when the parent is dead."""

    def __init__(self, session: Session) -> None:
        self.session, self._told = session, 0.0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The extension, listening; NotConfigured where a process makes its run alone."""
        if Part.of(crawler.settings) is None:
            raise NotConfigured
        telling = cls(Session.of(crawler))
        crawler.signals.connect(telling.opened, signal=signals.spider_opened)
        crawler.signals.connect(telling.moved, signal=signals.response_received)
        return telling

    def opened(self) -> None:
        """Begin to watch the parent."""
        threading.Thread(target=_end_with_parent, daemon=True).start()

    def moved(self) -> None:
        """Tell the figures, at most once a second."""
        if time.monotonic() - self._told >= _EVERY:
            self._told = time.monotonic()
            tell(asdict(figures(self.session)))


@dataclass(frozen=True, slots=True)
class Figures:
    """How far a crawl is: portals that wait for nothing, reports stored, requests, portals that refuse."""

    done: int = 0
    found: int = 0
    requests: int = 0
    blocked: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.done + other.done,
            self.found + other.found,
            self.requests + other.requests,
            self.blocked + other.blocked,
        )

    def line(self, total: float) -> str:
        """What a progress bar says beside the time."""
        told = f"{self.done}/{total:.0f} portals, {self.found} reports, {self.requests} requests"
        return told + (f", {self.blocked} blocked" if self.blocked else "")


def figures(session: Session) -> Figures:
    """How far a crawl is now."""
    crawls = session.crawls.values()
    return Figures(
        sum(crawl.in_flight == 0 for crawl in crawls),
        sum(crawl.counts["reports_new"] + crawl.counts["reports_changed"] for crawl in crawls),
        sum(crawl.counts["requests"] for crawl in crawls),
        sum(crawl.blocked is not None for crawl in crawls),
    )


def tell_ending(ending: Ending) -> None:
    """Tell the parent how the part ended: its last line."""
    tell({"ending": ending.told()})


def tell(what: Mapping[str, Any]) -> None:
    """Say something to the parent; when that is dead nobody hears it."""
    try:
        sys.stdout.write(json.dumps(what, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _end_with_parent() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)
