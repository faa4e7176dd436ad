"""Answers made small for the way between two processes: what is many of a kind goes as columns.

A report has hundreds of cells and facts. Each as an object of its own would be asked by ``pickle`` how it
wants to be written, and be made by a call of its own: that takes as long as a tenth of the reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from typing import Any, NamedTuple

from govcrawl.model import Cell, Check, Fact, ReportTable
from govcrawl.reading.task import Answer

Columns = tuple[tuple[Any, ...], ...]

_fact: Callable[[Iterable[Any]], Fact] = partial(tuple.__new__, Fact)
_check: Callable[[Iterable[Any]], Check] = partial(tuple.__new__, Check)
_cell: Callable[[Iterable[Any]], Cell] = partial(tuple.__new__, Cell)


@dataclass(frozen=True, slots=True)
class Packed:
    """An answer whose report has neither facts nor checks nor cells; those by column, cells of all tables.

    ``widths`` are the lengths of each table's rows.
    """

    answer: Answer
    facts: Columns
    checks: Columns
    cells: Columns
    widths: tuple[tuple[int, ...], ...]


def packed(answer: Answer) -> Answer | Packed:
    """An answer as it is sent."""
    report = answer.report
    if report is None:
        return answer
    grids = [table.grid.rows for table in report.tables]
    bare = replace(report, facts=(), checks=(), tables=tuple(map(_without_cells, report.tables)))
    return Packed(
        replace(answer, report=bare),
        _columns(report.facts),
        _columns(report.checks),
        _columns(list(chain.from_iterable(chain.from_iterable(grids)))),
        tuple(tuple(map(len, rows)) for rows in grids),
    )


def unpacked(sent: Packed) -> Answer:
    """The answer again. ValueError where it does not hold together."""
    bare = sent.answer.report
    if bare is None:
        raise ValueError("cells of no report")
    cells = map(_cell, _rows(sent.cells, Cell))
    widths = chain.from_iterable(sent.widths)
    if sum(widths) != len(sent.cells[0] if sent.cells else ()):
        raise ValueError("cells beyond the rows of the tables")
    tables = tuple(
        replace(table, grid=replace(table.grid, rows=tuple(tuple(islice(cells, width)) for width in widths)))
        for table, widths in zip(bare.tables, sent.widths, strict=True)
    )
    report = replace(
        bare,
        facts=tuple(map(_fact, _rows(sent.facts, Fact))),
        checks=tuple(map(_check, _rows(sent.checks, Check))),
        tables=tables,
    )
    return replace(sent.answer, report=report)


def _without_cells(table: ReportTable) -> ReportTable:
    return replace(table, grid=replace(table.grid, rows=()))


def _columns(rows: Sequence[tuple[Any, ...]]) -> Columns:
    return tuple(zip(*rows, strict=True))


def _rows(columns: Columns, noun: type[NamedTuple]) -> Iterator[tuple[Any, ...]]:
    """The rows of columns, of which there are as many as the noun has; ValueError where there are others."""
    if columns and len(columns) != len(noun._fields):
        raise ValueError(f"{len(columns)} columns for a {noun.__name__}")
    return zip(*columns, strict=True)
