"""govcrawl merge: output folders of several machines into one."""

from __future__ import annotations

from pathlib import Path

import click

from govcrawl.cli.options import database, output_option, wait_option
from govcrawl.cli.output import progress
from govcrawl.counting import counted
from govcrawl.errors import UsageError
from govcrawl.one_writer import one_writer
from govcrawl.shards import merge
from govcrawl.store import Store
from govcrawl.store.indexing import catch_up
from govcrawl.store.sums import sum_up
from govcrawl.terminal import say


@click.command(name="merge")
@click.argument("shards", nargs=-1, required=True, metavar="SHARD...", type=click.Path(path_type=Path))
@output_option
@wait_option
def merge_command(shards: tuple[Path, ...], output: Path, wait: float) -> None:
    """Put output folders of crawls (SHARD...) together: one database and archive, as of one machine.

    The output folder may be new or have a database already. What both have is there once: the same shard
    again changes nothing, and a merge that was interrupted is run again. Shards are only read.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{output}: the output folder cannot be made ({error.strerror})") from error
    with (
        one_writer(output, command="govcrawl merge", wait=wait),
        Store.open(database(output)) as store,
        progress("merging", len(shards)) as moved,
    ):
        merged = merge(shards, store, output, moved)
        catch_up(store.db)
        sum_up(store.db)
    counts = merged.counts
    say(f"{counted(len(shards), 'shard')} of {counted(merged.portals, 'portal')}: {counts['new']} new, "
        f"{counts['changed']} changed reports, {counts['links']} new links, "
        f"{counted(merged.files, 'archive file')}")  # fmt: skip
    say(f"database: {database(output)}")
