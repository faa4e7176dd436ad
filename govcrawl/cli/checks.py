"""govcrawl checks: accounting identities that a published report breaks."""

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

_COLUMNS = ("agency", "year", "rule", "subject", "expected", "actual", "url")


@click.command()
@click.option(
    "--outcome",
    type=click.Choice([outcome.value for outcome in Outcome]),
    default=Outcome.FAIL.value,
    show_default=True,
)
@region_option
@year_option
@format_option
@output_option
def checks(outcome: str, region: str | None, years: tuple[str, ...], format_: str, output: Path) -> None:
    """List identities by outcome, each with the address of its report."""
    chosen = selection(region, years)
    with opened(output) as store:
        shown = show(store.checks(outcome, chosen), _COLUMNS, format_)
    if format_ == "table":
        click.echo(f"{shown} checks with outcome {outcome}.")
