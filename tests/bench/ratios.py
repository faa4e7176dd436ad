"""The plot of all benchmarks that were run: ``python -m tests.bench.ratios --to docs/images/ratios.png``."""

from __future__ import annotations

from pathlib import Path

import click
import matplotlib as mpl

mpl.use("agg")
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from tests.bench.results import FOLDER, Ratio, kept

_MET, _MISSED, _FREE = "#1f6f8b", "#c8553d", "#8a8f98"


@click.command()
@click.option("--to", "path", required=True, type=click.Path(path_type=Path))
def main(path: Path) -> None:
    """Draw what ``make bench`` has measured: each ratio, how far its rounds lay apart, and what is wanted."""
    every = [one for ratios in kept().values() for one in ratios]
    if not every:
        raise click.ClickException(f"{FOLDER} holds no ratios: run `make bench` first")
    halves = [[one for one in every if one.less is less] for less in (False, True)]
    plt.rcParams.update({"font.size": 8})
    figure, axes = plt.subplots(
        2, 1, figsize=(10, 1.6 + 0.34 * len(every)), height_ratios=[max(1, len(half)) for half in halves]
    )
    for panel, half, title in zip(axes, halves, ("more is better", "less is better"), strict=True):
        _draw(panel, half, title)
    figure.tight_layout()
    figure.savefig(path, dpi=110, metadata={"Software": None})


def _draw(panel: Axes, ratios: list[Ratio], title: str) -> None:
    for place, one in enumerate(ratios):
        color = _FREE if one.wanted is None else _MET if one.met else _MISSED
        panel.plot([one.least, one.most], [place, place], "-", color=color, linewidth=2, alpha=0.5)
        panel.plot([one.times], [place], "o", color=color)
        panel.annotate(
            f"{one.times:.2g}", (one.times, place), (0, 5), textcoords="offset points", ha="center"
        )
        if one.wanted is not None:
            panel.plot([one.wanted], [place], "|", color="black", markersize=12)
    panel.set_yticks(range(len(ratios)), [f"{one.what} / {one.against}" for one in ratios])
    panel.set_ylim(len(ratios) - 0.4, -0.8)
    panel.set_xscale("log")
    panel.grid(axis="x", alpha=0.3)
    panel.set_title(f"{title}; the bar is what is wanted", fontsize=8, loc="left")


if __name__ == "__main__":
    main()
