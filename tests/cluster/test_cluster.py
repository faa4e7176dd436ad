"""A Dask scheduler and three workers as processes; two of the workers are killed, and nothing is lost."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from govcrawl.archive import Archive
from govcrawl.store import Store
from govcrawl.verify import verify
from tests.crawl.manners import FAST, PROJECT, ask, crawl, registry, small
from tests.crawl.network import Network, site
from tests.faults.contents import contents, faults
from tests.parallel.test_crawl import chosen, held
from tests.portals.world import Portal

pytest.importorskip("distributed", reason="needs the extra cluster")

pytestmark = pytest.mark.soak
_TIMES = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def places() -> list[Portal]:
    """Five portals in four provinces; two share a prefecture, and so a worker."""
    return [
        small(f"part{number}", 71 + number, province=code) for number, code in enumerate((98, 97, 96, 95, 98))
    ]


def until(true: Callable[[], object], seconds: float = 300.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.1)


def children(process: int) -> list[int]:
    """The processes that a process has started, in whichever of its threads, and that live."""
    told = (path.read_text() for path in Path(f"/proc/{process}/task").glob("*/children"))
    return sorted(int(word) for words in told for word in words.split())


def environment(network: Network | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    return kept | ({"http_proxy": network.proxy_url} if network else {})


@contextmanager
def running(*words: str, network: Network | None = None) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-m", *words], cwd=PROJECT, env=environment(network), text=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE if words[0].startswith("govcrawl") else subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def cluster(network: Network) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """The address of a scheduler, and its three workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    words = ("distributed.cli.dask_worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard")
    with (
        running(
            "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"
        ),
        running(*words, network=network) as one,
        running(*words, network=network) as two,
        running(*words, network=network) as three,
    ):
        yield address, [one, two, three]


def command(name: str, output: Path, address: str, *more: str) -> list[str]:
    return ["govcrawl.cli", name, "--cluster", address, "--output", str(output), *more]


def asked(portals: list[Portal], file: str) -> list[str]:
    words = ["-a", chosen(portals), "--together", "province"]
    for setting in (*FAST, "READING_PROCESSES=0", file):
        words += ["-s", setting]
    return words


def ended(process: subprocess.Popen[str]) -> str:
    _, errors = process.communicate(timeout=600)
    assert process.returncode == 0, errors
    return errors


def exported(output: Path, to: Path) -> dict[str, bytes]:
    """The tables of an export, but for the times of fetching."""
    words = ["govcrawl.cli", "export", "--format", "csv", "--to", str(to), "--output", str(output)]
    with running(*words) as process:
        ended(process)
    return {
        path.name: _TIMES.sub(b"", path.read_bytes())
        for path in sorted(to.glob("*.csv"))
        if path.name != "runs.csv"
    }


def whole(output: Path) -> bool:
    with Store.open(output / "govcrawl.db") as store, Archive(output / "archive") as archive:
        return list(verify(store, archive)) == []


def test_killed_workers_leave_what_one_machine_makes(tmp_path: Path) -> None:
    portals, over = places(), threading.Event()
    file = registry(tmp_path, portals)
    many, one = tmp_path / "many", tmp_path / "one"
    with Network(held(portals, 2, over)) as network, cluster(network) as (address, workers):
        with running(*command("crawl", many, address, *asked(portals, file))) as crawling:
            until(lambda: sum(bool(children(worker.pid)) for worker in workers) == 3)
            until(lambda: len({asked.host for asked in network.log}) >= 3)
            shards = tmp_path / "many" / "shards"
            until(lambda: any(stored(path) >= 2 for path in shards.glob("*/*/govcrawl.db")))
            workers[0].kill()  # in mid-portal: its crawler ends by itself
            [crawler] = children(workers[1].pid)[:1]
            over.set()
            until(lambda: any(stored(path) >= 3 for path in shards.glob("*/*/govcrawl.db")))
            if Path(f"/proc/{crawler}").exists():  # in mid-archive: what it writes is torn where it stands
                os.kill(crawler, signal.SIGKILL)
            errors = ended(crawling)
        assert "5 portals complete\n" in errors
        alone = crawl(one, "-a", chosen(portals), settings=[file], network=network)
        assert alone.status == 0, alone.errors
        assert contents(many) == contents(one)
        assert faults(many) == []
        assert whole(many)
        assert not shards.exists()
        assert ask(many, "SELECT verdict, exit_status FROM runs") == [("complete", 0)]
        assert exported(many, tmp_path / "x") == exported(one, tmp_path / "y")
        again(network, address, many, one, portals, file)
        reread(address, workers, many, one)


