"""govcrawl export: the reports and their numbers as a dataset."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from govcrawl.cli.options import opened, output_option, region_option, selection, template_option, year_option
from govcrawl.counting import counted
from govcrawl.export import FORMATS, export
from govcrawl.store.quality import QUALITIES
from govcrawl.terminal import say

_TYPES = (
    "county_gov", "city_gov", "province_gov", "department", "township", "subdistrict", "committee", "other",
)  # fmt: skip


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
@click.option(
    "--agency-type", "types", multiple=True, type=click.Choice(_TYPES),
    help="Only reports of bodies of this type; may be repeated.",
)  # fmt: skip
@template_option
@click.option(
    "--quality", multiple=True, type=click.Choice(sorted(QUALITIES)),
    help="Only reports that do not contradict themselves (consistent), or of which every cell was read "
    "(complete); both may be given.",
)  # fmt: skip
@click.option("--mask", is_flag=True, help="Take telephone and id numbers, mails and accounts out of texts.")
@output_option
def export_command(
    format_: str,
    folder: Path,
    region: str | None,
    years: tuple[str, ...],
    types: tuple[str, ...],
    templates: tuple[str, ...],
    quality: tuple[str, ...],
    mask: bool,
    output: Path,
) -> None:
    """Write reports, facts, checks, coverage, codebook and data card as a dataset.

    csv opens in Excel as it is (UTF-8 with a byte order mark); jsonl holds each report with its text on one
    line; parquet and duckdb are for analysis, dta is for Stata; xlsx shows the tables as the official form.
    parquet, duckdb and xlsx need the extra dataset.
    """
    chosen = replace(
        selection(region, years), agency_types=types, templates=templates, quality=tuple(sorted(quality))
    )
    with opened(output) as store:
        done = export(store, format_, folder, chosen, mask=mask)
    for name, rows in done.tables.items():
        say(f"{name}: {counted(rows, 'row')}")
    reports, facts = done.counts["reports"], done.counts["facts"]
    say(f"{counted(reports, 'report')}, {counted(facts, 'fact')} in {folder}")
