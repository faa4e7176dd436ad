"""The short summary at the end of a crawl: what was found, what failed and why, where it all is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from govcrawl.counting import counted
from govcrawl.crawl.hosts import in_words
from govcrawl.crawl.session import DATABASE, PortalCrawl, Session
from govcrawl.terminal import harmless_line

_UNFOLDED = 10_000  # columns of a file or mail: no word is cut there

SHOWN = 20
"""Portals and problems listed one by one; of more, only the number is told."""


def show(session: Session, log_file: str | None) -> None:
    """Print the summary on standard error, so that it never mixes with data."""
    console = _console()
    crawls = list(session.crawls.values())
    if len(crawls) <= SHOWN:
        console.print(_table(crawls))
    else:
        _count(console, crawls)
    _problems(console, crawls)
    _exceptions(console, session)
    console.print(outcome_line(crawls, only_some_years=session.plan.years is not None))
    console.print(f"Verdict: {session.verdict} (exit status {session.exit_status})")
    console.print(f"Database: {session.output / DATABASE}" + (f"   Log: {log_file}" if log_file else ""))


def outcome_line(crawls: Sequence[PortalCrawl], *, only_some_years: bool) -> str:
    """What the crawl added to the database, in one sentence, and what is on the web no more."""
    counts = sum((crawl.counts for crawl in crawls), Counter[str]())
    told = _added(crawls, counts, only_some_years=only_some_years)
    if gone := counts["reports_gone"]:
        told += f" {counted(gone, 'report')} {'is' if gone == 1 else 'are'} on the web no more, and kept."
    return told


def _added(crawls: Sequence[PortalCrawl], counts: Counter[str], *, only_some_years: bool) -> str:
    new, changed, unchanged = (counts[name] for name in ("reports_new", "reports_changed", "unchanged"))
    if new or changed:
        told = [counted(new, "new report")] if new else []
        told += [counted(changed, "changed report")] if changed else []
        return f"Stored {' and '.join(told)}; {unchanged} unchanged."
    if unchanged:
        return f"Nothing new: {counted(unchanged, 'report')} unchanged."
    if not any(crawl.read for crawl in crawls):
        return "Nothing could be read."
    return "No report of these years was found." if only_some_years else "No report was found."


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Say no more where nobody reads: the crawl ends as it would have, its verdict is in the database."""
        self.quiet = True


def _console() -> Console:
    console = _Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
    if not console.is_terminal:
        console.width = _UNFOLDED
    return console


def _table(crawls: Sequence[PortalCrawl]) -> Table:
    """A row for each portal; of the columns after ``new`` those that are zero everywhere are left out."""
    rows = [(crawl, _numbers(crawl)) for crawl in crawls]
    headings = [
        heading
        for heading in ("new", "changed", "unchanged", "rejected", "failed", "pending", "requests")
        if heading in ("new", "requests") or any(numbers[heading] for _, numbers in rows)
    ]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("portal", "outcome"):
        table.add_column(heading, no_wrap=True)
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    for crawl, numbers in rows:
        told = (str(numbers[heading]) for heading in headings)
        table.add_row(crawl.portal.name, crawl.outcome()[0], *told)
    return table


def _numbers(crawl: PortalCrawl) -> dict[str, int]:
    counts = crawl.counts
    return {
        "new": counts["reports_new"],
        "changed": counts["reports_changed"],
        "unchanged": counts["unchanged"],
        "rejected": counts["rejected"],
        "failed": counts["failed"] + counts["blocked"],
        "pending": counts["pending"],
        "requests": counts["requests"],
    }


def _count(console: Console, crawls: Sequence[PortalCrawl]) -> None:
    for outcome in ("complete", "incomplete", "empty", "blocked", "unreachable"):
        number = sum(crawl.outcome()[0] == outcome for crawl in crawls)
        if number:
            console.print(f"{counted(number, 'portal')} {outcome}")


def _rediscovered(crawl: PortalCrawl) -> str | None:
    """That a site is not as it was, so that all of it was looked at again; None when it is."""
    changed = crawl.discovery.changed if not crawl.out_of_order else None
    return f"the site has changed and was looked at anew: {changed}" if changed is not None else None


def _exceptions(console: Console, session: Session) -> None:
    """What was done differently for single hosts, which a person should know and may want to end."""
    told = [f"{made.host}: {in_words(made)}" for made in session.hosts.used.values()]
    told += session.hosts.notes.values()
    for line in told[:SHOWN]:
        console.print(harmless_line(f"Exception: {line}"))
    if len(told) > SHOWN:
        console.print(f"... and {len(told) - SHOWN} more exceptions: see the log")


def _problems(console: Console, crawls: Sequence[PortalCrawl]) -> None:
    told = [(crawl.portal.name, why) for crawl in crawls if (why := crawl.outcome()[1])]
    told += [(crawl.portal.name, moved) for crawl in crawls if (moved := _rediscovered(crawl))]
    for name, why in told[:SHOWN]:
        console.print(harmless_line(f"{name}: {why}"))
    if len(told) > SHOWN:
        console.print(f"... and {len(told) - SHOWN} more: see govcrawl status")
