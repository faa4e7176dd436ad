"""The demo: three imitation portals, one crawl, one score."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from tests.portals.score import score
from tests.portals.server import PortalServer
from tests.portals.table import print_scores
from tests.portals.world import Portal, default_world, write_registry

_PROJECT = Path(__file__).resolve().parents[2]
_PROXIES = (
    "http_proxy",
    "https_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "all_proxy",
    "ALL_PROXY",
    "no_proxy",
    "NO_PROXY",
)


def run_demo(output: Path, console: Console, portals: Sequence[Portal] | None = None) -> int:
    """Crawl the portals into ``output``; the status is 0 only for full recall and all facts right."""
    output = output.resolve()
    output.mkdir(parents=True, exist_ok=True)
    registry = output / "portals.csv"
    portals = default_world() if portals is None else portals
    write_registry(registry, portals)
    with PortalServer(portals) as server:
        command = [
            sys.executable, "-m", "scrapy", "crawl", "annual_reports",
            "-a", f"portals={','.join(p.key for p in portals)}", "-s", f"REGISTRY_FILE={registry}",
            "-s", f"OUTPUT_DIR={output}", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False",
        ]  # fmt: skip
        environment = {k: v for k, v in os.environ.items() if k not in _PROXIES}
        environment["http_proxy"] = server.proxy_url
        status = subprocess.run(command, cwd=_PROJECT, env=environment, check=False).returncode
        (output / "requests.jsonl").write_text(server.log.lines(), encoding="utf-8")
        database = output / "govcrawl.db"
        if not database.is_file():
            console.print(f"The crawl ended with status {status} and left no database at {database}.")
            return status or 1
        scores = score(database, portals, server.log)
    print_scores(scores, console)
    _show_next(output, console)
    if status:
        console.print(f"The crawl ended with status {status}.")
    return status or (0 if all(s.recall == 1 and s.complete for s in scores) else 1)


def _show_next(output: Path, console: Console) -> None:
    console.print("\nLook at the result:", style="bold")
    here = Path.cwd()
    place = output.relative_to(here) if output.is_relative_to(here) else output
    query = "select agency, year, title from reports order by agency, year limit 10"
    for line in (
        *_activation(here),
        f"govcrawl status --output {place}",
        f'sqlite-utils {place / "govcrawl.db"} "{query}" --table',
        f"govcrawl export --format csv --to {place / 'exports'} --output {place}",
        f"govcrawl serve --output {place} --registry {place / 'portals.csv'} --open",
    ):
        console.print(f"  {line}", markup=False, highlight=False, soft_wrap=True)


def _activation(here: Path) -> list[str]:
    """What makes the commands below known to a shell, when this runs in a virtual environment."""
    script = Path(sys.prefix, "bin", "activate")
    if sys.prefix == sys.base_prefix or not script.is_file():
        return []
    return [f". {script.relative_to(here) if script.is_relative_to(here) else script}"]
