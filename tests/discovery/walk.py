"""Runs the discoverer over an imitation portal without Scrapy: what it finds and what it asks for."""

from __future__ import annotations

import urllib.error
import urllib.request
from dataclasses import dataclass, field

from govcrawl.discovery import Discovery, Kind, Page, Step
from govcrawl.model import Entry, Portal


@dataclass
class Walk:
    """The requests made, in order, and the report links found."""

    steps: list[tuple[Step, int]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def navigation(self) -> list[Step]:
        return [step for step, _ in self.steps if step.kind is not Kind.REPORT]


def walk(url: str, proxy: str, *, fetch_reports: bool = False, limit: int = 1000) -> Walk:
    """Everything discovery does from ``url``; report pages only when asked for."""
    return go(Discovery(Portal("test", "test", url)), proxy, fetch_reports=fetch_reports, limit=limit)


def go(discovery: Discovery, proxy: str, *, fetch_reports: bool = False, limit: int = 1000) -> Walk:
    """Everything that a discoverer asks for."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": proxy}))
    done = Walk()
    while (step := discovery.next()) is not None and len(done.steps) < limit:
        target = step.target
        request = urllib.request.Request(
            target.url, data=target.body.encode() if target.method == "POST" else None, method=target.method
        )
        if target.referer:
            request.add_header("Referer", target.referer)
        try:
            with opener.open(request, timeout=10) as answer:
                page = Page.parse(answer.url, answer.read(), answer.headers.get_content_charset())
                done.steps.append((step, answer.status))
        except urllib.error.URLError as error:
            done.steps.append((step, getattr(error, "code", 0)))
            discovery.failed(step)
            continue
        found = discovery.received(step, page)
        done.entries += found.entries + ([found.itself] if found.itself else [])
        if fetch_reports:
            for entry in found.entries:
                discovery.want(entry)
    return done
