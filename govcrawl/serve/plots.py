"""Plots as SVG, drawn by matplotlib: shapes and digits alone. All words stand beside them in the page.

So a plot needs no Chinese font, is the same in both languages, and is told to those who do not see it by
the table behind it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Final

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

COLOURS: Final = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#444444", "#B8A800")
"""Those of Okabe and Ito, which colour-blind readers tell apart; site.css has them as k0 to k7."""

Drawing = Callable[[Axes], None]

MARKERS: Final = "os^DvPX*"
_LINES: Final = ("-", "--", "-.", ":")
_LOCK = threading.Lock()  # matplotlib's settings are one for all threads


def bars(years: Sequence[int], series: Sequence[Mapping[int, float]]) -> bytes:
    """Stacked bars: the first series stands below."""

    def draw(axes: Axes) -> None:
        floor = [0.0] * len(years)
        for number, values in enumerate(series):
            heights = [float(values.get(year, 0)) for year in years]
            axes.bar(
                years, heights, bottom=floor, color=COLOURS[number % 8], edgecolor="white", linewidth=0.6
            )
            floor = [low + height for low, height in zip(floor, heights, strict=True)]

    return _drawn(years, draw)


def lines(years: Sequence[int], series: Sequence[Mapping[int, float]]) -> bytes:
    """A line for each series, broken where a year has none."""

    def draw(axes: Axes) -> None:
        for number, values in enumerate(series):
            heights = [float(values[year]) if year in values else float("nan") for year in years]
            axes.plot(
                years, heights, color=COLOURS[number % 8], marker=MARKERS[number % 8], markersize=5,
                linestyle=_LINES[number % 4], linewidth=1.6,
            )  # fmt: skip

    return _drawn(years, draw)


def _drawn(years: Sequence[int], draw: Drawing) -> bytes:
    with _LOCK, matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "govcrawl", "font.size": 12}):
        figure = Figure(figsize=(7.5, 3), layout="constrained")
        axes = figure.add_subplot()
        draw(axes)
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="y", color="#d0d7de", linewidth=0.6)
        axes.set_axisbelow(True)
        axes.set_ylim(bottom=0, top=axes.get_ylim()[1] * 1.04)
        axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
        axes.set_xticks(list(years), [str(year) for year in years])
        made = BytesIO()
        figure.savefig(made, format="svg", metadata={"Date": None})
        return made.getvalue()
