"""This process's side of the nursery: children got, asked and ended."""

from __future__ import annotations

import atexit
import os
import signal
import socket
import sys
import threading
import time

from govcrawl.errors import GovcrawlError
from govcrawl.reading import nursery
from govcrawl.reading.child import OUT_OF_MEMORY
from govcrawl.reading.frames import Broken, receive, send
from govcrawl.reading.limits import Limits
from govcrawl.reading.packed import Packed, unpacked
from govcrawl.reading.task import Answer, Task

_NEW = "import socket; from govcrawl.reading.nursery import run; run(socket.socket(fileno={number}))"
_GRACE = 5.0  # seconds that a child may take beyond its own limit, which it should not be able to

OWN_LIMITS = frozenset({-signal.SIGALRM, OUT_OF_MEMORY})
"""How a child ends whose document is over the limits."""


class Child:
    """A child process that reads documents one at a time; used by one thread at a time."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.read = limits, 0
        self.pid, self._channel = open_nursery().forked(limits)

    @property
    def worn(self) -> bool:
        """Whether it has read as many documents as one child may."""
        return self.read >= self.limits.documents

    def ask(self, task: Task) -> Answer | None:
        """The child's answer; None when the document ended the child."""
        self.read += 1
        allowed = self.limits.seconds + task.extra_seconds() + _GRACE
        until = time.monotonic() + allowed
        try:
            self._channel.settimeout(allowed)
            send(self._channel, task)
            answer = receive(self._channel, until)
            answer = unpacked(answer) if isinstance(answer, Packed) else answer
        except (Broken, OSError, ValueError, TypeError):  # the latter: what does not hold together
            return None
        return answer if isinstance(answer, Answer) else None

    def end(self) -> int:
        """End the child; how it ended: a negative signal, or its exit status."""
        status = open_nursery().ended(self.pid)
        self._channel.close()
        return status


def cause(ended: int, limits: Limits) -> str:
    """Why a document ended its child, with the next step."""
    if ended == -signal.SIGALRM:
        return f"took longer than {limits.seconds:g} s to read; look at it, or raise READING_TIMEOUT"
    if ended == -signal.SIGKILL:
        return "its reader was killed, perhaps because the machine ran out of memory; run again"
    if ended == OUT_OF_MEMORY:
        most = limits.memory // 2**20
        return f"needs more than {most:,} MB of memory; look at it, or raise READING_MEMORY_MB"
    name = signal.Signals(-ended).name if ended < 0 else f"status {ended}"
    return f"its reader crashed ({name}); look at it, and please report it"


class _Nursery:
    """The nursery process with its socket; started again when it is gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._control = _started()
        self._owner = os.getpid()

    def forked(self, limits: Limits) -> tuple[int, socket.socket]:
        """(process id, socket) of a new child."""
        request = nursery.REQUEST.pack(nursery.FORK, limits.memory, limits.seconds)
        with self._lock:
            for _ in range(2):
                try:
                    self._control.sendall(request)
                    reply, ends, _, _ = socket.recv_fds(self._control, nursery.REPLY.size, 1)
                except OSError:
                    reply, ends = b"", []
                if len(reply) == nursery.REPLY.size and ends:
                    break
                self._control.close()
                self._control = _started()
            else:
                raise GovcrawlError("the process that forks readers does not start; see READING_PROCESSES")
        (pid,), channel = nursery.REPLY.unpack(reply), socket.socket(fileno=ends[0])
        if pid < 0:
            channel.close()
            raise GovcrawlError(f"no reader can be forked ({os.strerror(-pid)}); lower READING_PROCESSES")
        return pid, channel

    def ended(self, pid: int) -> int:
        """How a child ended, which is killed if it has not; 0 when nobody knows."""
        with self._lock:
            try:
                self._control.sendall(nursery.REQUEST.pack(nursery.END, pid, 0))
                reply = self._control.recv(nursery.REPLY.size, socket.MSG_WAITALL)
            except OSError:
                reply = b""
        return int(nursery.REPLY.unpack(reply)[0]) if len(reply) == nursery.REPLY.size else 0

    def close(self) -> None:
        """Let the nursery and all its children end."""
        if self._owner == os.getpid():
            self._control.close()


def _started() -> socket.socket:
    """A new nursery: forked where nothing else runs in this process, which is at once; else a new Python."""
    ours, theirs = socket.socketpair()
    with theirs:
        if threading.active_count() == 1:
            if os.fork() == 0:
                try:
                    ours.close()
                    nursery.run(theirs)
                finally:  # never back into the frames of the parent
                    os._exit(1)
        else:
            theirs.set_inheritable(True)
            command = [sys.executable, "-c", _NEW.format(number=theirs.fileno())]
            path = os.pathsep.join(filter(None, sys.path))
            os.posix_spawn(sys.executable, command, {**os.environ, "PYTHONPATH": path})
    return ours


_OPEN: list[_Nursery] = []
_OPENING = threading.Lock()


def open_nursery() -> _Nursery:
    """The one nursery of this process, for all pools."""
    with _OPENING:
        if not _OPEN:
            _OPEN.append(_Nursery())
            atexit.register(_OPEN[0].close)
        return _OPEN[0]
