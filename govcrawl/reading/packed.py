"""Answers made small for the way between two processes: no object of our own classes, and cells as columns.

A report has hundreds of cells and facts, and dozens of sections and findings. Each as an object of its own
would be asked by ``pickle`` how it wants to be written, and be made by a call of its own: that takes as long
as a tenth of the reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import partial
from itertools import chain, islice, starmap
from operator import attrgetter
from typing import Any, NamedTuple

from govcrawl.model import (
    Attachment,
    Cell,
    Check,
    Fact,
    Finding,
    Grid,
    Removal,
    Report,
    ReportTable,
    Section,
    Statement,
)
from govcrawl.reading.task import Answer

Columns = tuple[tuple[Any, ...], ...]
Rows = tuple[tuple[Any, ...], ...]

_fact: Callable[[Iterable[Any]], Fact] = partial(tuple.__new__, Fact)
_check: Callable[[Iterable[Any]], Check] = partial(tuple.__new__, Check)
_cell: Callable[[Iterable[Any]], Cell] = partial(tuple.__new__, Cell)


def _names(noun: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(noun))


_ROWS: Mapping[str, type] = {
    "sections": Section, "statements": Statement, "findings": Finding, "attachments": Attachment,
    "removals": Removal,
}  # fmt: skip
_IN_ROWS = {name: (noun, attrgetter(*_names(noun))) for name, noun in _ROWS.items()}
_APART = {"facts", "checks", "tables", *_ROWS}
_REST = tuple(name for name in _names(Report) if name not in _APART)
_rest = attrgetter(*_REST)
_ABOUT = tuple(name for name in _names(Answer) if name != "report")
_about = attrgetter(*_ABOUT)


class Packed(NamedTuple):
    """An answer with a report: facts, checks and the cells of all tables by column, others row by row.

    ``widths`` are the lengths of each table's rows; ``about`` and ``rest`` what is left of answer and report.
    """

    about: tuple[Any, ...]
    rest: tuple[Any, ...]
    rows: tuple[Rows, ...]
    facts: Columns
    checks: Columns
    tables: Rows
    cells: Columns
    widths: tuple[tuple[int, ...], ...]


def packed(answer: Answer) -> Answer | Packed:
    """An answer as it is sent."""
    report = answer.report
    if report is None:
        return answer
    grids = [table.grid.rows for table in report.tables]
    return Packed(
        _about(answer),
        _rest(report),
        tuple(tuple(map(told, getattr(report, name))) for name, (_, told) in _IN_ROWS.items()),
        _columns(report.facts),
        _columns(report.checks),
        tuple((table.number, table.caption, table.kind, table.grid.aligned) for table in report.tables),
        _columns(list(chain.from_iterable(chain.from_iterable(grids)))),
        tuple(tuple(map(len, rows)) for rows in grids),
    )


def unpacked(sent: Packed) -> Answer:
    """The answer again. ValueError or TypeError where it does not hold together."""
    cells = map(_cell, _rows(sent.cells, Cell))
    if sum(chain.from_iterable(sent.widths)) != len(sent.cells[0] if sent.cells else ()):
        raise ValueError("cells beyond the rows of the tables")
    tables = tuple(
        ReportTable(
            number, caption, Grid(tuple(tuple(islice(cells, width)) for width in widths), aligned), kind
        )
        for (number, caption, kind, aligned), widths in zip(sent.tables, sent.widths, strict=True)
    )
    in_rows: dict[str, Any] = {
        name: tuple(starmap(noun, rows))
        for (name, (noun, _)), rows in zip(_IN_ROWS.items(), sent.rows, strict=True)
    }
    report = Report(
        **dict(zip(_REST, sent.rest, strict=True)),
        **in_rows,
        facts=tuple(map(_fact, _rows(sent.facts, Fact))),
        checks=tuple(map(_check, _rows(sent.checks, Check))),
        tables=tables,
    )
    return Answer(report, **dict(zip(_ABOUT, sent.about, strict=True)))


def _columns(rows: Sequence[tuple[Any, ...]]) -> Columns:
    return tuple(zip(*rows, strict=True))


def _rows(columns: Columns, noun: type[NamedTuple]) -> Iterator[tuple[Any, ...]]:
    """The rows of columns, of which there are as many as the noun has; ValueError where there are others."""
    if columns and len(columns) != len(noun._fields):
        raise ValueError(f"{len(columns)} columns for a {noun.__name__}")
    return zip(*columns, strict=True)
