"""Running `scrapy crawl` against the network of the tests."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from tests.crawl.network import Network
from tests.portals.world import Portal, PortalSpec, write_registry
from tests.warm import Ended, scrapy

PROJECT = Path(__file__).resolve().parents[2]
FAST = ("DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=False", "RETRY_BACKOFF=0.1")


def small(name: str, seed: int, style: str = "plain", province: int = 99, **more: object) -> Portal:
    """A portal of few reports at ``www.<name>.gov.cn``, its division code in a province that is none."""
    given: dict[str, object] = {
        "departments": 2, "towns": 1, "years": (2022, 2023), "old_years": (), "others": 6, "missing": 0.0
    }  # fmt: skip
    spec = PortalSpec(
        f"www.{name}.gov.cn",
        "石坞县",
        f"{province}{seed:04d}",
        style,
        "flat",
        seed,
        **(given | more),  # type: ignore[arg-type]
    )
    return Portal(spec)


def crawl(
    output: Path, *arguments: str, settings: Iterable[str] = (), network: Network | None = None,
    environment: dict[str, str] | None = None,
) -> Ended:  # fmt: skip
    """`scrapy crawl annual_reports` through the network's proxy for both schemes."""
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    if network is not None:
        kept |= {"http_proxy": network.proxy_url, "https_proxy": network.proxy_url}
    command = ["crawl", "annual_reports", *arguments]
    for setting in (*FAST, f"OUTPUT_DIR={output}", *settings):
        command += ["-s", setting]
    return scrapy(command, kept | (environment or {}))


def registry(folder: Path, portals: Iterable[Portal], https: Iterable[str] = ()) -> str:
    """The setting for a registry file of these portals; those in ``https`` have that scheme in their address."""
    file = folder / "registry.csv"
    write_registry(file, portals)
    text = file.read_text(encoding="utf-8")
    for host in https:
        text = text.replace(f"http://{host}/", f"https://{host}/")
    file.write_text(text, encoding="utf-8")
    return f"REGISTRY_FILE={file}"


def ask(output: Path, sql: str, *values: object) -> list[tuple[object, ...]]:
    """Rows of the crawl's database."""
    with closing(sqlite3.connect(output / "govcrawl.db")) as db, db:
        return db.execute(sql, values).fetchall()
