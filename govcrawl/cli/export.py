"""govcrawl export: the database as a dataset."""

from __future__ import annotations

from pathlib import Path

import click

from govcrawl.cli.options import opened, output_option, region_option, selection, year_option
from govcrawl.counting import counted
from govcrawl.export import FORMATS, export


@click.command(name="export")
@click.option("--format", "format_", type=click.Choice(sorted(FORMATS)), required=True)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder of the dataset; an earlier export of the same format there is replaced.",
)
@region_option
@year_option
@output_option
def export_command(
    format_: str, folder: Path, region: str | None, years: tuple[str, ...], output: Path
) -> None:
    """Write reports, facts, checks, codebook and manifest as a dataset.

    csv opens in Excel as it is (UTF-8 with a byte order mark); jsonl holds each report with its text,
    sections and tables on one line.
    """
    chosen = selection(region, years)
    with opened(output) as store:
        done = export(store, format_, folder, chosen)
    for name, rows in done.files.items():
        click.echo(f"{folder / name}: {counted(rows, 'row')}")
    reports, facts = done.counts["reports"], done.counts["facts"]
    click.echo(f"{counted(reports, 'report')}, {counted(facts, 'fact')} in {folder}")
