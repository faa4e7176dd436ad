"""Hours of the day at which a crawl may ask, by the clock of the servers' keepers: Beijing time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from typing import Self

from govcrawl.errors import UsageError

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""All of China; without daylight saving time since 1992."""


@dataclass(frozen=True, slots=True)
class Hours:
    """A span of the day, ``first`` included, ``last`` not; it may reach over midnight."""

    first: time
    last: time

    @classmethod
    def parse(cls, text: str) -> Self:
        """``22:00-07:00``; UsageError for what is no span of hours."""
        found = re.fullmatch(r"\s*(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s*", text)
        try:
            if found is None:
                raise ValueError
            first, last = time(int(found[1]), int(found[2])), time(int(found[3]) % 24, int(found[4]))
        except ValueError:
            raise UsageError(
                f"CRAWL_HOURS={text!r} are no hours: write CRAWL_HOURS=22:00-07:00 (Beijing time)"
            ) from None
        if first == last:
            raise UsageError(f"CRAWL_HOURS={text!r} begin and end at once; leave it out to crawl at any time")
        return cls(first, last)

    def include(self, moment: datetime) -> bool:
        """Whether a moment (with its time zone) lies inside."""
        clock = moment.astimezone(BEIJING).time()
        if self.first < self.last:
            return self.first <= clock < self.last
        return clock >= self.first or clock < self.last

    def __str__(self) -> str:
        return f"{self.first:%H:%M}-{self.last:%H:%M}"
