"""What was worked out for a page and is still true: kept until the database changes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")

_COSTLY = 10.0
"""While a crawl writes, a thing is worked out again after this many times the seconds that it took."""


@dataclass(slots=True)
class _Made:
    state: Hashable
    value: object
    at: float
    took: float


@dataclass(slots=True)
class Kept:
    """Values by name, each made by one thread at a time and made anew when ``state`` has changed.

    While a crawl writes, the state changes all the time: what was costly to make then stands for ten times
    as long as it took, so that the page neither stops nor takes the machine from the crawl.
    """

    _made: dict[Hashable, _Made] = field(default_factory=dict)
    _locks: dict[Hashable, threading.Lock] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    most: int = 64

    def get(self, name: Hashable, state: Hashable, make: Callable[[], T]) -> T:
        """The value of a name, made where there is none or the state has changed."""
        with self._lock:
            lock = self._locks.setdefault(name, threading.Lock())
        with lock:
            known = self._made.get(name)
            begun = time.monotonic()
            if known is None or (known.state != state and begun - known.at > _COSTLY * known.took):
                value = make()
                now = time.monotonic()
                self._forget()
                known = self._made[name] = _Made(state, value, now, now - begun)
            found: T = known.value  # type: ignore[assignment]
            return found

    def _forget(self) -> None:
        with self._lock:
            while len(self._made) >= self.most:
                oldest = min(self._made, key=lambda name: self._made[name].at)
                del self._made[oldest]