def test_a_signal_stops_all_workers_and_the_next_run_goes_on(tmp_path: Path) -> None:
    portals, over = places()[:3], threading.Event()
    file, many = registry(tmp_path, portals), tmp_path / "many"
    with Network(held(portals, 1, over)) as network:
        words = [*command("crawl", many, "local:2"), *asked(portals, file)]
        with running(*words, network=network) as crawling:
            until(lambda: sum(stored(path) for path in many.glob("shards/*/*/govcrawl.db")) >= 2)
            crawling.send_signal(signal.SIGTERM)
            _, errors = crawling.communicate(timeout=120)
        assert crawling.returncode == 3, errors
        assert "stopped early (shutdown)" in errors
        assert len(ask(many, "SELECT url FROM reports")) >= 2
        assert ask(many, "SELECT count(*) FROM portal_runs WHERE outcome = 'incomplete'") == [(3,)]
        over.set()
        with running(*words, network=network) as crawling:
            assert "3 portals complete\n" in ended(crawling)
        alone = crawl(tmp_path / "one", "-a", chosen(portals), settings=[file], network=network)
        assert alone.status == 0, alone.errors
    assert contents(many) == contents(tmp_path / "one")
    assert whole(many)
    assert not (many / "shards").exists()


def stored(path: Path) -> int:
    """Reports in a shard; 0 while it is being made."""
    tables = ask(path.parent, "SELECT count(*) FROM sqlite_master WHERE name = 'search_pending'")
    return int(str(ask(path.parent, "SELECT count(*) FROM reports")[0][0])) if tables == [(1,)] else 0


def again(network: Network, address: str, many: Path, one: Path, portals: list[Portal], file: str) -> None:
    """What the workers remember of the first crawl: a second one asks as little as on one machine."""
    before = len(network.log)
    with running(*command("crawl", many, address, *asked(portals, file))) as crawling:
        assert "Nothing new" in ended(crawling)
    there = len(network.log) - before
    assert crawl(one, "-a", chosen(portals), settings=[file], network=network).status == 0
    assert there == len(network.log) - before - there
    assert contents(many) == contents(one)


def reread(address: str, workers: list[subprocess.Popen[str]], many: Path, one: Path) -> None:
    """Reading the archive again, while a worker is killed with a part of it in its hands."""
    for output in (many, one):
        with Store.open(output / "govcrawl.db") as store:
            store.db.conn.execute("UPDATE reports SET reading = 'other', title = 'other'")
            store.db.conn.commit()
    with running(*command("reextract", many, address)) as reading:
        until(lambda: any(children(worker.pid) for worker in workers[1:]))
        busy = next(worker for worker in workers[1:] if children(worker.pid))
        busy.kill()
        ended(reading)
    with running("govcrawl.cli", "reextract", "--output", str(one), "--processes", "1") as reading:
        ended(reading)
    assert contents(many) == contents(one)
    assert ask(many, "SELECT count(*) FROM reports WHERE title = 'other'") == [(0,)]
    assert whole(many)


def test_a_local_cluster_with_shards_at_an_address(tmp_path: Path) -> None:
    portals = places()[:2]
    file = registry(tmp_path, portals)
    with Network({portal.host: site(portal) for portal in portals}) as network:
        words = command("crawl", tmp_path / "many", "local:2", "--shards", f"file://{tmp_path}/far")
        with running(*words, *asked(portals, file), network=network) as crawling:
            assert "2 portals complete\n" in ended(crawling)
        alone = crawl(tmp_path / "one", "-a", chosen(portals), settings=[file], network=network)
        assert alone.status == 0, alone.errors
    assert contents(tmp_path / "many") == contents(tmp_path / "one")
    assert whole(tmp_path / "many")
