"""``python -m tests.portals``: serve the imitation world, score a database, run the demo."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import TextIO

import click
from rich.console import Console

from tests.portals.demo import run_demo
from tests.portals.log import RequestLog
from tests.portals.measure import measure, specs, table
from tests.portals.score import score
from tests.portals.server import PortalServer
from tests.portals.table import print_scores
from tests.portals.wasted import wasted_table
from tests.portals.world import default_world, write_registry


@click.group()
def main() -> None:
    """Imitation portals for trying and measuring the crawler."""


@main.command()
@click.option("--port", default=0, help="Port on loopback; any free one if left out.")
@click.option(
    "--registry", type=click.Path(dir_okay=False, path_type=Path), help="Write a registry CSV here."
)
def serve(port: int, registry: Path | None) -> None:
    """Serve until interrupted."""
    portals = default_world()
    if registry:
        write_registry(registry, portals)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with PortalServer(portals, port=port) as server:
        click.echo(f"export http_proxy={server.proxy_url}")
        for portal in portals:
            click.echo(f"{portal.spec.home}  {portal.spec.style}: {len(portal.truth)} reports", err=True)
        try:
            stop.wait()
        except KeyboardInterrupt:
            click.echo("stopped", err=True)


@main.command("score")
@click.argument("database", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--log", "log_file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="JSON lines."
)
def score_command(database: Path, log_file: Path | None) -> None:
    """Compare DATABASE with the truth of the three portals."""
    log = RequestLog.parse(log_file.read_text(encoding="utf-8")) if log_file else None
    scores = score(database, default_world(), log)
    print_scores(scores, Console())
    raise SystemExit(0 if all(s.complete for s in scores) else 1)


@main.command()
@click.option("--output", default="output/demo", type=click.Path(file_okay=False, path_type=Path))
def demo(output: Path) -> None:
    """Crawl the three portals and show how well it went."""
    width = None if os.isatty(1) else 120
    raise SystemExit(run_demo(output, Console(width=width)))


@main.command("measure")
@click.option("--style", "only_styles", multiple=True, help="Only this system; may be given again.")
@click.option(
    "--shape", "only_shapes", multiple=True, help="Only this shape of the column; may be given again."
)
@click.option("--season", is_flag=True, help="The second crawl falls into the months of publication.")
@click.option("--wasted", is_flag=True, help="Say what the requests were for that brought no report.")
@click.option("--log", "log_file", type=click.File("w", encoding="utf-8"), help="Write every request here.")
def measure_command(
    only_styles: tuple[str, ...],
    only_shapes: tuple[str, ...],
    season: bool,
    wasted: bool,
    log_file: TextIO | None,
) -> None:
    """What discovery finds and costs on every style and shape, on a first crawl and a week later."""
    results = []
    for spec in specs(only_styles, only_shapes):
        results.append(measure(spec, season=season))
        for line in results[-1].lines():
            click.echo(f"{spec.style} {spec.shape}: {line}", err=True)
        for crawl, requests in ((1, results[-1].asked), (2, results[-1].asked_later)):
            for asked in requests if log_file else ():
                print(spec.style, spec.shape, crawl, asked, file=log_file)
    console = Console(width=None if os.isatty(1) else 120)
    console.print(table(results))
    if wasted:
        found = sum(result.found for result in results)
        console.print(wasted_table((result.asked for result in results), found))


if __name__ == "__main__":
    main()
