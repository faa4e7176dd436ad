"""Killed at any moment: the next run ends with the database of a crawl that nobody disturbed.

``GOVCRAWL_KILLS`` says how many moments the long run tries.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from govcrawl.archive import Archive
from govcrawl.store import Store
from govcrawl.verify import verify
from tests.faults.contents import contents, faults
from tests.portals.server import PortalServer
from tests.portals.world import Portal, PortalSpec

PROJECT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("GOVCRAWL_KILLS", "200"))
STYLES = {
    "trs": (),  # static pages counted from the newest
    "hanweb": (),  # pages by a data request
    "cms_html": ("attached=2",),  # every second report is only a file
}


@dataclass(frozen=True)
class Whole:
    """What a crawl without any disturbance leaves, and how long it takes in seconds."""

    output: Path
    seconds: float
    exported: dict[str, bytes]


@pytest.fixture(scope="module")
def served() -> Iterator[PortalServer]:
    portals = [
        Portal(
            PortalSpec(
                f"www.{style}-county.gov.cn", "石坞县", f"99{number:04d}", style, "flat", 40 + number,
                departments=3, towns=2, years=(2022, 2023), old_years=(), others=6, missing=0.0, traps=traps,
            )
        )
        for number, (style, traps) in enumerate(STYLES.items())
    ]  # fmt: skip
    with PortalServer(portals, latency=0.02) as server:
        yield server


@pytest.fixture(
    scope="module",
    params=[pytest.param(style, marks=[pytest.mark.soak] * (style != "trs")) for style in STYLES],
)
def whole(
    request: pytest.FixtureRequest, served: PortalServer, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Whole]:
    style = str(request.param)
    output = tmp_path_factory.mktemp(style)
    began = time.monotonic()
    assert crawl(served, style, output).wait(120) == 0
    seconds = time.monotonic() - began
    assert faults(output) == []
    assert len(contents(output)["reports"]) == 12
    assert export(output, output / "data").wait(60) == 0
    return style, Whole(output, seconds, files(output / "data"))


def environment(served: PortalServer | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    return kept | ({"http_proxy": served.proxy_url} if served else {})


def crawl(served: PortalServer, style: str, output: Path) -> subprocess.Popen[bytes]:
    settings = ("DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=False", f"OUTPUT_DIR={output}", "LOG_LEVEL=ERROR")
    command = [sys.executable, "-m", "scrapy", "crawl", "annual_reports"]
    command += ["-a", f"url=http://www.{style}-county.gov.cn/"]
    for setting in settings:
        command += ["-s", setting]
    return subprocess.Popen(
        command, cwd=PROJECT, env=environment(served), stderr=subprocess.DEVNULL, start_new_session=True
    )


def export(output: Path, to: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "govcrawl.cli", "export", "--format", "csv", "--to", str(to)]
    command += ["--output", str(output)]
    return subprocess.Popen(
        command, cwd=PROJECT, env=environment(None), stdout=subprocess.DEVNULL, start_new_session=True
    )


def files(folder: Path) -> dict[str, bytes]:
    """The tables of a dataset; what names the moment of the export is left out."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*.csv"))
        if path.name != "runs.csv"
    }


def kill(process: subprocess.Popen[bytes], after: float) -> bool:
    """Kill a process and all its children so many seconds after its start; whether it was still at work."""
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
        return True
    return False


def try_crawls(served: PortalServer, style: str, whole: Whole, output: Path, moments: list[float]) -> int:
    """Kill crawls into one folder at those moments, let the last one end, and compare; how many were killed."""
    killed = sum(kill(crawl(served, style, output), moment) for moment in moments)
    last = crawl(served, style, output)
    assert last.wait(120) == 0, moments
    assert faults(output) == [], moments
    assert contents(output) == contents(whole.output), moments
    with Store.open(output / "govcrawl.db") as store, Archive(output / "archive") as archive:
        assert list(verify(store, archive)) == []
    return killed


def try_export(whole: Whole, folder: Path, moment: float) -> bool:
    """Kill an export over an older one: what is there is whole, and the next export is as ever."""
    before = files(folder)
    killed = kill(export(whole.output, folder), moment)
    assert files(folder) in (before, whole.exported), moment
    assert export(whole.output, folder).wait(60) == 0
    assert files(folder) == whole.exported, moment
    left = [path.name for path in folder.parent.iterdir() if path != folder]
    assert not left, left
    return killed


def moments(draw: random.Random, seconds: float, number: int) -> list[float]:
    """Random moments of a run; the first third of a crawl is mostly Python's start, so it gets few."""
    return [draw.uniform(0.25, 1.0) * seconds for _ in range(number)]


def test_a_few_kills(whole: tuple[str, Whole], served: PortalServer, tmp_path: Path) -> None:
    style, undisturbed = whole
    draw = random.Random(style)
    killed = 0
    for part in (1.0, 0.5, 0.25):  # of the time that the undisturbed one took, perhaps beside other tests
        if not killed:
            chosen = moments(draw, undisturbed.seconds * part, 2)
            killed = try_crawls(served, style, undisturbed, tmp_path / f"c{part}", chosen)
    assert killed


@pytest.mark.soak
def test_many_kills(whole: tuple[str, Whole], served: PortalServer, tmp_path: Path) -> None:
    style, undisturbed = whole
    seed = int(os.environ.get("GOVCRAWL_FUZZ_SEED", "0")) or random.SystemRandom().randrange(2**31)
    print(f"seed {seed}")
    draw, killed, most = random.Random(seed), 0, -(-KILLS // len(STYLES))
    while killed < most * 4 // 5:
        output = tmp_path / "crawl"
        killed += try_crawls(
            served, style, undisturbed, output, moments(draw, undisturbed.seconds, draw.randint(1, 5))
        )
        shutil.rmtree(output)
    data = tmp_path / "exports" / "data"
    assert export(undisturbed.output, data).wait(60) == 0
    while killed < most:
        killed += try_export(undisturbed, data, draw.uniform(0.05, 1.5))
