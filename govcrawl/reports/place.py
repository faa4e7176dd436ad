"""What is known about the division whose portal published a report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """The portal's division; ``level`` is province, prefecture or county, empty strings where unknown.

    Helps to judge a report (a regulation below prefecture rank), never changes what was read.
    """

    name: str
    prefecture: str = ""
    province: str = ""
    level: str = ""
