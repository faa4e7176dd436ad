"""The short summary at the end of a crawl: what was found, what failed and why, where it all is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from govcrawl.counting import counted
from govcrawl.crawl.ending import Ending
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
        _print(console, outcomes(session.ending))
    told = [(crawl.portal.name, why) for crawl in crawls if (why := crawl.outcome()[1])]
    told += [(crawl.portal.name, moved) for crawl in crawls if (moved := _rediscovered(crawl))]
    made = [f"{made.host}: {in_words(made)}" for made in session.hosts.used.values()]
    _print(console, some(f"{name}: {why}" for name, why in told))
    _print(console, exceptions([*made, *session.hosts.notes.values()]))
    console.print(outcome_line(session.ending, only_some_years=session.plan.years is not None))
    console.print(f"Verdict: {session.verdict} (exit status {session.exit_status})")
    place = f"Database: {session.output / DATABASE}" + (f"   Log: {log_file}" if log_file else "")
    console.print(harmless_line(place))


def told_of(ended: Mapping[str, Any], ending: Ending, *, only_some_years: bool) -> list[str]:
    """The same for a run that several processes made, from its summary: lines without a table."""
    told = (f"{portal['name']}: {why}" for portal in ended["portals"] if (why := portal["reason"]))
    return [
        *outcomes(ending),
        *some(told),
        *exceptions(ending.exceptions),
        outcome_line(ending, only_some_years=only_some_years),
        f"Verdict: {ended['verdict']} (exit status {ended['exit_status']})",
    ]


def outcome_line(ending: Ending, *, only_some_years: bool) -> str:
    """What the crawl added to the database, in one sentence, and what is on the web no more."""
    told = _added(ending, only_some_years=only_some_years)
    if gone := ending.counts["reports_gone"]:
        told += f" {counted(gone, 'report')} {'is' if gone == 1 else 'are'} on the web no more, and kept."
    return told


def _added(ending: Ending, *, only_some_years: bool) -> str:
    new, changed, unchanged = (
        ending.counts[name] for name in ("reports_new", "reports_changed", "unchanged")
    )
    if new or changed:
        told = [counted(new, "new report")] if new else []
        told += [counted(changed, "changed report")] if changed else []
        return f"Stored {' and '.join(told)}; {unchanged} unchanged."
    if unchanged:
        return f"Nothing new: {counted(unchanged, 'report')} unchanged."
    if not any(ending.outcomes[name] for name in ("complete", "incomplete", "empty")):
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
        table.add_row(harmless_line(crawl.portal.name), crawl.outcome()[0], *told)
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


def outcomes(ending: Ending) -> list[str]:
    """How many portals had each outcome."""
    names = ("complete", "incomplete", "empty", "blocked", "unreachable")
    return [f"{counted(number, 'portal')} {name}" for name in names if (number := ending.outcomes[name])]


def _rediscovered(crawl: PortalCrawl) -> str | None:
    """That a site is not as it was, so that all of it was looked at again; None when it is."""
    changed = crawl.discovery.changed if crawl.read and not crawl.out_of_order else None
    return f"the site has changed and was looked at anew: {changed}" if changed is not None else None


def exceptions(told: Iterable[str]) -> list[str]:
    """What was done differently for single hosts, which a person should know and may want to end."""
    return some((f"Exception: {line}" for line in told), "more exceptions: see the log")


def some(told: Iterable[str], more: str = "more: see govcrawl status") -> list[str]:
    """The first lines, and how many there are beyond them."""
    lines = [harmless_line(line) for line in told]
    left = len(lines) - SHOWN
    return lines[:SHOWN] + ([f"... and {left} {more}"] if left > 0 else [])


def _print(console: Console, lines: Iterable[str]) -> None:
    for line in lines:
        console.print(line)
