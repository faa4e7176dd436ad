"""The pool of reading children, with a door for loops over many documents and one for the reactor."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import TypeVar

from govcrawl.errors import GovcrawlError
from govcrawl.reading.children import OWN_LIMITS, Child, cause, open_nursery
from govcrawl.reading.limits import Limits, processes_by_default
from govcrawl.reading.task import Answer, Task, over_limit, read_here

log = logging.getLogger(__name__)

T = TypeVar("T")


class Readers:
    """Reads documents in up to ``processes`` children, each started when it is needed.

    A document that hangs, crashes or takes too much memory ends its child alone, gives an answer that says
    so, and the next document gets a new child. With 0 processes everything is read in this process, without
    limits of time and memory: for debugging.
    """

    def __init__(self, limits: Limits | None = None, processes: int | None = None) -> None:
        self.limits = limits or Limits()
        self.processes = processes_by_default() if processes is None else processes
        self._closed = False
        self._idle: list[Child] = []
        self._all: set[Child] = set()
        self._threads = ThreadPoolExecutor(max(1, self.processes), "reading")
        if self.processes:
            open_nursery()

    def read(self, task: Task) -> Answer:
        """Read one document, waiting for it. May be called from as many threads as there are processes."""
        if not self.processes:
            return read_here(task)
        answer = over_limit(task) or self._asked(task)
        if answer.fault:
            log.error("%s: the reader broke down:\n%s", task.name, answer.fault)
        return answer

    async def reading(self, task: Task) -> Answer:
        """Read one document while the event loop goes on."""
        if not self.processes:
            return read_here(task)
        return await asyncio.get_running_loop().run_in_executor(self._threads, self.read, task)

    def over(
        self, items: Iterable[T], task_of: Callable[[T], Task | None]
    ) -> Iterator[tuple[T, Answer | None]]:
        """Each item with the answer to its task, None where it has none, in the items' order.

        Up to twice as many as there are processes are read ahead of the one that is given.
        """
        ahead: deque[tuple[T, Future[Answer | None]]] = deque()
        for item in items:
            ahead.append((item, self._submitted(task_of(item))))
            if len(ahead) > 2 * self.processes:
                first, answer = ahead.popleft()
                yield first, answer.result()
        while ahead:
            first, answer = ahead.popleft()
            yield first, answer.result()

    def _submitted(self, task: Task | None) -> Future[Answer | None]:
        if self.processes and task is not None:
            return self._threads.submit(self.read, task)
        done: Future[Answer | None] = Future()
        done.set_result(None if task is None else self.read(task))
        return done

    def close(self) -> None:
        """End the children, also those that are reading."""
        self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for child in list(self._all):
            self._end(child)

    def __enter__(self) -> Readers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _asked(self, task: Task) -> Answer:
        child = self._child(fresh=False)
        answer = child.ask(task)
        if answer is None and (ended := self._end(child)) not in OWN_LIMITS:
            child = self._child(fresh=True)  # the other may have died before, of something else
            answer = child.ask(task)
            ended = 0 if answer else self._end(child)
        if answer is not None:
            self._end(child) if child.worn else self._idle.append(child)
            return answer
        return Answer(reason=f"{task.name or 'document'}: {cause(ended, self.limits)}", failed=True)

    def _child(self, *, fresh: bool) -> Child:
        if self._closed:
            raise GovcrawlError("reading was stopped: run again to go on")
        with contextlib.suppress(IndexError):
            if not fresh:
                return self._idle.pop()
        child = Child(self.limits)
        self._all.add(child)
        return child

    def _end(self, child: Child) -> int:
        try:
            self._all.remove(child)
        except KeyError:  # ended by another thread: its number may be another child's by now
            return 0
        return child.end()
