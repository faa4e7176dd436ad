"""Whether the crawl is being stopped, and what it must not wait for then."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class Stopped(Exception):
    """A download that was not begun, or work not waited for, because the crawl is being stopped.

    Raised by ``Stop``; Transport turns it into a rest and the spider passes over it: the entry stays pending.
    """


class Stop:
    """A crawl's end by a signal: ``begin`` lets nothing new begin, ``hurry`` gives up what is under way."""

    def __init__(self) -> None:
        self.begun = self.hurried = False
        self._under_way: set[asyncio.Future[Any]] = set()

    def begin(self) -> None:
        """Let no download begin any more."""
        self.begun = True

    def hurry(self) -> None:
        """Give up the downloads and readings under way."""
        self.begun = self.hurried = True
        for task in tuple(self._under_way):
            task.cancel()

    async def unless_stopped(self, download: Coroutine[Any, Any, Answer]) -> Answer:
        """What a download gives. Raises Stopped when the crawl is stopped before that."""
        if self.begun:
            download.close()
            raise Stopped
        return await self.unless_hurried(download)

    async def unless_hurried(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        """What some work gives that may still begin after the stop. Raises Stopped when it is given up."""
        if self.hurried:
            work.close()
            raise Stopped
        task = asyncio.ensure_future(work)
        self._under_way.add(task)
        try:
            return await task
        except asyncio.CancelledError as error:
            if not self.begun:
                raise
            raise Stopped from error
        finally:
            self._under_way.discard(task)
