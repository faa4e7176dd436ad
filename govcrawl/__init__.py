"""govcrawl turns a list of government portals into a checked dataset of annual disclosure reports.

``govcrawl.open(folder)`` opens a database for reading: docs/library.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from govcrawl.extraction import reading_code

if TYPE_CHECKING:
    from govcrawl.library import Database

__version__ = "0.1.0"

EXTRACTOR = f"govcrawl {__version__} {reading_code()}"
"""Name, version and code of the extraction, stored with every report it makes."""


def open(where: str | Path = "output") -> Database:  # noqa: A001 - read as govcrawl.open
    """The database of an output folder, or a database file, for reading; UsageError where there is none."""
    from govcrawl.library import open_database

    return open_database(where)
