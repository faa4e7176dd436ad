"""A whole crawl of twenty portals on two cores, against Scrapy asking for the same pages and doing less with them.

What is counted is the processor time of all the processes of a crawl, from their start to their end; the portals
are served by another one. The three baselines ask for exactly the addresses that the crawl asked for.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.processes import taken
from tests.bench.results import keep, ratio
from tests.crawl.manners import FAST, PROJECT, ask, registry
from tests.portals.measure import specs
from tests.portals.model import PortalSpec
from tests.portals.server import PortalServer
from tests.portals.world import Portal

ROUNDS = int(os.environ.get("GOVCRAWL_BENCH_ROUNDS", "5"))
PORTALS = 20
BASELINES = ("nothing", "links", "trafilatura")
# What is wanted: pages a processor second, and requests a report.
OF_LINKS, OF_TRAFILATURA, OF_REPORTS = 0.6, 5.0, 1.25


def world() -> list[Portal]:
    """Counties of as many systems as there are, each with the reports of three years."""
    return [
        Portal(
            PortalSpec(
                f"www.bench{number:02d}.gov.cn", spec.place, f"99{number:04d}", spec.style, "year", number,
                years=(2021, 2022, 2023), old_years=(),
            )
        )
        for number, spec in enumerate(specs(only_shapes=("year",))[:PORTALS])
    ]  # fmt: skip


@pytest.mark.bench
def test_a_crawl_against_scrapy(tmp_path: Path) -> None:
    portals = world()
    # As pip leaves them: a checkout may have been told to keep no compiled modules.
    subprocess.run([sys.executable, "-m", "compileall", "-q", "govcrawl", "spiders"], cwd=PROJECT, check=True)
    with PortalServer(portals) as server:
        kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        environment = kept | {"http_proxy": server.proxy_url, "PYTHONPATH": str(PROJECT)}
        rates: dict[str, list[float]] = {way: [] for way in ("govcrawl", *BASELINES)}
        for number in range(ROUNDS):
            output = tmp_path / str(number)
            output.mkdir()
            command = [sys.executable, "-m", "scrapy", "crawl", "annual_reports"]
            for setting in (*FAST, f"OUTPUT_DIR={output}", registry(output, portals)):
                command += ["-s", setting]
            command += ["-a", "portals=" + ",".join(portal.key for portal in portals)]
            server.log.clear()
            seconds = taken(command, environment).processor
            asked = [f"http://{row.host}{row.path}" for row in server.log if row.method == "GET"]
            pages = len(server.log)
            assert ask(output, "SELECT count(*) FROM reports") == [(sum(len(p.truth) for p in portals),)]
            rates["govcrawl"].append(pages / seconds)
            for way in BASELINES:
                fetch = [sys.executable, "-m", "tests.bench.fetching", way]
                spent = taken(fetch, environment, given="\n".join(asked)).processor
                rates[way].append(len(asked) / spent)
    speeds = {way: statistics.median(found) for way, found in rates.items()}
    links, trafilatura, nothing = (
        [own / other for own, other in zip(rates["govcrawl"], rates[way], strict=True)]
        for way in ("links", "trafilatura", "nothing")
    )
    reports = sum(len(portal.truth) for portal in portals)
    ratios = [
        ratio("pages of a crawl a processor second", "Scrapy that takes the links alone", links, OF_LINKS),
        ratio("pages of a crawl a processor second", "Scrapy with trafilatura", trafilatura, OF_TRAFILATURA),
        ratio("pages of a crawl a processor second", "Scrapy that does nothing with them", nothing),
        ratio("requests of a first crawl", "reports", [pages / reports], OF_REPORTS, less=True),
    ]
    more = {"portals": PORTALS, "pages": pages, "pages_per_processor_second": speeds}
    keep("crawl", ratios, more, ("scrapy", "lxml", "trafilatura"))
    assert ratios[1].times > 1
