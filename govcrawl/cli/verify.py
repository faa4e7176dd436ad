"""govcrawl verify: whether database and archive are whole."""

from __future__ import annotations

from pathlib import Path

import click

from govcrawl.archive import Archive
from govcrawl.cli.options import opened, output_option
from govcrawl.cli.output import progress
from govcrawl.counting import counted
from govcrawl.terminal import say
from govcrawl.verify import verify

_FAULTY = 3


@click.command(name="verify")
@output_option
@click.pass_context
def verify_command(ctx: click.Context, output: Path) -> None:
    """Check the database, the archive's hashes, and that every report has its bytes and every link its state.

    A line for each fault with what to do about it. Exit status 0 when there is none, 3 otherwise. Lost bytes
    that no report was read from are counted and are no fault.
    """
    faults = harmless = 0
    with opened(output) as store, Archive(output / "archive") as archive, store.snapshot():
        archived, reports = store.count("records"), store.count("reports")
        with progress("reading the archive", archived) as moved:
            for fault in verify(store, archive, moved):
                if fault.harmless:
                    harmless += 1
                    continue
                faults += 1
                say(str(fault))
    say(
        f"{counted(reports, 'report')}, {counted(archived, 'archived record')}: "
        f"{counted(faults, 'fault') if faults else 'no fault'}"
        + (f" ({counted(harmless, 'lost record')} that no report was read from)" if harmless else ""),
        err=bool(faults),
    )
    ctx.exit(_FAULTY if faults else 0)
