"""A watch over what the reactor computes of a stranger's page: no page may hold up the crawl of all hosts.

Interpreter and regular expressions listen to the clock's signal. A single call into a parser does not, which
is why the size, the tags and the depth of a page are bounded before it is parsed (discovery/bounds.py).
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Self, TypeVar

from govcrawl.discovery.bounds import is_data

if TYPE_CHECKING:
    from types import FrameType

SECONDS = 2.0
"""Of computing that one page may cost; a large portal's home page takes a tenth of one."""

SECONDS_A_MEGABYTE = 1.0
"""More for each MiB of an answer of data, which may be a list of 50,000 rows."""

_LEAST = 0.01
_AGAIN = 0.25  # should the first ring be swallowed, say in a destructor
Made = TypeVar("Made")


class TookTooLong(Exception):
    """Work that was given up because it took longer than it may. Raised by ``Watch.over``."""


class _Rung(BaseException):
    """The clock has rung: no ``except Exception`` on the way may take it for its own."""


class Watch:
    """What one page may still cost; the works that it makes share ``SECONDS``."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = self.left = seconds

    @classmethod
    def of(cls, content: bytes) -> Self:
        """The watch over a page or an answer."""
        more = SECONDS_A_MEGABYTE * len(content) / 2**20 if is_data(content) else 0.0
        return cls(SECONDS + round(more, 1))

    def over(self, work: Callable[..., Made], *given: Any) -> Made:
        """What some work gives that waits for nothing. TookTooLong when it and those before take too long."""
        began = time.process_time()
        try:
            return _within(max(_LEAST, self.left), partial(work, *given))
        except _Rung:
            raise TookTooLong(f"took longer than {self.seconds:g} s to look through") from None
        finally:
            self.left -= time.process_time() - began


def _within(seconds: float, work: Callable[[], Made]) -> Made:
    """What some work gives; _Rung when it computes for longer.

    The time is the processor's, so that a busy machine changes no result. Outside the main thread, and where
    there is no such clock, there is no limit.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "ITIMER_PROF"):
        return work()
    signal.signal(signal.SIGPROF, _ring)  # and never back: unhandled, a late ring would end the process
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
        return work()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _ring(number: int, frame: FrameType | None) -> None:
    raise _Rung
