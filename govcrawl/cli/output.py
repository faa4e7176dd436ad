"""How commands show rows: a table for people, CSV and JSON for programs."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from govcrawl.export.cells import harmless

_PIPE_WIDTH = 200


def console() -> Console:
    """Where people read: as wide as the terminal, wide enough for addresses where there is none."""
    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    return Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False)


def show(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], format_: str, title: str = "") -> int:
    """Print the columns of rows; the number of rows."""
    chosen = [[row[column] for column in columns] for row in rows]
    if format_ == "json":
        told = [dict(zip(columns, row, strict=True)) for row in chosen]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif format_ == "csv":
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(
            [columns, *([harmless(c) for c in row] for row in chosen)]
        )
        click.echo(text.getvalue(), nl=False)
    elif chosen:
        console().print(_table(chosen, columns, title))
    return len(chosen)


def _table(rows: list[list[Any]], columns: Sequence[str], title: str) -> Table:
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False)
    for position, column in enumerate(columns):
        numeric = all(isinstance(row[position], int | float) for row in rows)
        table.add_column(column.replace("_", " "), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    return table
