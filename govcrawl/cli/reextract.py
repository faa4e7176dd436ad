"""govcrawl reextract: read everything again from the archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from govcrawl.archive import Archive
from govcrawl.cli.cluster import cluster_option, reextract_there
from govcrawl.cli.options import database, opened, output_option, processes_option, wait_option
from govcrawl.cli.output import progress
from govcrawl.cli.signals import interrupted_by_signals, say_beside
from govcrawl.counting import counted
from govcrawl.one_writer import one_writer
from govcrawl.reading import Readers
from govcrawl.reextract import INTERRUPTED, Reread, begin, reextract
from govcrawl.store import Store
from govcrawl.terminal import say

_INCOMPLETE = 3
_WORDS = {
    "same": "as before",
    "changed": "changed",
    "found": "found where no report was seen before",
    "withdrawn": "withdrawn: no report after all",
    "none": "still no report",
    "failed": "could not be read again and stay as they were",
}


@click.command(name="reextract")
@click.option("--only-stale", is_flag=True, help="Only what another version of govcrawl has read last.")
@output_option
@processes_option
@cluster_option
@wait_option
@click.pass_context
def reextract_command(
    ctx: click.Context,
    only_stale: bool,
    output: Path,
    processes: int | None,
    cluster: str | None,
    wait: float,
) -> None:
    """Read every archived document again, without the network, and write anew what is read of it.

    Addresses, times and ids stay. Documents that gave no report are looked at too: a newer version may find
    one. A run that was interrupted is gone on with. Exit status 3 when it was interrupted, or when a stored
    report could not be read again.
    """
    opened(output).close()
    with (
        one_writer(output, command="govcrawl reextract", wait=wait),
        opened(output) as store,
        Archive(output / "archive") as archive,
    ):
        run_id, urls = begin(store, only_stale=only_stale)
        outcomes = Counter[str]()
        with interrupted_by_signals() as stop:
            if cluster is not None:
                _count(reextract_there(cluster, store, archive, run_id, urls), outcomes, len(urls))
            else:
                with Readers(processes=processes) as readers:
                    _count(reextract(store, archive, readers, run_id, urls), outcomes, len(urls))
        status = _finish(store, run_id, outcomes, stopped=stop.came)
    for outcome, number in outcomes.items():
        say(f"{number} {_WORDS[outcome]}")
    say(f"{counted(outcomes.total(), 'document')} read again; database: {database(output)}")
    if stop.came:
        left = counted(len(urls) - outcomes.total(), "document")
        say(f"stopped: {left} left; run again to go on", err=True)
    ctx.exit(status)


def _count(done: Iterator[Reread], outcomes: Counter[str], total: int) -> None:
    with progress("reading again", total) as moved:
        for reread in done:
            outcomes[reread.outcome] += 1
            if reread.outcome in ("found", "withdrawn", "failed"):
                told = f": {reread.reason}" if reread.reason else ""
                say_beside(f"{reread.outcome}: {reread.url}{told}")
            moved()


def _finish(store: Store, run_id: int, outcomes: Counter[str], *, stopped: bool) -> int:
    status = _INCOMPLETE if stopped or outcomes["failed"] else 0
    verdict = f"{INTERRUPTED}: run again to go on" if stopped else "incomplete" if status else "complete"
    counts = {
        "reports_new": outcomes["found"],
        "reports_changed": outcomes["changed"],
        "reports_unchanged": outcomes["same"],
        "entries_failed": outcomes["failed"],
    }
    store.finish_run(
        run_id, verdict=verdict, exit_status=status, counts=counts, detail={"outcomes": dict(outcomes)}
    )
    return status
