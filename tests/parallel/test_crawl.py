"""One crawl by several processes: the same database as of one, whatever happens to a process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from govcrawl.one_writer import writer_of
from tests.crawl.manners import FAST, PROJECT, ask, crawl, registry, small
from tests.crawl.network import Answer, Asked, Network, Site, site
from tests.portals.world import Portal

CONTENT = (
    "SELECT url, portal, agency, year, title, published, text, sha256 FROM reports ORDER BY url",
    "SELECT url, fact, raw, value, status FROM facts JOIN reports ON id = report_id ORDER BY url, fact",
    "SELECT url, portal, title, year, state, last_error FROM entries ORDER BY url",
    "SELECT portal, outcome FROM portal_runs ORDER BY portal",
)


def places() -> list[Portal]:
    """Three portals in two provinces."""
    return [small(f"part{number}", 71 + number, province=code) for number, code in enumerate((98, 97, 98))]


def chosen(portals: list[Portal]) -> str:
    return f"portals={','.join(portal.key for portal in portals)}"


@contextmanager
def started(
    output: Path, network: Network, file: str, portals: list[Portal]
) -> Iterator[subprocess.Popen[str]]:
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    command = [sys.executable, "-m", "govcrawl.cli", "crawl", "--processes", "2", "-a", chosen(portals)]
    for setting in (*FAST, "READING_PROCESSES=0", f"OUTPUT_DIR={output}", file):
        command += ["-s", setting]
    with subprocess.Popen(
        command, cwd=PROJECT, env=kept | {"http_proxy": network.proxy_url}, stderr=subprocess.PIPE, text=True
    ) as running:
        try:
            yield running
        finally:
            running.kill()


def children(process: int) -> list[int]:
    """The processes that a process has started and that live."""
    return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def held(portals: list[Portal], after: int, over: threading.Event) -> dict[str, Site]:
    """Sites that answer for ``after`` reports of each portal, and for more only when it is over."""

    def of(portal: Portal) -> Site:
        reports = {url.split(portal.host)[1] for report in portal.truth for url in report.urls}
        given = set[str]()

        def waiting(asked: Asked) -> Answer | None:
            if asked.path in reports and asked.path not in given:
                if len(given) >= after:
                    over.wait(60)
                given.add(asked.path)
            return None

        return site(portal, waiting)

    return {portal.host: of(portal) for portal in portals}


def until(true: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait until a question is answered with yes."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)


def test_what_one_process_makes_though_one_of_two_is_killed(tmp_path: Path) -> None:
    portals, over = places(), threading.Event()
    file = registry(tmp_path, portals)
    two, one = tmp_path / "two", tmp_path / "one"
    one.mkdir()
    with Network(held(portals, 2, over)) as network, started(two, network, file, portals) as running:
        until(lambda: {portal.host for portal in portals} <= {asked.host for asked in network.log})
        until(lambda: ask(two, "SELECT count(*) FROM reports")[0][0] == 2 * len(portals))
        killed = children(running.pid)[0]
        os.kill(killed, signal.SIGKILL)
        over.set()
        _, errors = running.communicate(timeout=120)
        assert running.returncode == 0, errors
        assert "3 portals complete\n" in errors
        alone = crawl(one, "-a", chosen(portals), settings=[file], network=network)
        assert alone.status == 0, alone.errors
    for question in CONTENT:
        rows = ask(two, question)
        assert rows
        assert rows == ask(one, question)
    assert ask(two, "SELECT id, exit_status, verdict FROM runs") == [(1, 0, "complete")]
    told = json.loads((two / "logs" / "000001-summary.json").read_text(encoding="utf-8"))
    assert told["outcomes"] == {"complete": 3}
    assert len(told["portals"]) == 3
    assert ask(two, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.soak
def test_a_signal_stops_all_and_no_death_leaves_writers(tmp_path: Path) -> None:
    portals, over = places(), threading.Event()
    file = registry(tmp_path, portals)
    with Network(held(portals, 1, over)) as network:
        with started(tmp_path, network, file, portals) as running:
            until(lambda: {portal.host for portal in portals} <= {asked.host for asked in network.log})
            until(lambda: ask(tmp_path, "SELECT count(*) FROM reports")[0][0] == len(portals))
            assert len(children(running.pid)) == 2
            running.send_signal(signal.SIGTERM)
            _, errors = running.communicate(timeout=60)
            assert running.returncode == 3, errors
        assert ask(tmp_path, "SELECT verdict FROM runs") == [("incomplete: stopped early (shutdown)",)]
        assert writer_of(tmp_path) is None
        with started(tmp_path, network, file, portals) as running:
            until(lambda: len(children(running.pid)) == 2)
            until(lambda: len(network.log) > 12)
            running.kill()
            running.wait()
            until(lambda: writer_of(tmp_path) is None, 30)
        over.set()
