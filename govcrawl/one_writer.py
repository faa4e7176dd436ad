"""One writer: the lock that lets a single process at a time write into an output folder."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from govcrawl.errors import OutputInUse, UsageError
from govcrawl.store.clock import now

NAME = "govcrawl.lock"

_TAKEN = frozenset({errno.EACCES, errno.EAGAIN})
_LOOK = 0.5  # seconds between two tries of who waits


class OneWriter:
    """This process's right to write into an output folder; ``close`` gives it up, and so does any death.

    A POSIX record lock, because that belongs to the process alone: a worker or a browser that outlives its
    crawl does not keep it, as it would keep one of ``flock``. The file that a dead one leaves is no lock.
    """

    _held: dict[tuple[int, int], Self] = {}  # noqa: RUF012 - of the process, as the locks are

    def __init__(self, path: Path, file: int, key: tuple[int, int]) -> None:
        self._path, self._file, self._key, self._times = path, file, key, 1

    @classmethod
    def of(cls, output: Path, *, command: str, wait: float = 0.0) -> Self:
        """The right to write into a folder, waited for up to ``wait`` seconds.

        A process that has it may ask again, and closes it as often. OutputInUse names the process that has
        it; UsageError where the folder cannot be written, or is on a file system without locks.
        """
        path = output / NAME
        if (held := cls._held.get(_key(path))) is not None:
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
            _write(file, command)
        except BaseException:
            os.close(file)
            raise
        cls._held[_key(path)] = made = cls(path, file, _key(path))
        return made

    def close(self) -> None:
        """Give the right up, when it has been closed as often as asked for."""
        self._times -= 1
        if not self._times:
            del self._held[self._key]
            self._path.unlink(missing_ok=True)
            os.close(self._file)


@contextmanager
def one_writer(output: Path, *, command: str, wait: float = 0.0) -> Iterator[None]:
    """Hold the right to write into an output folder, which is there; the errors of ``OneWriter.of``."""
    held = OneWriter.of(output, command=command, wait=wait)
    try:
        yield
    finally:
        held.close()


def holder_of(output: Path) -> dict[str, str]:
    """What the process that writes into a folder said of itself: pid, host, since, command; empty if unknown.

    Only to be asked while another process has the lock: the file of a dead one says nothing.
    """
    try:
        told = json.loads((output / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _key(file: Path | int) -> tuple[int, int]:
    """What the file is, whatever it is called; no file is one of its own."""
    try:
        found = os.stat(file)  # noqa: PTH116 - a descriptor too
    except FileNotFoundError:
        return -1, -1
    return found.st_dev, found.st_ino


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}); choose another folder") from error


def _taken(file: int, path: Path) -> bool:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        told = f"the file system gives no locks ({error.strerror}); choose a folder on a local disk"
        raise UsageError(f"{path}: {told}") from error
    return True


def _wait(path: Path, until: float, wait: float) -> None:
    """Sleep a little before the next try, or raise OutputInUse when the time is over."""
    holder, left = _in_words(holder_of(path.parent)), until - time.monotonic()
    if left <= 0:
        waited = f" (waited {wait:g} s)" if wait else ""
        raise OutputInUse(
            f"{path.parent} is being written by {holder}{waited}; nothing was done: run again when it has "
            "ended, or wait for it: -s WAIT_FOR_LOCK=600 of a crawl, --wait 600 of the other commands"
        )
    if wait - left < _LOOK / 2:
        sys.stderr.write(f"{path.parent} is being written by {holder}; waiting up to {wait:g} s\n")
    time.sleep(min(_LOOK, left))


def _write(file: int, command: str) -> None:
    told = {"pid": str(os.getpid()), "host": socket.gethostname(), "since": now(), "command": command}
    os.ftruncate(file, 0)
    os.pwrite(file, json.dumps(told, ensure_ascii=False).encode(), 0)


def _in_words(holder: dict[str, str]) -> str:
    if not {"pid", "host", "since", "command"} <= holder.keys():
        return "another process"
    return f"process {holder['pid']} on {holder['host']} since {holder['since']} ({holder['command']})"
