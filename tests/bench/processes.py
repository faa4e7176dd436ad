"""What a command takes, with all the processes that it starts, those too that it leaves behind."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import pytest

from tests.crawl.manners import PROJECT

_CHILD_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds by the wall's clock and of the processors; what the command said on its standard error."""

    wall: float
    processor: float
    said: str


def taken(
    command: Sequence[str], environment: Mapping[str, str], *, given: str = "", cores: int | None = None
) -> Taken:
    """Run a command to its end, on all cores that this process may use or on so many of them."""
    if ctypes.CDLL(None, use_errno=True).prctl(_CHILD_SUBREAPER, 1):
        pytest.skip("the kernel gives no process its orphans: reading would not be counted")
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    if cores is not None and len(allowed) < cores:
        pytest.skip(f"there are not {cores} cores")
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    ended = subprocess.run(
        command, cwd=PROJECT, env=dict(environment), input=given, text=True, capture_output=True, check=False,
        preexec_fn=partial(os.sched_setaffinity, 0, allowed),
    )  # fmt: skip
    wall = time.monotonic() - began
    # 3: of a crawl, a list that another way of asking for it found refused; reports are counted by who asks.
    assert ended.returncode in (0, 3), ended.stderr[-3000:]
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Taken(wall, spent, ended.stderr)
