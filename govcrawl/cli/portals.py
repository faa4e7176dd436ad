"""govcrawl portals: which portals the registry knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from govcrawl import registry
from govcrawl.cli.options import format_option, region_option, registry_option
from govcrawl.cli.output import show
from govcrawl.counting import counted
from govcrawl.model import Portal
from govcrawl.registry import Township
from govcrawl.terminal import say
from govcrawl.text import folded

_COLUMNS = ("key", "division_code", "name", "level", "province", "prefecture", "url")
_TOWNS_SHOWN = 10


@click.command()
@region_option
@click.option("--search", help="Words of the name, province, prefecture, key or host, e.g. 钦北.")
@registry_option
@format_option
def portals(region: str | None, search: str | None, extra: Path | None, format_: str) -> None:
    """List portals of the registry; their keys and codes are what a crawl is started with."""
    known = registry.load(extra)
    found = known.select(region=region, search=search)
    shown = show(map(asdict, found), _COLUMNS, format_)
    if not shown:
        _nothing(_towns(known, region, search))
    elif format_ == "table":
        which = f"region={region}" if region and not search else f"portals={found[0].key}"
        say(f"{counted(shown, 'portal')}. To crawl: govcrawl crawl -a {which}")


def _nothing(towns: Sequence[tuple[Township, Portal]]) -> None:
    """Say what to do where no portal matches: a town has none of its own, its county publishes for it."""
    if not towns:
        say("No portal in the registry matches; an address does too: govcrawl crawl -a url=URL", err=True)
        return
    say("No portal matches, but townships, whose reports normally stand with their county:", err=True)
    for town, portal in towns[:_TOWNS_SHOWN]:
        above = portal.prefecture or portal.province
        say(
            f"{town.name}: a township of {portal.name} ({portal.division_code}, {above}); "
            f"crawl portal {portal.key} and filter by agency",
            err=True,
        )
    if len(towns) > _TOWNS_SHOWN:
        say(f"... and {len(towns) - _TOWNS_SHOWN} more: name the county too, or --region", err=True)


def _towns(known: registry.Registry, region: str | None, search: str | None) -> list[tuple[Township, Portal]]:
    """Townships that hold every word of a search, in their names or in those of their county and above."""
    words = [folded(word) for word in (search or "").split()]
    found = []
    for portal in known.select(region=region) if words else ():
        above = folded("|".join((portal.name, portal.prefecture, portal.province)))
        for town in known.townships(portal.division_code or ""):
            name = folded(town.name)
            if any(word in name for word in words) and all(word in name or word in above for word in words):
                found.append((town, portal))
    return found
