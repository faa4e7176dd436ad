"""--cluster of the commands that a Dask cluster's workers can do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from scrapy.settings import Settings

from govcrawl.cli.options import Decorator
from govcrawl.crawl.ending import Ending
from govcrawl.parallel import Asked
from govcrawl.parallel.division import COUNTY, PREFECTURE, PROVINCE, together
from govcrawl.parallel.run import Moved

if TYPE_CHECKING:
    from govcrawl.archive import Archive
    from govcrawl.reextract import Reread
    from govcrawl.store import Store

TOGETHER = {"province": PROVINCE, "prefecture": PREFECTURE, "county": COUNTY}

cluster_option: Decorator = click.option(
    "--cluster",
    metavar="ADDRESS",
    help="A Dask scheduler, tcp://HOST:8786, whose workers do the work; local or local:3 starts some here.",
)
_SHARDS = click.option(
    "--shards",
    metavar="FOLDER",
    help="With --cluster: what all machines see, a folder or s3://... [OUTPUT/shards]",
)
_TOGETHER = click.option(
    "--together",
    type=click.Choice(tuple(TOGETHER)),
    default="prefecture",
    show_default=True,
    help="With --cluster: whose portals one worker has, as they share servers.",
)


def crawl_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a crawl by a cluster."""
    return cluster_option(_SHARDS(_TOGETHER(command)))


def crawl_there(
    address: str, asked: Asked, project: Settings, shards: str | None, digits: int, moved: Moved
) -> tuple[dict[str, Any], Ending]:
    """Crawl by the workers of a cluster; UsageError where it or they cannot be used."""
    from govcrawl.cluster.client import connected, require_alike
    from govcrawl.cluster.crawl import crawl
    from govcrawl.cluster.place import Place

    place = Place(shards or str((asked.output / "shards").resolve()))
    if not place.is_address:
        place = Place(str(Path(place.where).resolve()))
        Path(place.where).mkdir(parents=True, exist_ok=True)
    file = project.get("REGISTRY_FILE")
    registry = Path(file).read_text(encoding="utf-8-sig") if file else None
    if not project.get("READING_PROCESSES"):
        asked = Asked(asked.plan, asked.output, asked.arguments, (*asked.settings, "READING_PROCESSES=1"))
    with connected(address) as client:
        require_alike(client, None if place.is_address else Path(place.where))
        return crawl(client, asked, together(asked.plan.portals, digits), place, moved, registry)


def reextract_there(
    address: str, store: Store, archive: Archive, run_id: int, urls: Sequence[str]
) -> Iterator[Reread]:
    """Read documents again by the workers of a cluster; UsageError where it or they cannot be used."""
    from govcrawl.cluster.client import connected, require_alike
    from govcrawl.cluster.reread import answers
    from govcrawl.reextract import settled

    with connected(address) as client:
        threads = require_alike(client, archive.folder.resolve() if urls else None)
        yield from settled(store, run_id, answers(client, store, archive.folder.resolve(), urls, threads))
