"""The time stamps of the database: UTC, to the second, ISO 8601 with Z."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """The present moment as the database writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
