"""Signals that end a command which writes, so that it can say how far it came."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from govcrawl.terminal import say


def say_beside(line: str) -> None:
    """Print a line on standard error; where nobody reads on (``| head``), end as Ctrl-C does."""
    try:
        say(line, err=True)
    except BrokenPipeError as error:
        raise KeyboardInterrupt from error


@dataclass(slots=True)
class Stop:
    """Whether a signal came; it ended the block then."""

    came: bool = False


@contextmanager
def interrupted_by_signals() -> Iterator[Stop]:
    """Let SIGINT or SIGTERM end a block as KeyboardInterrupt does, and go on behind it.

    A transaction that is open is rolled back. A second signal ends the program.
    """
    stop = Stop()
    kept = None
    if threading.current_thread() is threading.main_thread():
        kept = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield stop
    except KeyboardInterrupt:
        stop.came = True
    finally:
        if kept is not None:
            signal.signal(signal.SIGTERM, kept)
