"""The time stamps of the database: UTC, to the second, ISO 8601 with Z."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """The present moment as the database writes it."""
    return _written(datetime.now(UTC))


def utc(stamp: str) -> str:
    """A time stamp of any ISO 8601 form as the database writes it; one without a zone is UTC.

    Raises ValueError for what is no time stamp.
    """
    moment = datetime.fromisoformat(stamp)
    return _written(moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC))


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
