"""What is known about the division whose portal published a report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """The portal's division; ``level`` is province, prefecture or county, empty strings where unknown.

    ``code`` is its GB/T 2260 code. Helps to judge a report (a regulation below prefecture rank,
    the town's own code), never changes what was read.
    """

    name: str
    prefecture: str = ""
    province: str = ""
    level: str = ""
    code: str | None = None
