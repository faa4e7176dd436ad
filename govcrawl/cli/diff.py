"""govcrawl diff: what a corrected report says otherwise than before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from govcrawl.archive import Archive
from govcrawl.cli.options import opened, output_option, processes_option
from govcrawl.cli.output import show
from govcrawl.counting import counted
from govcrawl.diff import Difference, Version, differences
from govcrawl.reading import Readers
from govcrawl.store.queries import Row
from govcrawl.terminal import harmless_json, say


@click.command(name="diff")
@click.argument("url")
@output_option
@click.option("--all", "every", is_flag=True, help="Every change since the report was first stored.")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@processes_option
def diff_command(
    url: str, output: Path, every: bool, format_: str, as_json: bool, processes: int | None
) -> None:
    """Show which numbers and sentences of a report changed when its page was corrected the last time.

    URL is any address of the report, or the path of an ingested file. All versions are read
    again from the archive, by the same extractor.
    """
    with (
        opened(output) as store,
        Archive(output / "archive") as archive,
        Readers(processes=processes) as readers,
    ):
        report, found = differences(store, archive, readers, url)
    chosen = found if every else found[-1:]
    if as_json or format_ == "json":
        say(harmless_json(_told(report, chosen, len(found))))
        return
    say(f"{report['title']}\n    {report['url']}")
    if report["gone_since"]:
        say(f"On the web no more since {_time(report['gone_since'])}.")
    elif not found:
        say("Its page has said the same since it was first stored.")
    for one in chosen:
        _show(one)
    if len(found) > len(chosen):
        say(f"\n{counted(len(found) - len(chosen), 'earlier change')}: add --all")


def _show(one: Difference) -> None:
    say(f"\n{_time(one.before.fetched_at)} -> {_time(one.after.fetched_at)}")
    if one.before.title != one.after.title:
        say(f"title: {one.before.title} -> {one.after.title}")
    if one.numbers is None:
        say("The numbers cannot be compared: the bytes of one version cannot be read any more.")
    elif one.numbers:
        rows = ({**asdict(number), "number": number.label} for number in one.numbers)
        show(rows, ("number", "before", "after", "fact"), "table", below=("fact",))
    else:
        say("No number changed.")
    for line in _lines(one):
        say(line)


def _lines(one: Difference) -> Iterator[str]:
    yield from (f"- {sentence}" for sentence in one.removed)
    yield from (f"+ {sentence}" for sentence in one.added)
    if not one.removed and not one.added:
        yield "No sentence changed."


def _told(report: Row, chosen: list[Difference], versions: int) -> Mapping[str, Any]:
    return {
        **{name: report[name] for name in ("url", "agency", "year", "title")},
        "earlier_versions": versions,
        "changes": [
            {
                "before": _version(one.before),
                "after": _version(one.after),
                "numbers": None if one.numbers is None else [asdict(number) for number in one.numbers],
                "sentences": {"removed": list(one.removed), "added": list(one.added)},
            }
            for one in chosen
        ],
    }


def _version(version: Version) -> Mapping[str, Any]:
    return {name: getattr(version, name) for name in ("fetched_at", "replaced_at", "sha256", "title")}


def _time(moment: str) -> str:
    return moment[:16].replace("T", " ")
