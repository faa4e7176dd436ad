"""The run that a cluster's workers make together: given out, watched, brought back, merged and closed."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

from govcrawl.archive import Archive
from govcrawl.cluster.client import RETRIES
from govcrawl.cluster.place import Place
from govcrawl.cluster.task import REGISTRY, Done, Job, crawl_shard, stop, topic
from govcrawl.crawl.ending import Ending, write_ending
from govcrawl.crawl.telling import Figures
from govcrawl.errors import GovcrawlError
from govcrawl.parallel.division import Portals
from govcrawl.parallel.run import Asked
from govcrawl.shards import extract, families
from govcrawl.shards.merge import Merging
from govcrawl.store import Store
from govcrawl.store.indexing import catch_up
from govcrawl.store.sqlite import row
from govcrawl.summaries import summary_of

DATABASE = "govcrawl.db"

_STOPPED = "shutdown"
_LOOK = 1.0  # seconds between two looks at what the workers have told
_LEFT_OUT = ("REGISTRY_FILE=", "OUTPUT_DIR=")  # settings that name places of this machine
_TOO_OFTEN = "its worker was lost too often"

Moved = Callable[[Figures], None]


@dataclass(slots=True)
class Watch:
    """What is known of a run's parts while they are at work, and whether a signal has come."""

    parts: dict[int, tuple[int, Figures]] = field(default_factory=dict)
    signals: int = 0

    def hear(self, event: tuple[Any, Any]) -> None:
        """Take in what a worker tells; the figures of a later start come after those of the one before."""
        told = dict(event[1])
        number, pid = told.pop("number"), told.pop("pid")
        self.parts[number] = (pid, Figures(**told))

    def figures(self) -> Figures:
        """How far all parts are together."""
        return reduce(add, (figures for _, figures in list(self.parts.values())), Figures())


def crawl(
    client: Any, asked: Asked, groups: Sequence[Portals], place: Place, moved: Moved, registry: str | None
) -> tuple[dict[str, Any], Ending]:  # fmt: skip
    """Crawl each group by one worker into a shard and merge all into ``asked.output``; summary and ending.

    What the database remembers of its portals goes along with a shard. Each is merged as it comes back.
    SIGINT and SIGTERM stop all workers as they stop a crawl. Portals whose workers are lost too often are
    told as incomplete. ``registry`` is the text of the user's own registry. The caller has the right to
    write into the output folder.
    """
    with Store.open(asked.output / DATABASE) as store:
        take_in_leftovers(store, asked.output, place)
        run_id = store.start_run("crawl", asked.arguments)
        found = row(store.db, "SELECT uid FROM runs WHERE id = ?", (run_id,))
        assert found is not None
        jobs = [_job(asked, number, portals, place, found["uid"]) for number, portals in enumerate(groups, 1)]
        watch, ending = Watch(), Ending()
        client.subscribe_topic(topic(found["uid"]), watch.hear)
        with _signals(watch):
            waiting = dict(_given_out(client, store, asked, jobs, registry, watch))
            merging = Merging(store, asked.output)
            for job, done in _ended(client, waiting, watch, moved):
                _bring_back(store, run_id, merging, job, done, ending)
        client.unsubscribe_topic(topic(found["uid"]))
        catch_up(store.db)
        place.below(found["uid"]).leave()
        if watch.signals:
            ending.reason = _STOPPED
        verdict, status = write_ending(store, asked.output, run_id, ending)
        return {**summary_of(store, run_id), "verdict": verdict, "exit_status": status}, ending


def _job(asked: Asked, number: int, portals: Portals, place: Place, run: str) -> Job:
    """One part of a run: its words for ``scrapy crawl``, without what only this machine knows."""
    arguments = [f"years={asked.arguments['years']}"] if "years" in asked.arguments else []
    if "url" in asked.arguments:
        arguments.append(f"url={asked.arguments['url']}")
    else:
        arguments.append(f"portals={','.join(portal.key for portal in portals)}")
    settings = [told for told in asked.settings if not told.startswith(_LEFT_OUT)]
    return Job(run, number, portals, place.below(run).below(f"{number:05d}"), arguments, settings)


