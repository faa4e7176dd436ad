"""Archived documents read again by a cluster's workers, which take them out of the archive themselves."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govcrawl.again import records_of, task_from
from govcrawl.archive import Archive, DamagedArchive
from govcrawl.cluster.client import RETRIES
from govcrawl.errors import GovcrawlError
from govcrawl.model import ArchiveRecord, Source
from govcrawl.reading import Answer, Readers
from govcrawl.reextract import FETCH, NOT_ARCHIVED
from govcrawl.store import Store
from govcrawl.store.archived import source_of

AT_ONCE = 40
"""Documents of one archive file that a worker is given together: a second or two of work."""

_AHEAD = 2  # parts for each that is at work: nobody waits for the one who writes

Ask = tuple[Source, tuple[ArchiveRecord, ...]]
Given = tuple[Answer | None, str]

_OWN = threading.local()


def answers(
    client: Any, store: Store, folder: Path, urls: Sequence[str], threads: int
) -> Iterator[tuple[Source, Answer | None, str]]:
    """Each document's source with what was read of it, in the order of the addresses.

    Where there is no answer its bytes were not to be had, and the reason comes with it. GovcrawlError when
    workers are lost again and again.
    """
    waiting: deque[tuple[_Part, Any]] = deque()
    for part in _parts(store, urls):
        waiting.append((part, client.submit(read_part, str(folder), part.asks, retries=RETRIES, pure=False)))
        if len(waiting) > _AHEAD * threads:
            yield from _answered(*waiting.popleft())
    while waiting:
        yield from _answered(*waiting.popleft())


def read_part(folder: str, asks: Sequence[Ask]) -> list[Given]:
    """Read some documents on a worker, in a child process that may be killed."""
    archive = Archive(Path(folder))
    return [_read(archive, *ask) for ask in asks]


@dataclass(frozen=True, slots=True)
class _Part:
    """Sources in their order; those whose bytes were archived are asked for."""

    sources: tuple[tuple[Source, bool], ...]
    asks: tuple[Ask, ...]


def _parts(store: Store, urls: Iterable[str]) -> Iterator[_Part]:
    """Documents in their order, those that follow each other in one archive file together."""
    sources, asks, file = list[tuple[Source, bool]](), list[Ask](), ""
    for url in urls:
        source = source_of(store.db, url)
        if source is None:
            continue
        records = records_of(store, source)
        lies = records[0].file if records else file
        if sources and (len(sources) == AT_ONCE or lies != file):
            yield _Part(tuple(sources), tuple(asks))
            sources, asks = [], []
        file = lies
        sources.append((source, records is not None))
        if records is not None:
            asks.append((source, records))
    if sources:
        yield _Part(tuple(sources), tuple(asks))


def _answered(part: _Part, future: Any) -> Iterator[tuple[Source, Answer | None, str]]:
    error = future.exception()
    if error is not None:
        raise GovcrawlError(f"the cluster could not read a part of the archive ({error}); run again to go on")
    given: Iterator[Given] = iter(future.result())
    for source, asked in part.sources:
        yield (source, *(next(given) if asked else (None, f"{NOT_ARCHIVED}; {FETCH}")))


def _read(archive: Archive, source: Source, records: Sequence[ArchiveRecord]) -> Given:
    try:
        task = task_from(archive, source, records)
    except DamagedArchive as error:
        return None, f"{error}; {FETCH}"
    if not hasattr(_OWN, "readers"):
        _OWN.readers = Readers(processes=1)
    answer: Answer = _OWN.readers.read(task)
    return answer, ""
