"""govcrawl ingest: documents from disk into the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from govcrawl.archive import Archive
from govcrawl.cli.options import database, output_option, processes_option, wait_option
from govcrawl.cli.signals import interrupted_by_signals, say_beside
from govcrawl.counting import counted
from govcrawl.documents import libreoffice
from govcrawl.errors import UsageError
from govcrawl.ingest import INCOMPLETE, Found, Ingested, exit_status, find_documents, ingest, place_named
from govcrawl.one_writer import one_writer
from govcrawl.reading import Readers
from govcrawl.store import Store
from govcrawl.summaries import summary_of, write_summary
from govcrawl.terminal import say

_REASONS_SHOWN = 10


@click.command(name="ingest")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--division",
    metavar="CODE",
    help="Division code of the place whose bodies report here, such as 450703: 教育局 is then the one of "
    "this place in every year, and coverage counts it there.",
)
@output_option
@processes_option
@wait_option
@click.option(
    "--no-libreoffice", is_flag=True, help="Do not try LibreOffice on files that nothing else reads."
)
@click.pass_context
def ingest_command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    division: str | None,
    output: Path,
    processes: int | None,
    wait: float,
    no_libreoffice: bool,
) -> None:
    """Read files and folders already on disk into the database, as a crawl would have.

    Exit status 0 when every document was stored or rejected as no report, 3 when some could not be read or
    none was a report.
    """
    if no_libreoffice:
        libreoffice.switch_off()
    place = None if division is None else place_named(division)
    found = find_documents(paths)
    _make(output)
    with (
        one_writer(output, command="govcrawl ingest", wait=wait),
        Store.open(database(output)) as store,
        Archive(output / "archive") as archive,
    ):
        run_id = store.start_run("ingest", _arguments(paths, division, output))
        told: list[Ingested] = []
        with interrupted_by_signals() as stop, Readers(processes=processes) as readers:
            _ingest_all(ingest(found.files, store, archive, run_id, readers, place), told)
        status = _finish(store, run_id, told, stopped=stop.came)
        write_summary(output / "logs", summary_of(store, run_id))
    _summary(told, found, output)
    if stop.came:
        say(f"stopped: {len(found.files) - len(told)} documents left; run again to go on", err=True)
    ctx.exit(status)


def _arguments(paths: tuple[Path, ...], division: str | None, output: Path) -> dict[str, str]:
    """The call as text; bytes of a name that are no UTF-8 are shown by their numbers."""
    told = {"paths": " ".join(map(str, paths)), "output": str(output)}
    told |= {"division": division} if division else {}
    return {name: value.encode("utf-8", "backslashreplace").decode() for name, value in told.items()}


def _ingest_all(ingested: Iterator[Ingested], told: list[Ingested]) -> None:
    for done in ingested:
        if done.reason:
            say_beside(f"{done.outcome}: {done.path}: {done.reason}")
        told.append(done)


def _finish(store: Store, run_id: int, told: list[Ingested], *, stopped: bool) -> int:
    outcomes = Counter(done.outcome for done in told)
    status = INCOMPLETE if stopped else exit_status(outcomes)
    counts = {
        "reports_new": outcomes["new"],
        "reports_changed": outcomes["changed"],
        "reports_unchanged": outcomes["unchanged"],
        "entries_rejected": outcomes["rejected"],
        "entries_failed": outcomes["failed"],
    }
    verdict = "incomplete: stopped early" if stopped else "incomplete" if status else "complete"
    store.finish_run(run_id, verdict=verdict, exit_status=status, counts=counts, detail={})
    return status


def _summary(told: list[Ingested], found: Found, output: Path) -> None:
    outcomes = Counter(done.outcome for done in told)
    stored = sum(outcomes[name] for name in ("new", "changed", "unchanged"))
    told_of = [
        f"{stored} stored ({outcomes['new']} new, {outcomes['changed']} changed, "
        f"{outcomes['unchanged']} unchanged)",
        *(f"{outcomes[name]} {name}" for name in ("rejected", "failed") if outcomes[name]),
    ]
    passed_over = [*found.passed_over, *(done.path for done in told if done.outcome == "passed over")]
    say(f"{counted(len(told) - outcomes['passed over'], 'document')}: {', '.join(told_of)}")
    for outcome in ("rejected", "failed"):
        reasons = Counter(done.reason for done in told if done.outcome == outcome)
        for reason, count in reasons.most_common(_REASONS_SHOWN):
            say(f"  {outcome} {count}: {reason}")
        if len(reasons) > _REASONS_SHOWN:
            further = counted(len(reasons) - _REASONS_SHOWN, "further reason")
            say(f"  {outcome}: {further}, see `govcrawl status --all --output {output}`")
    if passed_over:
        names = ", ".join(path.name for path in passed_over[:_REASONS_SHOWN])
        more = " ..." if len(passed_over) > _REASONS_SHOWN else ""
        endings = Counter(path.suffix.lower() for path in passed_over).most_common(_REASONS_SHOWN)
        kinds = ", ".join(f"{number} {ending}" for ending, number in endings)
        told_over = (
            f"  passed over {counted(len(passed_over), 'file')} of other kinds ({kinds}): {names}{more}"
        )
        say(told_over)
    say(f"database: {database(output)}")


def _make(output: Path) -> None:
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{output}: the output folder cannot be made ({error.strerror})") from error
