"""govcrawl checks: what is wrong with published reports, for those who can mend it."""

from __future__ import annotations

from pathlib import Path

import click

from govcrawl.cli.options import (
    format_option,
    opened,
    output_option,
    region_option,
    selection,
    year_option,
)
from govcrawl.cli.output import show
from govcrawl.model import Outcome
from govcrawl.store.defects import Wanted

_COLUMNS = ("agency", "year", "kind", "rule", "subject", "expected", "actual", "cells", "detail", "url")


@click.command()
@click.option(
    "--outcome",
    type=click.Choice([outcome.value for outcome in Outcome]),
    default=Outcome.FAIL.value,
    show_default=True,
)
@click.option(
    "--rule", "rules", multiple=True, help="Only this rule (A1) or kind of finding; may be repeated."
)
@click.option("--agency", default="", help="Only bodies with this in their name.")
@click.option("--findings/--no-findings", default=True, help="List findings beside failed checks.")
@region_option
@year_option
@format_option
@output_option
def checks(
    outcome: str,
    rules: tuple[str, ...],
    agency: str,
    findings: bool,
    region: str | None,
    years: tuple[str, ...],
    format_: str,
    output: Path,
) -> None:
    """List failed checks and findings with the address of the report and the cells or sentence concerned."""
    chosen = selection(region, years)
    with opened(output) as store:
        found = store.defects(outcome, chosen, Wanted(rules, agency, findings))
        shown = show(found, _COLUMNS, format_, below=("cells", "detail", "url"))
    if format_ == "table":
        if findings and outcome == Outcome.FAIL.value:
            click.echo(f"{shown} failed checks and findings.")
        else:
            click.echo(f"{shown} {'check' if shown == 1 else 'checks'} with outcome {outcome}.")
