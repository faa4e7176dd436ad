"""The part that one of several processes has in a run which they make together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from govcrawl.errors import UsageError

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings


@dataclass(frozen=True, slots=True)
class Part:
    """The part that a process has in a run: its number, from 1 on, and the run's id."""

    number: int
    run_id: int

    @classmethod
    def of(cls, settings: BaseSettings) -> Self | None:
        """The part that the setting RUN_PART names, None for a process that makes a run alone."""
        told = settings.get("RUN_PART")
        if not told:
            return None
        number, _, run_id = str(told).partition("/")
        if not (number.isdigit() and run_id.isdigit() and int(number)):
            raise UsageError(f"RUN_PART={told!r}: that setting is for `govcrawl crawl` alone; leave it out")
        return cls(int(number), int(run_id))
