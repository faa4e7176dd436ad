"""A progress line in the terminal: portals, reports, requests, refusals. Nothing when nobody watches."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from scrapy import signals
from scrapy.exceptions import NotConfigured

from govcrawl.crawl.session import Session
from govcrawl.crawl.telling import figures

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Progress:
    """Draws the crawl's progress on a terminal's standard error."""

    def __init__(self, session: Session) -> None:
        self.session = session
        columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        self.bar = Bar(*columns, console=Console(stderr=True), transient=True, refresh_per_second=4)
        self.task = self.bar.add_task("starting", total=len(session.plan.portals))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The extension, connected; NotConfigured where no terminal shows it."""
        if not sys.stderr.isatty():
            raise NotConfigured
        progress = cls(Session.of(crawler))
        for signal, receiver in (
            (signals.spider_opened, progress.opened),
            (signals.response_received, progress.moved),
            (signals.item_scraped, progress.moved),
            (signals.spider_closed, progress.closed),
        ):
            crawler.signals.connect(receiver, signal=signal)
        return progress

    def opened(self) -> None:
        """Start drawing."""
        self.bar.start()

    def moved(self) -> None:
        """Bring the figures up to date."""
        now = figures(self.session)
        total = self.bar.tasks[0].total or 0
        self.bar.update(self.task, completed=now.done, description=now.line(total))

    def closed(self) -> None:
        """Leave the terminal as it was."""
        self.bar.stop()
