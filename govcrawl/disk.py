"""A disk without room: told from every other error, because only a person can mend it."""

from __future__ import annotations

import errno
from pathlib import Path

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_WORDS = "disk is full"


def is_full(error: BaseException) -> bool:
    """Whether an error of the operating system or of SQLite says that nothing more can be written."""
    return (isinstance(error, OSError) and error.errno in _FULL) or _WORDS in str(error)


def identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another that was put in its place; None where there is none."""
    try:
        known = path.stat()
    except OSError:
        return None
    return known.st_dev, known.st_ino
