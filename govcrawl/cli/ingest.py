"""govcrawl ingest: documents from disk into the database."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from govcrawl.archive import Archive
from govcrawl.cli.options import database, output_option
from govcrawl.counting import counted
from govcrawl.errors import UsageError
from govcrawl.ingest import Found, Ingested, exit_status, find_documents, ingest
from govcrawl.store import Store

_REASONS_SHOWN = 10


@click.command(name="ingest")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@output_option
@click.pass_context
def ingest_command(ctx: click.Context, paths: tuple[Path, ...], output: Path) -> None:
    """Read files and folders already on disk into the database, as a crawl would have.

    Exit status 0 when every document was stored or rejected as no report, 3 when some could not be read or
    none was a report.
    """
    found = find_documents(paths)
    _make(output)
    with Store.open(database(output)) as store, Archive(output / "archive") as archive:
        run_id = store.start_run("ingest", _arguments(paths, output))
        try:
            told = _ingest_all(found, store, archive, run_id)
        except KeyboardInterrupt:
            store.finish_run(run_id, verdict="interrupted", exit_status=130, counts={}, detail={})
            raise
        status = _finish(store, run_id, told)
    _summary(told, found, output)
    ctx.exit(status)


def _arguments(paths: tuple[Path, ...], output: Path) -> dict[str, str]:
    """The call as text; bytes of a name that are no UTF-8 are shown by their numbers."""
    told = {"paths": " ".join(map(str, paths)), "output": str(output)}
    return {name: value.encode("utf-8", "backslashreplace").decode() for name, value in told.items()}


def _ingest_all(found: Found, store: Store, archive: Archive, run_id: int) -> list[Ingested]:
    told = []
    for done in ingest(found.files, store, archive, run_id):
        if done.reason:
            click.echo(f"{done.outcome}: {done.path}: {done.reason}", err=True)
        told.append(done)
    return told


def _finish(store: Store, run_id: int, told: list[Ingested]) -> int:
    outcomes = Counter(done.outcome for done in told)
    status = exit_status(outcomes)
    counts = {
        "reports_new": outcomes["new"],
        "reports_changed": outcomes["changed"],
        "reports_unchanged": outcomes["unchanged"],
        "entries_rejected": outcomes["rejected"],
        "entries_failed": outcomes["failed"],
    }
    verdict = "incomplete" if status else "complete"
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
    click.echo(f"{counted(len(told), 'document')}: {', '.join(told_of)}")
    for outcome in ("rejected", "failed"):
        reasons = Counter(done.reason for done in told if done.outcome == outcome)
        for reason, count in reasons.most_common(_REASONS_SHOWN):
            click.echo(f"  {outcome} {count}: {reason}")
        if len(reasons) > _REASONS_SHOWN:
            further = counted(len(reasons) - _REASONS_SHOWN, "further reason")
            click.echo(f"  {outcome}: {further}, see `govcrawl status --all --output {output}`")
    if found.passed_over:
        click.echo(f"  passed over {counted(found.passed_over, 'file')} of other kinds")
    click.echo(f"database: {database(output)}")


def _make(output: Path) -> None:
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{output}: the output folder cannot be made ({error.strerror})") from error
