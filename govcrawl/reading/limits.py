"""What one document may cost; the readers' settings."""

from __future__ import annotations

import os
from dataclasses import dataclass

MAX_BYTES = 64 * 2**20
"""Of any document: the largest real report with its pictures has a third of that."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds by the clock and bytes of memory for one document; documents read before a child is replaced.

    The memory is what reading may take beyond what the process has at its start.
    """

    seconds: float = 20.0
    memory: int = 2048 * 2**20
    documents: int = 1000


def processes_by_default() -> int:
    """As many processes as there are cores for us; none where a process cannot be forked."""
    if not hasattr(os, "fork"):
        return 0
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
