"""govcrawl probe: what a portal is, from a handful of polite requests."""

from __future__ import annotations

import csv
import io
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from govcrawl.cli.options import registry_option
from govcrawl.counting import counted
from govcrawl.crawl.ending import COMPLETE, INCOMPLETE, UNREADABLE
from govcrawl.crawl.options import project_settings
from govcrawl.crawl.plan import portal_named
from govcrawl.crawl.probe import probe
from govcrawl.crawl.probed import BLOCKED, FOUND, REGISTRY_COLUMNS, UNREACHABLE, Probed
from govcrawl.registry import load
from govcrawl.terminal import harmless_json, harmless_line, say


@click.command(name="probe")
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@registry_option
@click.option("--registry-row", is_flag=True, help="Print a row for a registry file (CSV) and nothing else.")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option(
    "-s", "--set", "settings", multiple=True, metavar="NAME=VALUE", help="A setting, as for scrapy crawl."
)
@click.pass_context
def probe_command(
    ctx: click.Context,
    urls: tuple[str, ...],
    extra: Path | None,
    registry_row: bool,
    format_: str,
    settings: tuple[str, ...],
) -> None:
    """Look at portals: which system, where the 年报 column is, how many reports to expect, who refuses.

    URL is the address of any page of a portal, or a key or code of the registry. At most 12 pages and
    robots.txt are asked for, as politely as in a crawl; nothing is stored. Exit status 3 when no reports were
    found on some portal, 5 when nothing could be read at all.
    """
    registry = load(extra)
    portals = [portal_named(url, registry) for url in urls]
    found = probe(portals, project_settings(settings))
    if registry_row:
        _rows(found)
    elif format_ == "json":
        say(harmless_json([one.as_dict() for one in found]))
    else:
        _table(found)
    ctx.exit(exit_status(found))


def exit_status(found: Sequence[Probed]) -> int:
    """0 when reports were found on every portal, 5 when none could be read, else 3."""
    if all(one.outcome == FOUND for one in found):
        return COMPLETE
    if all(one.outcome in {BLOCKED, UNREACHABLE} for one in found):
        return UNREADABLE
    return INCOMPLETE


def _rows(found: Sequence[Probed]) -> None:
    text = io.StringIO()
    rows = csv.DictWriter(text, REGISTRY_COLUMNS, lineterminator="\n")
    rows.writeheader()
    rows.writerows(one.registry_row() for one in found)
    say(text.getvalue(), nl=False)


def _table(found: Sequence[Probed]) -> None:
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 10_000  # a pipe folds nothing
    console = Console(width=width, highlight=False, markup=False, file=sys.stdout)
    for place, one in enumerate(found):
        table = Table("", "", show_header=False, box=None, pad_edge=False, title_justify="left", expand=False)
        for name, value in _lines(one):
            table.add_row(name, harmless_line(value))
        if place:
            say()
        with console.capture() as captured:
            console.print(table)
        click.echo("\n".join(text.rstrip() for text in captured.get().splitlines()))


def _lines(one: Probed) -> Iterator[tuple[str, str]]:
    """What is known, a line each; nothing is said of what is not."""
    portal = one.portal
    code = f" ({portal.division_code})" if portal.division_code else ""
    yield "portal", f"{portal.name}{code}"
    yield "outcome", one.outcome
    yield "answers at", one.answered or "nothing that could be read"
    if one.title:
        yield "title", one.title
    if one.system is not None:
        yield "system", "none that is known" if one.system == "generic" else f"{one.system}: {one.mark}"
    if one.column is not None:
        yield "column", one.column
        yield "path", " > ".join(one.path) or "the start page itself"
        yield "shape", one.shape
        about = "at least" if one.at_least else "about" if one.expected != one.links else "all of"
        yield "reports", f"{one.links} links seen, {about} {one.expected} expected"
    for host, told in one.robots.items():
        yield "robots.txt", f"{told} ({host})"
    if not one.robots:
        yield "robots.txt", "not answered"
    for refusal in one.refusals:
        yield "refused by", f"{refusal['system']} ({refusal['evidence']}) at {refusal['url']}"
    for trouble in one.troubles:
        yield "trouble", trouble
    if one.notice:
        yield "notice", one.notice
    yield "browser", "needed" if one.needs_browser else "not needed"
    yield "cost", f"{counted(one.requests, 'request')} (limit {one.limit} and robots.txt)"
