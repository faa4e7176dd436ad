"""How a crawl ended: what its portals gave, added up, and the verdict that goes into the run's row."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from govcrawl.store import Store
from govcrawl.summaries import summary_of, write_summary

log = logging.getLogger(__name__)

COMPLETE, UNEXPECTED, INCOMPLETE, UNREADABLE = 0, 1, 3, 5
FINISHED = "finished"
"""Scrapy's word for a crawl that had nothing more to ask for."""

_EMPTY_HANDED = frozenset({"blocked", "unreachable"})
_COUNTS = {
    "requests": "requests",
    "reports_new": "reports_new",
    "reports_changed": "reports_changed",
    "reports_unchanged": "unchanged",
    "entries_rejected": "rejected",
    "entries_failed": "failed",
    "entries_pending": "pending",
    "entries_blocked": "blocked",
}  # columns of ``runs`` by the counts of a portal's crawl


@dataclass(slots=True)
class Ending:
    """The end of a crawl, or of one of the processes that made it together.

    ``outcomes`` and ``requests`` count portals by outcome and requests by kind; ``reason`` is Scrapy's;
    ``halt`` is why nothing could be written any more, ``damaged`` where the next run can do no better;
    ``exceptions`` are what was done differently for hosts.
    """

    reason: str = FINISHED
    outcomes: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    requests: Counter[str] = field(default_factory=Counter)
    errors: int = 0
    halt: str | None = None
    damaged: bool = False
    exceptions: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, told: dict[str, Any]) -> Self:
        """An ending that another process has told (``told`` through JSON)."""
        counted = {name: Counter(told[name]) for name in ("outcomes", "counts", "requests")}
        return cls(**{**told, **counted})

    def told(self) -> dict[str, Any]:
        """All of it as JSON takes it."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    def add(self, other: Ending) -> None:
        """Take another process's ending in; the first that did not finish says why the whole did not."""
        self.reason = other.reason if self.reason == FINISHED else self.reason
        self.outcomes += other.outcomes
        self.counts += other.counts
        self.requests += other.requests
        self.errors += other.errors
        self.halt = self.halt or other.halt
        self.damaged |= other.damaged
        self.exceptions += other.exceptions

    def verdict(self) -> tuple[str, int]:
        """(what is written down, exit status)."""
        if self.halt is not None and self.damaged:
            return f"failed: {self.halt}", UNEXPECTED
        if self.halt is not None:
            return f"incomplete: {self.halt}", INCOMPLETE
        if self.errors:
            return f"failed: {self.errors} unexpected errors, see the log", UNEXPECTED
        if self.reason != FINISHED:
            return f"incomplete: stopped early ({self.reason})", INCOMPLETE
        total = self.outcomes.total()
        if total and sum(self.outcomes[name] for name in _EMPTY_HANDED) == total:
            return "unreadable: every portal was blocked or unreachable", UNREADABLE
        if short := total - self.outcomes["complete"]:
            return f"incomplete: {short} of {total} portals", INCOMPLETE
        return "complete", COMPLETE


def write_ending(store: Store, output: Path, run_id: int, ending: Ending) -> tuple[str, int]:
    """Write down how a run ended, in its row and in its summary file; the verdict and the exit status.

    Raises DiskFull and DatabaseInUse when the row cannot be written.
    """
    verdict, exit_status = ending.verdict()
    store.finish_run(
        run_id,
        verdict=verdict,
        exit_status=exit_status,
        counts={column: ending.counts[name] for column, name in _COUNTS.items()},
        detail={
            "portals": dict(ending.outcomes),
            "finish_reason": ending.reason,
            "errors": ending.errors,
            "requests": dict(ending.requests),
            "exceptions": ending.exceptions,
        },
    )
    try:
        write_summary(output / "logs", summary_of(store, run_id))
    except OSError as error:
        log.warning("the summary of the run could not be written: %s", error)
    return verdict, exit_status
