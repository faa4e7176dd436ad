"""One process of a parallel crawl: started, listened to, started again when something killed it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from govcrawl.crawl.ending import Ending
from govcrawl.crawl.telling import Figures
from govcrawl.parallel.division import Portals

STARTS = 3
"""How often a process is started that is killed before its end: the ledger lets it go on where it was."""

_LAST_LINES = 5
_LONGEST = 1 << 20  # bytes of a line


@dataclass(slots=True, eq=False)
class Worker:
    """A process and what it has told: how far it is, how it ended, of which deaths it died before."""

    number: int
    portals: Portals
    figures: Figures = field(default_factory=Figures)
    ending: Ending | None = None
    deaths: list[str] = field(default_factory=list)
    stopped: bool = False
    _running: asyncio.subprocess.Process | None = None

    async def run(self, command: Sequence[str], moved: Callable[[], None]) -> None:
        """Run the crawl of these portals to its end, or to the last of its deaths.

        ``moved`` is called when it has told how far it is.
        """
        killed = True
        while killed and len(self.deaths) < STARTS and not self.stopped:
            killed = await self._once(command, moved)

    def stop(self) -> None:
        """Let it end as a signal does: what is under way is finished, the rest is left to the next run."""
        self.stopped = True
        if self._running is not None and self._running.returncode is None:
            self._running.send_signal(signal.SIGTERM)

    async def _once(self, command: Sequence[str], moved: Callable[[], None]) -> bool:
        """Run the process once; whether something killed it before its end."""
        process = self._running = await asyncio.create_subprocess_exec(
            sys.executable, *command,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            limit=_LONGEST,
            env=os.environ | {"SCRAPY_SETTINGS_MODULE": "govcrawl.settings"},
            start_new_session=True,  # Ctrl-C is for the parent, which tells it on
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        said = asyncio.create_task(_last_lines(process.stderr))
        async for line in process.stdout:
            self._hear(line)
            moved()
        status, words = await process.wait(), await said
        if self.ending is None:
            how = f"killed by signal {-status}" if status < 0 else f"exit status {status}"
            self.deaths.append(": ".join([how, *words[-1:]]))
        return self.ending is None and status < 0

    def _hear(self, line: bytes) -> None:
        """Take in a line; one that death tore off, or that a library printed, is none of ours."""
        try:
            told = json.loads(line)
        except ValueError:
            return
        if not isinstance(told, dict):
            return
        if "ending" in told:
            self.ending = Ending.of(told["ending"])
        else:
            self.figures = Figures(**told)


async def _last_lines(stream: asyncio.StreamReader) -> list[str]:
    """The last lines that a process wrote on its standard error."""
    lines: deque[str] = deque(maxlen=_LAST_LINES)
    async for line in stream:
        if words := line.decode("utf-8", "replace").strip():
            lines.append(words)
    return list(lines)
