"""A disk without room: told from every other error, because only a person can mend it."""

from __future__ import annotations

import errno
from pathlib import Path

from govcrawl.errors import OutputLost

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


def require_same(path: Path, written: tuple[int, int] | None) -> None:
    """Raise OutputLost where a file is not the one any more that is written (its ``identity``)."""
    if identity(path) != written:
        raise OutputLost(f"{path}: was taken away while it was written; what came since is lost, run again")
