"""What was worked out for a page: kept until the database changes, then made anew beside the readers."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")

_PATIENCE = 0.4  # seconds that a reader waits for the new value where there is an old one
_REST = 10.0  # while a crawl writes, a thing is made anew after this many times the seconds that it took


@dataclass(frozen=True, slots=True)
class _Made:
    state: Hashable
    value: Any
    at: float
    took: float

    def rests(self) -> bool:
        """Whether it is too early to make it anew."""
        return time.monotonic() - self.at < _REST * self.took


@dataclass(slots=True)
class Kept:
    """Values by name, made in a thread of their own, each by one at a time.

    After a change of the database the old value is given only where the new one takes longer than a moment;
    it is there at one of the next times. What is shown with it says of when it is.
    """

    most: int = 64
    _made: dict[Hashable, _Made] = field(default_factory=dict)
    _coming: dict[Hashable, Future[_Made]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(2, "keeping"))

    def get(self, name: Hashable, state: Hashable, make: Callable[[], T]) -> T:
        """The value of a name; ``make`` opens its own connection, for it may outlive the request."""
        value: T = self._newest(name, state, make).value
        return value

    def _newest(self, name: Hashable, state: Hashable, make: Callable[[], Any]) -> _Made:
        with self._lock:
            known = self._made.get(name)
            if known is not None and (known.state == state or known.rests()):
                return known
            coming = self._coming.get(name)
            if coming is None:
                coming = self._coming[name] = self._threads.submit(self._make, name, state, make)
        if known is None:
            return coming.result()
        try:
            return coming.result(_PATIENCE)
        except TimeoutError:
            return known

    def _make(self, name: Hashable, state: Hashable, make: Callable[[], Any]) -> _Made:
        begun = time.monotonic()
        try:
            value = make()
            ended = time.monotonic()
            made = _Made(state, value, ended, ended - begun)
            with self._lock:
                while len(self._made) >= self.most:
                    del self._made[min(self._made, key=lambda known: self._made[known].at)]
                self._made[name] = made
            return made
        finally:
            with self._lock:
                del self._coming[name]
