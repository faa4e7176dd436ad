"""The pace of each slot: pauses that a server wants, gaps that robots.txt wants, rests between tries."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_LOOK = 0.5  # seconds between two looks whether the crawl still runs
LONGEST_BACKOFF = 60.0


class Pace:
    """Turns of the slots; times are seconds of the monotonic clock.

    A request waits here while it holds its slot's only connection, so whatever else is queued for the same
    server waits behind it and other servers go on. Scrapy's own slots let two requests pass at once when
    both were queued and there is no delay; ``together`` is how many really may.
    """

    def __init__(self, backoff: float, together: int = 1) -> None:
        self.backoff, self.together = backoff, together
        self._free: dict[str, asyncio.Semaphore] = {}
        self._not_before: dict[str, float] = {}
        self._last: dict[str, float] = {}

    def pause(self, slot: str, seconds: float) -> None:
        """Ask nothing of a slot for some time."""
        self._not_before[slot] = max(self._not_before.get(slot, 0.0), time.monotonic() + seconds)

    async def turn(self, slot: str, gap: float, tries: int, running: Callable[[], bool]) -> bool:
        """Wait for a slot's turn: ``gap`` seconds after its last answer, longer before another try.

        False when the crawl ended meanwhile; ``done`` ends the turn in either case.
        """
        await self._free.setdefault(slot, asyncio.Semaphore(self.together)).acquire()
        begin = time.monotonic() + self._rest_before(tries)
        while (wait := max(begin, self._earliest(slot, gap)) - time.monotonic()) > 0:
            await asyncio.sleep(min(wait, _LOOK))
            if not running():
                return False
        return True

    def done(self, slot: str) -> None:
        """A slot's turn is over."""
        self._last[slot] = time.monotonic()
        self._free[slot].release()

    def _earliest(self, slot: str, gap: float) -> float:
        return max(self._not_before.get(slot, 0.0), self._last.get(slot, -gap) + gap)

    def _rest_before(self, tries: int) -> float:
        return min(self.backoff * 2 ** (tries - 1), LONGEST_BACKOFF) if tries else 0.0


def retry_after(value: str) -> float | None:
    """Seconds that a Retry-After header asks for, written as seconds or as a date; None for neither."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
