"""Where a benchmark keeps what it measured: ``output/bench/NAME.json``, with machine, versions and ratios.

A ratio compares with a named baseline of the same run; ``python -m tests.bench.ratios`` draws all of them.
"""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "output/bench"


@dataclass(frozen=True, slots=True)
class Ratio:
    """How ``what`` compares with ``against``: the median, least and greatest of so many ``measurements``.

    ``wanted`` is the least that would do, or the most where ``less`` is better; None where nothing is wanted.
    """

    what: str
    against: str
    times: float
    least: float
    most: float
    measurements: int
    wanted: float | None = None
    less: bool = False

    def __str__(self) -> str:
        """The ratio as a line."""
        wanted = ""
        if self.wanted is not None:
            wanted = f", wanted {'at most' if self.less else 'at least'} {self.wanted:g}"
        return (
            f"{self.what}: {self.times:.2f} of {self.against} ({self.least:.2f} to {self.most:.2f} in "
            f"{self.measurements} measured{wanted})"
        )

    @property
    def met(self) -> bool:
        """Whether it is as good as is wanted."""
        if self.wanted is None:
            return True
        return self.times <= self.wanted if self.less else self.times >= self.wanted


def ratio(
    what: str, against: str, rounds: Sequence[float], wanted: float | None = None, *, less: bool = False
) -> Ratio:
    """The ratio of some rounds."""
    return Ratio(
        what, against, statistics.median(rounds), min(rounds), max(rounds), len(rounds), wanted, less
    )


def machine(*packages: str) -> dict[str, Any]:
    """What measured: processor, system, Python, SQLite, and the versions of packages beside our own."""
    return {
        "machine": f"{platform.machine()} {platform.system()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "versions": {name: version(name) for name in ("govcrawl", *packages)},
    }


def keep(
    bench: str, ratios: Sequence[Ratio], more: Mapping[str, Any] | None = None, packages: Sequence[str] = ()
) -> Path:
    """Write down what a benchmark measured and print its ratios."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{bench}.json"
    told = machine(*packages) | {"ratios": [asdict(one) for one in ratios]} | dict(more or {})
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(*("", *ratios, path), sep="\n")
    return path


def kept() -> dict[str, list[Ratio]]:
    """The ratios of all benchmarks that were run, by the benchmark's name."""
    found: dict[str, list[Ratio]] = {}
    for path in sorted(FOLDER.glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        found[path.stem] = [Ratio(**one) for one in told.get("ratios", ())]
    return found
