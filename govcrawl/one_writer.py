"""One writer: the lock that lets a single process at a time write into an output folder."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import socket
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from govcrawl.disk import is_full
from govcrawl.errors import DiskFull, OutputInUse, UsageError
from govcrawl.store.clock import now
from govcrawl.terminal import harmless_line

NAME = "govcrawl.lock"

_TAKEN = frozenset({errno.EACCES, errno.EAGAIN})
_FLOCK = "hhqqi"  # struct flock of Linux: type, whence, start, length, process
_LOOK = 0.5  # seconds between two tries of who waits


class OneWriter:
    """This process's right to write into an output folder; ``close`` gives it up, and so does any death.

    A POSIX record lock, because that belongs to the process alone: a worker or a browser that outlives its
    crawl does not keep it, as it would keep one of ``flock``. The file that a dead one leaves is no lock.
    """

    def __init__(self, path: Path, file: int, told: dict[str, str], number: int = 0) -> None:
        self.told, self._number = told, number
        self._path, self._file, self._key, self._times = path, file, _key(file), 1

    @classmethod
    def of(cls, output: Path, *, command: str, wait: float = 0.0) -> OneWriter:
        """The right to write into a folder, waited for up to ``wait`` seconds.

        A process that has it may ask again, and closes it as often. OutputInUse names the process that has
        it; UsageError where the folder cannot be written, or is on a file system without locks.
        """
        path = output / NAME
        if (held := _HELD.get(_key(path))) is not None:
            held._times += 1  # opening the file a second time would lose the lock at its closing
            return held
        until = time.monotonic() + wait
        file = _open(path)
        try:
            while not (taken := _taken(file, path)) or _key(path) != _key(file):
                if not taken:
                    _wait(path, until, wait)
                else:  # its holder has put the file away when it ended
                    os.close(file)
                    file = _open(path)
            told = _write(file, path, command)
        except BaseException:
            os.close(file)
            raise
        return cls(path, file, told)._held()

    @classmethod
    def part(cls, output: Path, number: int) -> OneWriter:
        """The right of a process, one of several that its parent lets write beside each other.

        Nobody else gets the whole right while one of them lives, even when the parent is dead. OutputInUse
        where the parent does not hold it and share it, or another process is part ``number``.
        """
        path = output / NAME
        file = _open(path)
        if _holder(file, 1) != os.getppid() or not _taken(file, path, number, 1):
            told = in_words(_said(path))
            os.close(file)
            raise OutputInUse(f"{output} is being written by {told}, which has no place for part {number}")
        return cls(path, file, _said(path), number)._held()

    def share(self) -> None:
        """Let children of this process take parts; numbers from 1 on."""
        fcntl.lockf(self._file, fcntl.LOCK_UN, 0, 1)

    def close(self) -> None:
        """Give the right up, when it has been closed as often as asked for."""
        self._times -= 1
        if not self._times:
            del _HELD[self._key]
            if not self._number:
                self._path.unlink(missing_ok=True)
            os.close(self._file)

    def _held(self) -> OneWriter:
        _HELD[self._key] = self
        return self


@contextmanager
def one_writer(output: Path, *, command: str, wait: float = 0.0) -> Iterator[None]:
    """Hold the right to write into an output folder, which is there; the errors of ``OneWriter.of``."""
    held = OneWriter.of(output, command=command, wait=wait)
    try:
        yield
    finally:
        held.close()


_HELD: dict[tuple[int, int, int], OneWriter] = {}


def writer_of(output: Path) -> dict[str, str] | None:
    """What the process that writes into a folder says of itself; None when none does.

    pid, host, since and command, or nothing where it has not said so yet. Takes no lock, and so is in
    nobody's way.
    """
    path = output / NAME
    if (held := _HELD.get(_key(path))) is not None:
        return held.told  # opening the file would lose the lock at its closing
    try:
        file = os.open(path, os.O_RDWR)
    except OSError:
        return None
    try:
        if not _holder(file):
            return None
    except OSError:
        return None
    finally:
        os.close(file)
    return _said(path)


def _said(path: Path) -> dict[str, str]:
    """What the holder of a lock has written into its file; empty if that cannot be read."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _key(file: Path | int) -> tuple[int, int, int]:
    """What the file is to this process, whatever it is called; no file is one of its own."""
    try:
        found = os.stat(file)  # noqa: PTH116 - a descriptor too
    except FileNotFoundError:
        return os.getpid(), -1, -1
    return os.getpid(), found.st_dev, found.st_ino


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}); choose another folder") from error


def _holder(file: int, length: int = 0) -> int:
    """The process that has a lock on the file, or on its first ``length`` bytes; 0 when none has."""
    asked = fcntl.fcntl(file, fcntl.F_GETLK, struct.pack(_FLOCK, fcntl.F_WRLCK, 0, 0, length, 0))
    kind, *_, process = struct.unpack(_FLOCK, asked)
    return 0 if kind == fcntl.F_UNLCK else int(process)


def _taken(file: int, path: Path, start: int = 0, length: int = 0) -> bool:
    """Whether the file is locked now: all of it, or ``length`` bytes, each of which is a part's."""
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, length, start)
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        told = f"the file system gives no locks ({error.strerror}); choose a folder on a local disk"
        raise UsageError(f"{path}: {told}") from error
    return True


def _wait(path: Path, until: float, wait: float) -> None:
    """Sleep a little before the next try, or raise OutputInUse when the time is over."""
    holder, left = in_words(_said(path)), until - time.monotonic()
    if left <= 0:
        waited = f" (waited {wait:g} s)" if wait else ""
        raise OutputInUse(
            f"{path.parent} is being written by {holder}{waited}; nothing was done: run again when it has "
            "ended, or wait for it: -s WAIT_FOR_LOCK=600 of a crawl, --wait 600 of the other commands"
        )
    if wait - left < _LOOK / 2:
        told = f"{path.parent} is being written by {holder}; waiting up to {wait:g} s\n"
        sys.stderr.write(harmless_line(told))
    time.sleep(min(_LOOK, left))


def _write(file: int, path: Path, command: str) -> dict[str, str]:
    """Say in the file who has the lock."""
    told = {"pid": str(os.getpid()), "host": socket.gethostname(), "since": now(), "command": command}
    os.ftruncate(file, 0)
    try:
        os.pwrite(file, json.dumps(told, ensure_ascii=False).encode(), 0)
    except OSError as error:
        if not is_full(error):
            raise
        raise DiskFull(f"{path}: the disk is full; make room and run again") from error
    return told


def in_words(holder: dict[str, str]) -> str:
    """A process that writes, as a person is told of it."""
    if not {"pid", "host", "since", "command"} <= holder.keys():
        return "another process"
    return f"process {holder['pid']} on {holder['host']} since {holder['since']} ({holder['command']})"
