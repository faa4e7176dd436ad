"""The process that children are forked from: it has the readers loaded, no threads and nothing of the crawl.

Forking the crawl itself at the time a child is needed would copy its threads' locks, its open database and
its sockets; starting Python anew costs 0.7 s for every child.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import logging
import os
import resource
import signal
import socket
import struct
from typing import NoReturn

from govcrawl.reading.child import OUT_OF_MEMORY, mapped, serve
from govcrawl.reports.schema import load_schema

REQUEST = struct.Struct("<cQd")  # FORK, bytes of memory, seconds; or END, a child, 0
REPLY = struct.Struct("<q")  # the child, with its socket; or how it ended: -signal or exit status
FORK, END = b"F", b"E"
# How a library of C ends where it is refused memory.
_BROKEN_OFF = frozenset(
    -number for number in (signal.SIGABRT, signal.SIGTRAP, signal.SIGILL, signal.SIGSEGV, signal.SIGBUS)
)
_YOUNG = 20_000  # objects that come before the collector looks for circles


def run(control: socket.socket) -> NoReturn:
    """Fork and end children as the other side of ``control`` wants, until it is gone; then end them all."""
    _settle(control.fileno())
    children: dict[int, int] = {}  # with the bytes of memory that each may have
    while len(request := control.recv(REQUEST.size, socket.MSG_WAITALL)) == REQUEST.size:
        what, number, seconds = REQUEST.unpack(request)
        if what == END:
            control.sendall(REPLY.pack(_ended(number, children)))
            continue
        ours, theirs = socket.socketpair()
        with ours, theirs:
            try:
                child = os.fork()
            except OSError as error:
                child = -(error.errno or 1)
            if child == 0:
                try:
                    ours.close()
                    control.close()
                    serve(theirs, number, seconds)
                finally:
                    os._exit(1)
            if child > 0:
                children[child] = number
            socket.send_fds(control, [REPLY.pack(child)], [ours.fileno()])
    for child in list(children):
        _ended(child, children)
    os._exit(0)


def _ended(child: int, children: dict[int, int]) -> int:
    """How a child ended; one that is still there is killed, with all that it has started."""
    if child not in children:  # of a nursery before this one
        return 0
    memory = children.pop(child)
    gone, status, used = os.wait4(child, os.WNOHANG)
    for kill in (os.killpg, os.kill):  # a child just forked may have no group yet
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(child, signal.SIGKILL) if not gone or kill is os.killpg else None
    if not gone:
        _, status, used = os.wait4(child, 0)
    ended = os.waitstatus_to_exitcode(status)
    return OUT_OF_MEMORY if ended in _BROKEN_OFF and _was_short(used, memory) else ended


def _was_short(used: resource.struct_rusage, memory: int) -> bool:
    """Whether a child had taken so much memory that it may have asked for more than it was allowed.

    A list that grows asks for twice what it has while it still has that.
    """
    return 0 < memory // 3 < used.ru_maxrss * 1024 - mapped("VmRSS")


def _settle(control: int) -> None:
    """Let go of everything that belongs to the process this one was forked from."""
    gc.freeze()  # nothing of the parent's is ever freed here: it would close files under numbers used anew
    gc.set_threshold(_YOUNG)  # a report is some thousand objects, hardly any of them in a circle
    load_schema()  # once, for all children
    faulthandler.disable()
    signal.set_wakeup_fd(-1)
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # meant for the crawl, which ends us
        signal.signal(name, signal.SIG_IGN)
    logging.getLogger().handlers.clear()
    logging.disable()
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.closerange(3, control)
    os.closerange(control + 1, os.sysconf("SC_OPEN_MAX"))
