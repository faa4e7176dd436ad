"""How commands show rows: a table for people, CSV and JSON for programs."""

from __future__ import annotations

import csv
import io
import math
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click
from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from govcrawl.export.cells import harmless
from govcrawl.terminal import harmless_json, harmless_line, say

_WIDEST = 40  # columns of a file or pipe: one long cell must not pad all lines
Notes = Callable[[Mapping[str, Any]], Iterable[str]]


def show(
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[str],
    format_: str,
    *,
    below: Sequence[str] = ("url",),
    notes: Notes | None = None,
    title: str = "",
) -> int:
    """Print the columns of rows; the number of rows.

    A table that is wider than the terminal has the columns named in ``below`` (addresses, reasons) on lines
    of their own, whole: a folded address cannot be copied. In a file or pipe a row stays on one line, and a
    long cell does not widen its column.
    ``notes`` give further lines under a row.
    """
    known = list(rows)
    if format_ == "json":
        told = [{column: row[column] for column in columns} for row in known]
        say(harmless_json(told))
    elif format_ == "csv":
        text = io.StringIO()
        cells = ([harmless(row[column]) for column in columns] for row in known)
        csv.writer(text, lineterminator="\n").writerows([columns, *cells])
        say(text.getvalue(), nl=False)
    elif known:
        if title:
            say(title)
        _table(known, columns, below, notes)
    return len(known)


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[], None]]:
    """A progress bar on a terminal's standard error, moved by calling what is given; nothing elsewhere."""
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=console, transient=True, disable=not console.is_terminal,
    ) as bar:  # fmt: skip
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


def _table(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], below: Sequence[str], notes: Notes | None
) -> None:
    lines = _lines(rows, columns)
    under: Sequence[str] = ()
    if max(map(cell_len, lines)) > _width():
        under = [column for column in columns if column in below]
        lines = _lines(rows, [column for column in columns if column not in below])
    click.secho(lines[0], bold=True)
    for row, line in zip(rows, lines[1:], strict=True):
        say(line)
        for more in (*(_text(row[column]) for column in under), *(notes(row) if notes else ())):
            if more:
                say(f"    {harmless_line(more)}")


def _width() -> float:
    """Columns of the terminal; without one nothing is too wide."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() or "COLUMNS" in os.environ else math.inf


def _lines(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> list[str]:
    """The heading and a line for each row, every column as wide as its widest cell."""
    cells = [[_text(row[column]) for column in columns] for row in rows]
    headings = [column.replace("_", " ") for column in columns]
    widest = _WIDEST if _width() == math.inf else math.inf
    widths = [
        max(width for width in map(cell_len, column) if width <= widest or width == cell_len(column[0]))
        for column in zip(headings, *cells, strict=True)
    ]
    numeric = [all(isinstance(row[column], int | float | None) for row in rows) for column in columns]
    return [_line(texts, widths, numeric) for texts in (headings, *cells)]


def _line(texts: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    """Cells side by side; Chinese characters are two columns wide, which ``str.ljust`` does not know."""
    padded = []
    for text, width, right in zip(texts, widths, numeric, strict=True):
        blank = " " * (width - cell_len(text))
        padded.append(blank + text if right else text + blank)
    return "  ".join(padded).rstrip()


def _text(value: Any) -> str:
    return "" if value is None else harmless_line(" ".join(str(value).split()))
