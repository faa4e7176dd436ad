"""The run that several processes make together: begun, divided, watched, added up and closed."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

from govcrawl.crawl.ending import Ending, write_ending
from govcrawl.crawl.plan import Plan
from govcrawl.crawl.telling import Figures
from govcrawl.disk import identity, require_same
from govcrawl.one_writer import OneWriter
from govcrawl.parallel.division import Portals
from govcrawl.parallel.process import Worker
from govcrawl.store import Store
from govcrawl.summaries import summary_of

_STOPPED = "shutdown"
Moved = Callable[[Figures], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a crawl was asked to do: its plan, arguments and settings as typed, where all is written."""

    plan: Plan
    output: Path
    arguments: Mapping[str, str] = field(default_factory=dict)
    settings: Sequence[str] = ()

    def command(self, portals: Portals, number: int, run_id: int) -> list[str]:
        """The arguments of Python for the process of some portals."""
        given = {name: value for name, value in self.arguments.items() if name == "years"}
        given["portals"] = ",".join(portal.key for portal in portals)
        own = [f"OUTPUT_DIR={self.output}", f"RUN_PART={number}/{run_id}"]
        return [
            "-m", "scrapy", "crawl", "annual_reports",
            *_repeated("-a", (f"{name}={value}" for name, value in given.items())),
            *_repeated("-s", [*self.settings, *own]),
        ]  # fmt: skip


def crawl(
    asked: Asked, parts: Sequence[Portals], right: OneWriter, moved: Moved
) -> tuple[dict[str, Any], Ending]:  # fmt: skip
    """Crawl each part by a process of its own into the database of ``asked.output``; its summary and ending.

    SIGINT and SIGTERM stop all of them as they stop one. A process that is killed is started again; portals
    whose process never comes to its end are told as incomplete. ``moved`` is given the figures of all, often.
    Raises OutputLost where the database was taken away meanwhile.
    """
    path = asked.output / "govcrawl.db"
    with Store.open(path) as store:
        run_id = store.start_run("crawl", asked.arguments)
    written = identity(path)
    right.share()
    workers = [Worker(number, portals) for number, portals in enumerate(parts, 1)]
    stopped = asyncio.run(_crawled(asked, workers, run_id, moved))
    require_same(path, written)
    with Store.open(path) as store:
        ending = _added(store, run_id, workers)
        if stopped:
            ending.reason = _STOPPED
        verdict, status = write_ending(store, asked.output, run_id, ending)
        return {**summary_of(store, run_id), "verdict": verdict, "exit_status": status}, ending


async def _crawled(asked: Asked, workers: Sequence[Worker], run_id: int, moved: Moved) -> bool:
    """Run all workers to their end; whether a signal stopped them."""
    loop, signals = asyncio.get_running_loop(), Counter[int]()

    def stop(number: int) -> None:
        signals[number] += 1
        for worker in workers:
            worker.stop()

    def told() -> None:
        moved(reduce(add, (worker.figures for worker in workers)))

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop, number)
    runs = (worker.run(asked.command(worker.portals, worker.number, run_id), told) for worker in workers)
    await asyncio.gather(*runs)
    return bool(signals)


def _added(store: Store, run_id: int, workers: Iterable[Worker]) -> Ending:
    """The endings of all workers as one; what became of those that died goes to their portals."""
    ending = Ending()
    for worker in workers:
        if worker.ending is not None:
            ending.add(worker.ending)
            continue
        reason = f"its process died before the end ({worker.deaths[-1] if worker.deaths else 'never begun'})"
        for portal in worker.portals:
            ending.outcomes["incomplete"] += 1
            store.note_portal_run(run_id, portal, outcome="incomplete", reason=reason, counts={})
    return ending


def _repeated(option: str, values: Iterable[str]) -> list[str]:
    return [word for value in values for word in (option, value)]
