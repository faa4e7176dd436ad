"""Two hundred portals in one process: one connection each, and a memory that does not grow with them."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.crawl.manners import FAST, PROJECT, ask, registry, small
from tests.crawl.network import Network, site

PORTALS = 200
MOST = 500 * 2**20


def peak(process: subprocess.Popen[str]) -> list[int]:
    """The peak resident memory of a process in bytes, kept up to date while it runs."""
    found = [0]

    def watch() -> None:
        status = Path(f"/proc/{process.pid}/status")
        while process.poll() is None:
            try:
                lines = status.read_text(encoding="ascii").splitlines()
            except (FileNotFoundError, ProcessLookupError):
                return
            found[0] = max(
                [found[0], *(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))]
            )
            time.sleep(0.2)

    threading.Thread(target=watch, daemon=True).start()
    return found


def crawled(portals: int, output: Path) -> tuple[int, int, float]:
    """(peak memory, most requests to one host at once, seconds) of one crawl of so many portals."""
    world = [
        small(f"soak{number:03d}", 1000 + number, departments=1, towns=0, others=2)
        for number in range(portals)
    ]
    began = time.monotonic()
    with Network({portal.host: site(portal) for portal in world}) as network:
        command = [sys.executable, "-m", "scrapy", "crawl", "annual_reports"]
        for setting in (*FAST, f"OUTPUT_DIR={output}", registry(output, world)):
            command += ["-s", setting]
        command += ["-a", "portals=" + ",".join(portal.key for portal in world)]
        kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        environment = kept | {"http_proxy": network.proxy_url}
        running = subprocess.Popen(command, cwd=PROJECT, env=environment, stderr=subprocess.PIPE, text=True)
        memory = peak(running)
        _, errors = running.communicate(timeout=3600)
    assert running.returncode == 0, errors
    assert ask(output, "SELECT count(*) FROM reports") == [(sum(len(portal.truth) for portal in world),)]
    return memory[0], max(asked.together for asked in network.log), time.monotonic() - began


@pytest.mark.soak
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads memory from /proc")
def test_two_hundred_portals_in_one_process(tmp_path: Path) -> None:
    few, many = tmp_path / "few", tmp_path / "many"
    few.mkdir()
    many.mkdir()
    base, _, _ = crawled(10, few)
    memory, together, seconds = crawled(PORTALS, many)
    print(
        f"\n{PORTALS} portals: peak {memory / 2**20:.0f} MB ({base / 2**20:.0f} MB with 10), "
        f"{together} connection per host, {seconds:.0f} s"
    )
    assert together == 1
    assert memory < MOST
    assert (memory - base) / (PORTALS - 10) < 2**20
