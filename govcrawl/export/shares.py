"""A large dataset of files by year, written by this process and another one: each year by one of them.

The files are those that one process writes, for no file holds two years.
"""

# ruff: noqa: S301 - both ends of the pipes are ours

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from array import array
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from govcrawl.errors import GovcrawlError
from govcrawl.export.share import READ, Done, Share
from govcrawl.reading.limits import processes_by_default
from govcrawl.store import Selection, Store
from govcrawl.store.sqlite import DatabaseError, connect

_LEAST = 10_000
"""Reports for which it is worth while to start processes."""
_MOST = 2
"""Processes: each takes some 400 MB."""
_LOCK_MS = 2000
_MANY = "SELECT count(*) FROM (SELECT 1 FROM reports r WHERE {} LIMIT ?)"
_YEARS = "SELECT count(*) FROM reports r WHERE {} GROUP BY r.year ORDER BY r.year IS NULL, r.year"


class Sharers:
    """Processes that write shares of a dataset beside this one, as of the same moment of the database."""

    def __init__(self, number: int) -> None:
        self._children = [_Child() for _ in range(number)]
        self._threads = ThreadPoolExecutor(max(1, number), "share")
        self._waiting = deque[tuple[int, Share]]()
        self._running: list[Future[dict[int, Done]]] = []

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._children)

    def begin(self, store: Store) -> None:
        """Let them and the store's transaction begin at one moment: nobody writes meanwhile.

        Where that cannot be had they are let go, and the store's own process writes everything.
        """
        if not self._children:
            return
        for child in self._children:
            child.tell(store.path.absolute())
        for child in self._children:
            child.heard()
        if not self._begun(store):
            self.close()

    def _begun(self, store: Store) -> bool:
        other = connect(store.path, create=False)
        try:
            other.conn.execute(f"PRAGMA busy_timeout={_LOCK_MS}")
            other.conn.execute("BEGIN IMMEDIATE")
        except DatabaseError:
            return False
        else:
            store.db.conn.execute(READ).fetchone()
            for child in self._children:
                child.tell(None)
            for child in self._children:
                child.heard()
            other.conn.rollback()
            return True
        finally:
            other.close()

    def start(self, shares: Sequence[Share]) -> None:
        """Have shares written, the largest first."""
        largest = sorted(range(len(shares)), key=lambda place: -len(shares[place].keys))
        self._waiting = deque((place, shares[place]) for place in largest)
        self._running = [self._threads.submit(self._work, child.written) for child in self._children]

    def finish(self, own: Callable[[Share], Done]) -> list[Done]:
        """Write what still waits here too; what was written of each share, in their order."""
        done = self._work(own)
        for running in self._running:
            done |= running.result()
        return [done[place] for place in sorted(done)]

    def _work(self, write: Callable[[Share], Done]) -> dict[int, Done]:
        done = {}
        with suppress(IndexError):  # none waits any more
            while True:
                place, share = self._waiting.popleft()
                done[place] = write(share)
        return done

    def close(self) -> None:
        """End them, whatever they do."""
        self._waiting.clear()
        for child in self._children:
            child.end()
        self._threads.shutdown(cancel_futures=True)
        self._children = []


@contextmanager
def sharers(store: Store, format_: str, selection: Selection) -> Iterator[Sharers]:
    """Processes for a dataset of this format; none where they would not be worth while or cannot be had."""
    number = min(_MOST, processes_by_default()) - 1
    found = Sharers(number if number > 0 and format_ == "parquet" and _large(store, selection) else 0)
    try:
        yield found
    finally:
        found.close()


def shares_of(
    store: Store, selection: Selection, keys: array[int], folder: Path, *, masked: bool
) -> list[Share]:
    """The reports by year; ``keys`` are in the order of the years."""
    where, values = selection.where()
    found, start = [], 0
    for (number,) in store.db.conn.execute(_YEARS.format(where), values):
        found.append(Share(keys[start : start + number], folder, masked))
        start += number
    return found


def _large(store: Store, selection: Selection) -> bool:
    """Whether many reports of several years are to be written of a database that others can open."""
    if store.readonly or not store.path.is_file() or len(selection.years) == 1:
        return False
    where, values = selection.where()
    found = store.db.conn.execute(_MANY.format(where), [*values, _LEAST]).fetchone()
    return bool(found[0] >= _LEAST)


class _Child:
    """A process that writes shares."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from govcrawl.export.share import main; main()"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
            start_new_session=True,  # Ctrl-C is for the parent, which ends it
        )  # fmt: skip

    def tell(self, what: Any) -> None:
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # of which nothing will be heard
            pickle.dump(what, self._process.stdin)
            self._process.stdin.flush()

    def written(self, share: Share) -> Done:
        """Have a share written."""
        self.tell(share)
        done: Done = self.heard()
        return done

    def heard(self) -> Any:
        """The next answer; an error that it met is raised here."""
        assert self._process.stdout is not None
        try:
            found = pickle.load(self._process.stdout)
        except (EOFError, pickle.UnpicklingError) as error:
            status = self._process.wait()
            how = f"killed by signal {-status}" if status < 0 else f"exit status {status}"
            raise GovcrawlError(f"a process that wrote a part of the dataset has died ({how})") from error
        if isinstance(found, BaseException):
            raise found
        return found

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with suppress(BrokenPipeError):
                pipe.close()
