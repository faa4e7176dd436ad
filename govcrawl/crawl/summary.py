"""The short summary at the end of a crawl: what was found, what failed and why, where it all is."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from govcrawl.crawl.session import DATABASE, PortalCrawl, Session

SHOWN = 20
"""Portals and problems listed one by one; of more, only the number is told."""


def show(session: Session, log_file: str | None) -> None:
    """Print the summary on standard error, so that it never mixes with data."""
    console = Console(stderr=True, soft_wrap=True)
    crawls = list(session.crawls.values())
    if len(crawls) <= SHOWN:
        console.print(_table(crawls))
    else:
        _count(console, crawls)
    _problems(console, crawls)
    new, changed, unchanged = (
        sum(crawl.counts[name] for crawl in crawls)
        for name in ("reports_new", "reports_changed", "unchanged")
    )
    if new or changed:
        console.print(f"Stored {new} new and {changed} changed reports; {unchanged} unchanged.")
    else:
        console.print(f"Nothing new: {unchanged} reports unchanged.")
    console.print(f"Verdict: {session.verdict} (exit status {session.exit_status})")
    console.print(f"Database: {session.output / DATABASE}" + (f"   Log: {log_file}" if log_file else ""))


def _table(crawls: list[PortalCrawl]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("portal", "outcome"):
        table.add_column(heading)
    for heading in ("new", "changed", "unchanged", "rejected", "failed", "requests"):
        table.add_column(heading, justify="right")
    for crawl in crawls:
        counts = crawl.counts
        failed = counts["failed"] + counts["blocked"] + counts["pending"]
        numbers = (
            counts["reports_new"],
            counts["reports_changed"],
            counts["unchanged"],
            counts["rejected"],
            failed,
            counts["requests"],
        )
        table.add_row(crawl.portal.name, crawl.outcome()[0], *map(str, numbers))
    return table


def _count(console: Console, crawls: list[PortalCrawl]) -> None:
    for outcome in ("complete", "incomplete", "empty", "blocked", "unreachable"):
        number = sum(crawl.outcome()[0] == outcome for crawl in crawls)
        if number:
            console.print(f"{number} portals {outcome}")


def _problems(console: Console, crawls: list[PortalCrawl]) -> None:
    told = [(crawl.portal.name, why) for crawl in crawls if (why := crawl.outcome()[1])]
    for name, why in told[:SHOWN]:
        console.print(f"{name}: {why}", markup=False, highlight=False)
    if len(told) > SHOWN:
        console.print(f"... and {len(told) - SHOWN} more: see govcrawl status")
