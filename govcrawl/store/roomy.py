"""A connection with room for many thousands of reports, and Python that looks for garbage less often."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database

from govcrawl.store.sqlite import pragma

_OBJECTS = 100_000  # made before Python looks for garbage among them
READING = {"cache_size": -65_536}
MERGING = {"cache_size": -131_072, "wal_autocheckpoint": 16_384}
WRITING = {"cache_size": -131_072, "wal_autocheckpoint": 16_384, "foreign_keys": 0}
"""Where SQLite does not look up for each row whether its report is there, which was written before it."""


@contextmanager
def roomy(db: Database, settings: dict[str, int]) -> Iterator[None]:
    """Give a connection other settings for a while: 64 MB of memory to read many reports, 128 to write them.

    Of the rows of reports there is none that Python must find as garbage: nothing in them points back.
    """
    before = [(name, pragma(db, name)) for name in settings]
    thresholds = gc.get_threshold()
    try:
        gc.set_threshold(_OBJECTS, *thresholds[1:])
        for name, value in settings.items():
            db.conn.execute(f"PRAGMA {name}={value}")
        yield
    finally:
        gc.set_threshold(*thresholds)
        for name, value in before:
            db.conn.execute(f"PRAGMA {name}={value}")
