"""What a worker does of a crawl: some portals into a shard, by the same ``scrapy crawl`` as anywhere."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from govcrawl.cluster.place import Place
from govcrawl.one_writer import OneWriter
from govcrawl.parallel.division import Portals
from govcrawl.parallel.process import Worker
from govcrawl.store import Store
from govcrawl.store.sqlite import row

REGISTRY = "registry.csv"
"""Name of the user's own registry beside the shard's database."""

_WAIT = 300.0  # seconds until the crawler of a worker that was killed has ended


@dataclass(frozen=True, slots=True)
class Job:
    """A part of a run: portals that are crawled by one worker, and where their shard lies.

    ``run`` is the uid of the run, ``number`` that of the part, from 1 on; ``arguments`` and ``settings`` are
    words for ``scrapy crawl``.
    """

    run: str
    number: int
    portals: Portals
    place: Place
    arguments: Sequence[str]
    settings: Sequence[str]

    def command(self, folder: Path, run_id: int) -> list[str]:
        """The arguments of Python."""
        own = [f"OUTPUT_DIR={folder}", f"RUN_PART={self.number}/{run_id}"]
        if (folder / REGISTRY).exists():
            own.append(f"REGISTRY_FILE={folder / REGISTRY}")
        words = [word for argument in self.arguments for word in ("-a", argument)]
        words += [word for setting in (*self.settings, *own) for word in ("-s", setting)]
        return ["-m", "scrapy", "crawl", "annual_reports", *words]


@dataclass(frozen=True, slots=True)
class Done:
    """How a part ended: its ending as told, None where it never came to one; of which deaths it died."""

    ending: dict[str, Any] | None = None
    deaths: tuple[str, ...] = ()
    name: str = ""
    begun: bool = True


_AT_WORK: dict[str, dict[Worker, asyncio.AbstractEventLoop]] = {}
_STOPPED: set[str] = set()


def crawl_shard(job: Job) -> Done:
    """Crawl a part's portals into its shard, on a worker.

    A shard that a killed worker left behind is gone on with, when the last of its processes has ended.
    OutputInUse when that does not come.
    """
    if job.run in _STOPPED:
        return Done(begun=False)
    with job.place.at_work() as (folder, name):
        right = OneWriter.of(folder, command=f"govcrawl crawl --cluster, part {job.number}", wait=_WAIT)
        try:
            with Store.open(folder / "govcrawl.db") as store:
                found = row(store.db, "SELECT id FROM runs WHERE uid = ?", (job.run,))
            assert found is not None
            right.share()
            worker = Worker(job.number, job.portals)
            asyncio.run(_crawled(job, worker, job.command(folder, found["id"])))
        finally:
            right.close()
    told = None if worker.ending is None else worker.ending.told()
    return Done(told, tuple(worker.deaths), name)


def stop(run: str) -> None:
    """Let this worker's parts of a run end as a signal lets a crawl end, and begin no more of them."""
    _STOPPED.add(run)
    for worker, loop in list(_AT_WORK.get(run, {}).items()):
        loop.call_soon_threadsafe(worker.stop)


async def _crawled(job: Job, worker: Worker, command: list[str]) -> None:
    at_work = _AT_WORK.setdefault(job.run, {})
    at_work[worker] = asyncio.get_running_loop()
    try:
        if job.run in _STOPPED:
            worker.stop()
        await worker.run(command, _teller(job, worker))
    finally:
        del at_work[worker]


def _teller(job: Job, worker: Worker) -> Callable[[], None]:
    """What tells the cluster's other end how far a part is."""
    from distributed import get_worker

    here = get_worker()

    def told() -> None:
        here.log_event(topic(job.run), {"number": job.number, "pid": os.getpid(), **asdict(worker.figures)})

    return told


def topic(run: str) -> str:
    """Under which name the parts of a run tell how far they are."""
    return f"govcrawl-{run}"
