"""The request log: a JSON line for each request made, with its reason, and how many of each kind."""

from __future__ import annotations

import json
import logging
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from govcrawl.store.clock import now

if TYPE_CHECKING:
    from scrapy import Request

    from govcrawl.crawl.part import Part

log = logging.getLogger(__name__)

KEPT = 50
"""Logs of earlier runs that stay in the folder."""

_SUFFIX = "-requests.jsonl"


class RequestLog:
    """``<run>-requests.jsonl`` in the logs' folder, up to ``most`` bytes; ``kinds`` counts on after that.

    Each part of a run has a file of its own, ``<run>-<number>-requests.jsonl``.
    """

    def __init__(self, folder: Path, run_id: int, most: int, part: Part | None = None) -> None:
        self.kinds: Counter[str] = Counter()
        run = f"{run_id:06d}" if part is None else f"{run_id:06d}-{part.number}"
        self.path, self._left = folder / f"{run}{_SUFFIX}", most
        if most:
            folder.mkdir(parents=True, exist_ok=True)
            for old in sorted(folder.glob(f"*{_SUFFIX}"))[: -KEPT or None]:
                old.unlink(missing_ok=True)
        self._file = self.path.open("a", encoding="utf-8") if most else None

    def wrote(self, request: Request, outcome: int | str, size: int, seconds: float) -> None:
        """Write a request down: ``outcome`` is the status of the answer or the name of the error."""
        kind = str(request.meta.get("kind", "other"))
        tries = request.meta.get("retry_times", 0)
        self.kinds["retry" if tries else kind] += 1
        if self._file is None:
            return
        line = json.dumps(
            {
                "time": now(),
                "portal": request.meta.get("portal") or request.meta.get("robots_of"),
                "kind": kind,
                "reason": request.meta.get("reason"),
                "method": request.method,
                "url": request.url,
                "outcome": outcome,
                "bytes": size,
                "seconds": round(seconds, 3),
                "try": tries + 1,
            },
            ensure_ascii=False,
        )
        self._left -= len(line.encode()) + 1
        if self._left < 0:
            line = json.dumps(
                {"time": now(), "end": "REQUEST_LOG_BYTES reached; later requests are not listed"}
            )
        try:
            self._file.write(line + "\n")
        except OSError as error:
            self._left = -1
            log.warning("%s: no further requests are listed: %s", self.path, error.strerror)
        if self._left < 0:
            self.close()

    def close(self) -> None:
        """Close the file. What cannot be written any more is no reason to lose anything else."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            self._file = None
