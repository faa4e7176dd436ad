"""The request log of the imitation world: what was asked, by whom, and how many at once."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Logged:
    """One answered request; ``together`` counts the requests to this host under way, itself included."""

    host: str
    path: str
    method: str
    status: int
    agent: str
    time: float
    together: int


class RequestLog:
    """Append-only and safe to read while requests come in."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows: list[Logged] = []
        self._open: Counter[str] = Counter()

    @contextmanager
    def entry(self, host: str, path: str, method: str, agent: str) -> Iterator[Callable[[int], None]]:
        """Log the request around its answer; call what is yielded with the status *before* the answer is sent.

        Whoever has the answer then finds its row in the log. A request never answered has the status 0.
        """
        with self._lock:
            self._open[host] += 1
            together = self._open[host]
            started = time.monotonic()
        answered: list[int] = []

        def answer(status: int) -> None:
            with self._lock:
                if not answered:
                    answered.append(status)
                    self._rows.append(Logged(host, path, method, status, agent, started, together))
                    # With its row: a client quick to ask again must not seem to ask twice at once.
                    self._open[host] -= 1

        try:
            yield answer
        finally:
            answer(0)

    def __iter__(self) -> Iterator[Logged]:
        with self._lock:
            return iter(list(self._rows))

    def __len__(self) -> int:
        return len(self._rows)

    def clear(self) -> None:
        """Forget everything logged so far."""
        with self._lock:
            self._rows.clear()

    def requests(self, host: str) -> int:
        """Requests to a host so far, robots.txt included."""
        return sum(row.host == host for row in self)

    def most_together(self, host: str) -> int:
        """The most requests to a host that were ever under way at once."""
        return max((row.together for row in self if row.host == host), default=0)

    def lines(self) -> str:
        """The log as JSON lines."""
        return "".join(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in self)

    @classmethod
    def parse(cls, lines: str) -> RequestLog:
        """The log that :meth:`lines` wrote."""
        log = cls()
        rows: list[dict[str, Any]] = [json.loads(line) for line in lines.splitlines() if line]
        log._rows = [Logged(**row) for row in rows]
        return log
