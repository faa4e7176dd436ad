"""The time stamps of the database: UTC, to the second, ISO 8601 with Z."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache


def now() -> str:
    """The present moment as the database writes it."""
    return written(datetime.now(UTC))


@lru_cache(maxsize=256)
def utc(stamp: str) -> str:
    """A time stamp of any ISO 8601 form as the database writes it; one without a zone is UTC.

    Raises ValueError for what is no time stamp.
    """
    moment = datetime.fromisoformat(stamp)
    return written(moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment)


def written(moment: datetime) -> str:
    """A moment with a time zone as the database writes it."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
