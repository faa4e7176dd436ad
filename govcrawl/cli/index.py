"""govcrawl index: bring what is derived from the reports up to date, for search and for sums by year."""

from __future__ import annotations

from pathlib import Path

import click

from govcrawl.cli.options import opened, output_option
from govcrawl.cli.output import progress
from govcrawl.counting import counted
from govcrawl.errors import UsageError
from govcrawl.store.indexing import catch_up, pending
from govcrawl.store.sums import sum_up
from govcrawl.terminal import say


@click.command(name="index")
@output_option
def index_command(output: Path) -> None:
    """Bring the search index and the sums of each fact by year up to date.

    Nothing depends on it but the time that answers take: what they lack is read from the reports. A crawl
    leaves some 1,500 reports waiting; the sums, and what was loaded in bulk, wait for this command.
    """
    with opened(output) as store:
        if store.readonly:
            raise UsageError(f"{store.path}: cannot be written, so nothing can be indexed there")
        waiting = pending(store.db)
        with progress("indexing", waiting) as done:
            catch_up(store.db, done)
        sum_up(store.db)
    say(f"{counted(waiting, 'report')} indexed for search; the sums of facts by year are up to date.")
