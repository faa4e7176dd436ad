"""A crawl that is stopped by a signal ends within seconds, whatever it waits for, and says so."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from scrapy import Request
from scrapy.http import Response
from twisted.internet.defer import Deferred

from govcrawl.crawl.rests import HostRests
from govcrawl.crawl.stop import Stop, Stopped
from govcrawl.crawl.stopping import empty_queues
from spiders.annual_reports import AnnualReportsSpider
from tests.crawl.manners import FAST, PROJECT, ask, crawl, registry, small
from tests.crawl.network import Answer, Asked, Network, site


def started(output: Path, network: Network, key: str, *settings: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    command = [sys.executable, "-m", "scrapy", "crawl", "annual_reports", "-a", f"portals={key}"]
    for setting in (*FAST, f"OUTPUT_DIR={output}", *settings):
        command += ["-s", setting]
    return subprocess.Popen(
        command, cwd=PROJECT, env=kept | {"http_proxy": network.proxy_url}, stderr=subprocess.PIPE, text=True
    )


def logs(output: Path, ending: str) -> list[Path]:
    return sorted((output / "logs").glob(f"*{ending}"))


@pytest.mark.parametrize(
    ("sent", "longest"),
    [([signal.SIGTERM], 12.0), pytest.param([signal.SIGINT, signal.SIGINT], 4.0, marks=pytest.mark.soak)],
)
def test_a_slow_server_holds_nothing_up(sent: list[signal.Signals], longest: float, tmp_path: Path) -> None:
    portal, over = small("slow", 91), threading.Event()
    reports = {urlsplit(url).path for report in portal.truth for url in report.urls}

    def dripping(asked: Asked) -> Answer | None:
        if asked.path in reports:
            over.wait(60)
        return None

    file = registry(tmp_path, [portal])
    with Network({portal.host: site(portal, dripping)}) as network:
        running = started(tmp_path, network, portal.key, file)
        while not reports & {asked.path for asked in network.log}:
            time.sleep(0.05)
        began = time.monotonic()
        for number, name in enumerate(sent):
            time.sleep(0.5 * number)
            running.send_signal(name)
        _, errors = running.communicate(timeout=60)
        took = time.monotonic() - began
        over.set()
        assert running.returncode == 3, errors
        assert took < longest, errors
        assert "Traceback" not in errors
        ended = ask(tmp_path, "SELECT exit_status, verdict FROM runs WHERE finished IS NOT NULL")
        assert ended == [(3, "incomplete: stopped early (shutdown)")]
        assert set(ask(tmp_path, "SELECT state, attempts FROM entries")) == {("pending", 0)}
        figures = tmp_path / "govcrawl.prom"
        told = [file, f"PROMETHEUS_FILE={figures}"]
        again = crawl(tmp_path, "-a", f"portals={portal.key}", settings=told, network=network)
        assert again.status == 0, again.errors
    assert f"}} {len(portal.truth)}\n" in figures.read_text(encoding="utf-8")
    summaries = [json.loads(file.read_text(encoding="utf-8")) for file in logs(tmp_path, "summary.json")]
    assert [(summary["run"], summary["exit_status"]) for summary in summaries] == [(1, 3), (2, 0)]
    for log in logs(tmp_path, ".log"):
        assert "Traceback" not in log.read_text(encoding="utf-8")


def test_what_waits_for_its_turn_is_not_asked_for() -> None:
    outcomes: list[object] = []
    waiting: Deferred[Response] = Deferred()
    waiting.addErrback(outcomes.append)
    slot = SimpleNamespace(queue=deque([(Request("http://www.x.gov.cn/"), waiting)]))
    empty_queues(SimpleNamespace(downloader=SimpleNamespace(slots={"a": slot})))  # type: ignore[arg-type]
    assert not slot.queue
    (failure,) = outcomes
    assert failure.check(HostRests)  # type: ignore[attr-defined]
    assert failure.value.ours  # type: ignore[attr-defined]


def test_a_download_that_would_begin_after_the_stop_is_not_begun() -> None:
    async def download() -> str:
        raise AssertionError("begun")

    async def tried() -> None:
        stop = Stop()
        stop.begin()
        with pytest.raises(Stopped):
            await stop.unless_stopped(download())

    asyncio.run(tried())


def test_a_reading_is_given_up_and_its_entry_stays_pending() -> None:
    async def tried() -> None:
        stop = Stop()
        stop.begin()
        assert await stop.unless_hurried(asyncio.sleep(0, "read")) == "read"
        reading = asyncio.ensure_future(stop.unless_hurried(asyncio.sleep(60)))
        await asyncio.sleep(0)
        stop.hurry()
        with pytest.raises(Stopped):
            await reading
        with pytest.raises(Stopped):
            await stop.unless_hurried(asyncio.sleep(0))

    asyncio.run(tried())


def test_the_spider_passes_over_what_was_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async def given_up(*_: object) -> AsyncIterator[None]:
        raise Stopped
        yield

    crawl_ = SimpleNamespace(in_flight=1)
    spider = AnnualReportsSpider()
    spider.session = SimpleNamespace(crawls={"x": crawl_})  # type: ignore[assignment]
    monkeypatch.setattr(spider, "learn", given_up)
    monkeypatch.setattr(spider, "go_on", lambda crawl: iter(()))

    async def parsed() -> list[object]:
        response = Response("http://www.x.gov.cn/")
        return [item async for item in spider.parse(response, None, "x")]  # type: ignore[arg-type]

    assert asyncio.run(parsed()) == []
    assert crawl_.in_flight == 0
