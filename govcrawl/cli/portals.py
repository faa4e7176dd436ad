"""govcrawl portals: which portals the registry knows."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from govcrawl import registry
from govcrawl.cli.options import format_option, region_option
from govcrawl.cli.output import show

_COLUMNS = ("key", "division_code", "name", "level", "province", "prefecture", "url")


@click.command()
@region_option
@click.option("--search", help="Words of the name, province, prefecture, key or host, e.g. 钦北.")
@click.option(
    "--registry",
    "extra",
    type=click.Path(path_type=Path),
    help="Your own registry file (CSV), whose rows are added or put in place of shipped ones.",
)
@format_option
def portals(region: str | None, search: str | None, extra: Path | None, format_: str) -> None:
    """List portals of the registry; their keys and codes are what a crawl is started with."""
    found = registry.load(extra).select(region=region, search=search)
    shown = show(map(asdict, found), _COLUMNS, format_)
    if not shown:
        click.echo("No portal in the registry matches; an address works too: -a url=...", err=True)
    elif format_ == "table":
        click.echo(f"{shown} portals. Crawl some: scrapy crawl annual_reports -a portals={found[0].key}")