def _given_out(
    client: Any, store: Store, asked: Asked, jobs: Sequence[Job], registry: str | None, watch: Watch
) -> Iterator[tuple[Any, Job]]:
    """Each part handed to the cluster, with the shard that it begins with."""
    related = families(store.db)
    with Archive(asked.output / "archive") as archive:
        for job in jobs:
            if watch.signals:
                return
            with job.place.given_out() as folder:
                extract(store, archive, [portal.key for portal in job.portals], folder, related)
                if registry is not None:
                    (folder / REGISTRY).write_text(registry, encoding="utf-8")
            key = f"govcrawl-{job.run}-{job.number}"
            yield client.submit(crawl_shard, job, key=key, retries=RETRIES, pure=False), job


def _ended(
    client: Any, waiting: Mapping[Any, Job], watch: Watch, moved: Moved
) -> Iterator[tuple[Job, Done | str]]:
    """Each part as it ends: what it was told, or why it never came to an end."""
    from distributed import wait

    left, told = set(waiting), False
    while left:
        try:
            done = wait(left, timeout=_LOOK, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            done = set()
        if watch.signals and not told:
            client.run(stop, next(iter(waiting.values())).run, on_error="ignore")
            told = True
        moved(watch.figures())
        for future in done:
            left.remove(future)
            yield waiting[future], future.result() if future.status == "finished" else _reason(future)


def _reason(future: Any) -> str:
    error = future.exception() if future.status == "error" else None
    if error is None or type(error).__name__ == "KilledWorker":
        return _TOO_OFTEN
    return str(error) if isinstance(error, GovcrawlError) else f"{type(error).__name__}: {error}"


def _bring_back(
    store: Store, run_id: int, merging: Merging, job: Job, done: Done | str, ending: Ending
) -> None:
    """Merge what a part has made, and say of its portals what it could not say itself."""
    why = done if isinstance(done, str) else "; ".join(done.deaths) or "never begun"
    if not isinstance(done, str) and not done.begun:
        why = "stopped early (shutdown): run again to go on"
    name = done.name if isinstance(done, Done) else ""
    try:
        if isinstance(done, Done) or not job.place.is_address:
            with job.place.brought_back(name) as folder:
                merging.take(folder)
                _keep_logs(folder / "logs", merging.output / "logs")
            job.place.clear()
    except GovcrawlError as error:
        why, done = str(error), str(error)
    if isinstance(done, Done) and done.ending is not None:
        ending.add(Ending.of(done.ending))
        return
    for portal in job.portals:
        ending.outcomes["incomplete"] += 1
        store.note_portal_run(
            run_id, portal, outcome="incomplete", reason=f"its part of the run did not end: {why}", counts={}
        )


def _keep_logs(folder: Path, to: Path) -> None:
    """Put a shard's logs beside those of the output folder; the names of a run's parts differ."""
    for path in sorted(folder.glob("*")):
        if not (to / path.name).exists():
            shutil.copyfile(path, to / path.name)


def take_in_leftovers(store: Store, output: Path, place: Place) -> None:
    """Merge the shards of runs that were killed before they had brought them back."""
    if place.is_address:
        return
    for left in sorted(Path(place.where).glob("*/")):
        if row(store.db, "SELECT 1 FROM runs WHERE uid = ?", (left.name,)) is None:
            continue
        for folder in sorted(left.glob("*/")):
            if (folder / DATABASE).exists():
                Merging(store, output).take(folder)
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _signals(watch: Watch) -> Iterator[None]:
    """Count SIGINT and SIGTERM; a second one ends the command at once."""

    def heard(number: int, frame: object) -> None:
        watch.signals += 1
        if watch.signals > 1:
            raise KeyboardInterrupt

    kept = {number: signal.signal(number, heard) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
