"""The plot of docs/scale.md: ``python -m tests.bench.plot --results DIR/growth.json --to docs/images/growth.png``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import matplotlib as mpl

mpl.use("agg")
from matplotlib import pyplot as plt

PANELS = {
    "bytes_a_report_without_index": "bytes a report, without search index",
    "times_texts_alone": "storing, in times of SQLite with the texts alone",
    "megabytes_of_memory": "peak memory of storing, MB",
    "ms_series_of_a_body": "one body, one fact, all years: ms",
    "ms_fact_over_years": "one fact, all reports, by year: ms",
    "ms_search 不予公开": "search for a phrase of most reports: ms",
    "seconds_of_export": "Parquet export: processor seconds",
    "megabytes_of_memory_of_export": "peak memory of the export, MB",
}
"""By what ``tests.bench.growth`` calls it; behind a blank what was searched for."""


@click.command()
@click.option("--results", required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--to", "path", required=True, type=click.Path(path_type=Path))
def main(results: Path, path: Path) -> None:
    """Draw what ``tests.bench.growth`` has measured."""
    told: dict[str, Any] = json.loads(results.read_text(encoding="utf-8"))
    plt.rcParams.update({"font.size": 8})
    figure, axes = plt.subplots(2, 4, figsize=(12, 4.6))
    for panel, (name, title) in zip(axes.flat, PANELS.items(), strict=True):
        points = [
            (mark["reports"], value) for mark in told["marks"] if (value := _of(mark, name)) is not None
        ]
        panel.plot(*zip(*points, strict=True), "o-", color="#1f6f8b")
        panel.set_xscale("log")
        panel.set_ylim(bottom=0)
        panel.set_title(title, fontsize=8)
        panel.grid(alpha=0.3)
    figure.supxlabel("generated reports in the database")
    figure.tight_layout()
    figure.savefig(path, dpi=110, metadata={"Software": None})


def _of(mark: dict[str, Any], name: str) -> float | None:
    kind, _, query = name.partition(" ")
    found = mark.get(kind)
    return found[query] if query and found else found


if __name__ == "__main__":
    main()
