"""The code that reads documents, told by a digest: a change of it makes what it has read out of date."""

from __future__ import annotations

import hashlib
from pathlib import Path

_READS = ("text.py", "model", "documents", "reports", "attachments")
_DIGITS = 8


def reading_code(folder: Path = Path(__file__).parent) -> str:
    """The first digits of a SHA-256 over the source of all that a reading depends on, and the schema.

    ``folder`` is that of the package.
    """
    told = hashlib.sha256()
    for name in _READS:
        place = folder / name
        files = sorted(place.rglob("*.*")) if place.is_dir() else [place]
        for file in files:
            if file.suffix in (".py", ".yaml"):
                told.update(b"%s\0%s\0" % (file.relative_to(folder).as_posix().encode(), file.read_bytes()))
    return told.hexdigest()[:_DIGITS]
