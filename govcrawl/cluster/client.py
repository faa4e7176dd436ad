"""The way to a Dask cluster: a scheduler's address, or workers of this machine."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from govcrawl import EXTRACTOR
from govcrawl.cluster.about import About, about
from govcrawl.errors import UsageError

_LOCAL = re.compile(r"local(?::(\d+))?")
_REMOTE = re.compile(r"(tcp|tls|ws|wss|ucx)://\S+:\d+")
_SECONDS = 20  # for the scheduler to answer, and for the first worker to come

RETRIES = 2
"""How often a task is done again that failed; a killed worker's goes to others as often as Dask allows."""


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """A client of the cluster at ``address``: ``tcp://scheduler:8786``, or ``local:3``, three workers here.

    TLS and the like are Dask's own configuration. Raises UsageError, in one line, where the extra is absent,
    the address is none, nobody answers, no worker is there, or a worker has another govcrawl.
    """
    local = _LOCAL.fullmatch(address)
    if local is None and not _REMOTE.fullmatch(address):
        raise UsageError(f"--cluster {address!r}: write tcp://HOST:PORT of a Dask scheduler, or local:3")
    if local is not None and local[1] and not int(local[1]):
        raise UsageError(f"--cluster {address}: name one worker or more")
    if find_spec("distributed") is None:
        raise UsageError("--cluster needs an extra: pip install 'govcrawl[cluster]'")
    from distributed import Client, LocalCluster

    with _few_words():
        if local is not None:
            number = int(local[1] or os.cpu_count() or 1)
            with (
                LocalCluster(n_workers=number, threads_per_worker=1, dashboard_address=None) as cluster,
                Client(cluster) as client,
            ):
                yield client
            return
        try:
            client = Client(address, timeout=_SECONDS)
        except (OSError, TimeoutError) as error:
            raise UsageError(
                f"--cluster {address}: no scheduler answers ({error}); start `dask scheduler` there, or look "
                "at its security in docs/cluster.md"
            ) from error
        with client:
            with suppress(TimeoutError):
                client.wait_for_workers(1, timeout=_SECONDS)
            yield client


def require_alike(client: Any, folder: Path | None) -> int:
    """See that all workers have this govcrawl and see a folder; how many tasks they do at once.

    Raises UsageError that names the worker.
    """
    mark = secrets.token_hex(8)
    made = None if folder is None else folder / f".seen-{mark}"
    try:
        if made is not None:
            made.touch()
        told: dict[str, About] = client.run(about, str(made) if made else None)
    finally:
        if made is not None:
            made.unlink(missing_ok=True)
    if not told:
        raise UsageError("--cluster: the scheduler has no workers; start `dask worker` on each machine")
    for worker, one in sorted(told.items()):
        if one.extractor != EXTRACTOR:
            raise UsageError(
                f"--cluster: worker {worker} has {one.extractor}, this is {EXTRACTOR}; install one on all"
            )
        if not one.sees:
            raise UsageError(
                f"--cluster: worker {worker} does not see {folder}, which all machines must have under one "
                "path; crawl with --shards FOLDER, or an address such as s3://bucket/shards"
            )
    return sum(client.nthreads().values())


@contextmanager
def _few_words() -> Iterator[None]:
    """Let Dask say in its own logs what a lost worker is to it; a crawl's summary says what it means."""
    import logging

    noisy = [logging.getLogger(name) for name in ("distributed", "distributed.nanny", "distributed.client")]
    before = [logger.level for logger in noisy]
    for logger in noisy:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(noisy, before, strict=True):
            logger.setLevel(level)
