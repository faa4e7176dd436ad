"""govcrawl crawl: `scrapy crawl annual_reports` by all cores of this machine."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from govcrawl.cli.cluster import TOGETHER, crawl_options, crawl_there
from govcrawl.cli.options import database
from govcrawl.crawl.hooks import run_hooks
from govcrawl.crawl.options import output_of, project_settings
from govcrawl.crawl.plan import plan
from govcrawl.crawl.summary import told_of
from govcrawl.errors import UsageError
from govcrawl.one_writer import OneWriter
from govcrawl.parallel import Asked, crawl, divide
from govcrawl.parallel.run import Moved
from govcrawl.store import Store
from govcrawl.terminal import say


@click.command(name="crawl")
@click.option("-a", "arguments", multiple=True, metavar="NAME=VALUE", help="As of scrapy crawl: region=45.")
@click.option("-s", "settings", multiple=True, metavar="NAME=VALUE", help="As of scrapy crawl: a setting.")
@click.option("--output", type=click.Path(path_type=Path), help="Folder of database and archive [output].")
@crawl_options
@click.option(
    "--processes", type=click.IntRange(min=1), help="Crawling processes; a core each when left out."
)
@click.pass_context
def crawl_command(
    ctx: click.Context,
    arguments: tuple[str, ...],
    settings: tuple[str, ...],
    output: Path | None,
    cluster: str | None,
    shards: str | None,
    together: str,
    processes: int | None,
) -> None:
    """Crawl with all cores of this machine: the same as `scrapy crawl annual_reports`, by several processes.

    Takes the same arguments and settings and writes into the same database. Each process has portals of its
    own, whole provinces, so that no host is asked by two: what lies in one province is crawled by one.
    With --cluster the workers of a Dask cluster crawl, whatever machines they are on.
    """
    if output is not None:
        settings = (*settings, f"OUTPUT_DIR={output}")
    project = project_settings(settings)
    given = _pairs(arguments)
    made = plan(given, project.get("REGISTRY_FILE"))
    cores = os.cpu_count() or 1
    parts = divide(made.portals, processes or cores)
    if len(parts) == 1 and cluster is None:
        os.environ["SCRAPY_SETTINGS_MODULE"] = "govcrawl.settings"
        words = ["crawl", "annual_reports", *_repeated("-a", arguments), *_repeated("-s", settings)]
        os.execv(sys.executable, [sys.executable, "-m", "scrapy", *words])  # noqa: S606 - our own words
    if not project.get("READING_PROCESSES") and cluster is None:
        settings = (*settings, f"READING_PROCESSES={max(1, cores // len(parts))}")
    folder = output_of(project)
    asked = Asked(made, folder, given, settings)
    right = OneWriter.of(folder, command=_said(), wait=project.getfloat("WAIT_FOR_LOCK"))
    try:
        Store.open(database(folder)).close()
        with _progress(len(made.portals)) as moved:
            if cluster is not None:
                summary, ending = crawl_there(cluster, asked, project, shards, TOGETHER[together], moved)
            else:
                summary, ending = crawl(asked, parts, right, moved)
    finally:
        right.close()
    for line in told_of(summary, ending, only_some_years=made.years is not None):
        say(line, err=True)
    say(f"Database: {database(folder)}   Logs: {folder / 'logs'}", err=True)
    run_hooks(project, summary)
    ctx.exit(summary["exit_status"])


@contextmanager
def _progress(portals: int) -> Iterator[Moved]:
    """One progress line for all processes on a terminal's standard error; nothing elsewhere."""
    console = Console(stderr=True)
    with Progress(
        SpinnerColumn(), BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn(),
        console=console, transient=True, refresh_per_second=4, disable=not console.is_terminal,
    ) as bar:  # fmt: skip
        task = bar.add_task("starting", total=portals)
        yield lambda now: bar.update(task, completed=now.done, description=now.line(portals))


def _pairs(arguments: tuple[str, ...]) -> dict[str, str]:
    given = dict[str, str]()
    for argument in arguments:
        name, equals, value = argument.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"-a {argument!r} is no argument: write -a NAME=VALUE, such as -a region=45")
        given[name.strip()] = value
    return given


def _repeated(option: str, values: tuple[str, ...]) -> list[str]:
    return [word for value in values for word in (option, value)]


def _said() -> str:
    return shlex.join(["govcrawl", *sys.argv[1:]])
