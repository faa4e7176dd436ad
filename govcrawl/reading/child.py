"""A child process: reads one document after the other; the kernel ends it when one takes too long."""

from __future__ import annotations

import os
import resource
import signal
import socket
from pathlib import Path
from typing import NoReturn

from govcrawl.reading.frames import Broken, receive, send
from govcrawl.reading.packed import packed
from govcrawl.reading.task import Answer, Task, fault_of, read_here

OUT_OF_MEMORY = 77
"""Exit status of a child whose document needs more memory than it may have."""

_STATUS = Path("/proc/self/status")
_PAGE = 4096  # more bytes than the table has


def serve(channel: socket.socket, memory: int, seconds: float) -> NoReturn:
    """Answer tasks until the other side is gone."""
    short = _confine(memory)
    status = os.open(_STATUS, os.O_RDONLY) if _STATUS.exists() else None
    try:
        while True:
            task: Task = receive(channel)
            allowed = seconds + task.extra_seconds()
            signal.setitimer(signal.ITIMER_REAL, allowed)  # unhandled: not even a loop in C outlives it
            answer = _answered(task)
            if short and mapped("VmPeak", status) > short:
                os._exit(OUT_OF_MEMORY)
            signal.setitimer(signal.ITIMER_REAL, 0)
            send(channel, packed(answer))
    except (Broken, OSError):
        os._exit(0)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _answered(task: Task) -> Answer:
    try:
        return read_here(task)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - the process's border: whatever it is goes to the parent
        return fault_of(task, error)


def _confine(memory: int) -> int:
    """Limits of this process and of all that it may start: one group, which is killed as one.

    Returns the bytes of address space beyond which memory may have been short: a library of C may take a
    refusal of memory for the end of the document.
    """
    os.setpgid(0, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    _limit(resource.RLIMIT_CORE, 0)
    if not memory:
        return 0
    before = mapped("VmSize")
    _limit(resource.RLIMIT_AS, before + memory)
    return before + memory * 3 // 4


def _limit(kind: int, wanted: int) -> None:
    _, most = resource.getrlimit(kind)
    wanted = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    resource.setrlimit(kind, (wanted, most))


def mapped(which: str, status: int | None = None) -> int:
    """Bytes of this process's memory by their name in Linux; 0 where the system does not tell.

    ``status`` is the open table of it, where it is asked for often.
    """
    try:
        told = _STATUS.read_bytes() if status is None else os.pread(status, _PAGE, 0)
    except OSError:
        return 0
    _, found, rest = told.partition(b"\n" + which.encode() + b":")
    return int(rest.split(None, 1)[0]) * 1024 if found else 0
