"""Sums of each fact by year, kept for blocks of reports: one fact over all years is some thousand rows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum
from typing import Any

from sqlite_utils import Database

from govcrawl.store.facts import fact_numbers, value_of
from govcrawl.store.sqlite import write
from govcrawl.store.sum_tables import BLOCK_BITS

_LISTS = """
    SELECT l.form_id, r.year, r.scope, l.list FROM fact_lists l JOIN reports r ON r.id = l.report_id
    WHERE l.report_id BETWEEN ? AND ? AND r.year IS NOT NULL
"""
_INSERT = (
    "INSERT INTO fact_sums (fact_id, block, year, scope, cells, numbers, total) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_BY_YEAR = """
    SELECT year, sum(cells), sum(numbers), sum(total) FROM fact_years
    WHERE fact = :fact AND (:scope IS NULL OR scope = :scope) GROUP BY year ORDER BY year
"""
_AT_ONCE = 16  # blocks to a transaction: others that write wait for a second


@dataclass(frozen=True, slots=True)
class Year:
    """A fact in the reports of a year: in how many it has a cell, in how many that is a number, their sum."""

    year: int
    cells: int
    numbers: int
    total: int | float


@dataclass(slots=True)
class _Sum:
    cells: int = 0
    whole: int = 0
    parts: tuple[float, ...] = ()
    numbers: int = 0


def by_year(db: Database, fact: str, *, scope: str | None = None) -> list[Year]:
    """A fact over all years, in all reports or in those of one scope (``own``, ``aggregate``)."""
    return [Year(*row) for row in db.conn.execute(_BY_YEAR, {"fact": fact, "scope": scope})]


def waiting(db: Database) -> int:
    """Number of blocks that are not summed, or not any more."""
    return int(db.conn.execute("SELECT count(*) FROM fact_sums_pending").fetchone()[0])


def sum_up(db: Database) -> None:
    """Sum all blocks that wait, a few to a transaction."""
    while True:
        with write(db):
            found = db.conn.execute("SELECT block FROM fact_sums_pending LIMIT ?", (_AT_ONCE,)).fetchall()
            for (block,) in found:
                db.conn.execute("DELETE FROM fact_sums WHERE block = ?", (block,))
                db.conn.executemany(_INSERT, _rows(db, block))
                db.conn.execute("DELETE FROM fact_sums_pending WHERE block = ?", (block,))
        if len(found) < _AT_ONCE:
            return


def _rows(db: Database, block: int) -> Iterator[tuple[Any, ...]]:
    """The sums of a block: reports with the same form and year are added up column by column."""
    first = block << BLOCK_BITS
    same: dict[tuple[int, int, str], list[list[int | str]]] = defaultdict(list)
    for form, year, scope, written in db.conn.execute(_LISTS, (first, first + (1 << BLOCK_BITS) - 1)):
        same[form, year, scope].append(json.loads(written))
    sums: dict[tuple[int, int, str], _Sum] = defaultdict(_Sum)
    for (form, year, scope), lists in same.items():
        for fact, cells in zip(fact_numbers(db, form), zip(*lists, strict=True), strict=True):
            _add(db, sums[fact, year, scope], cells)
    for (fact, year, scope), known in sorted(sums.items()):
        total = round(fsum((known.whole, *known.parts)), 6) if known.parts else known.whole
        yield fact, block, year, scope, known.cells, known.numbers, total


def _add(db: Database, known: _Sum, cells: tuple[int | str, ...]) -> None:
    whole = [cell for cell in cells if type(cell) is int]
    known.cells += len(cells)
    known.numbers += len(whole)
    known.whole += sum(whole)
    if len(whole) < len(cells):
        others = [value_of(db, int(cell)) for cell in cells if type(cell) is not int]
        numbers = [value for value in others if value is not None]
        known.numbers += len(numbers)
        known.whole += sum(value for value in numbers if type(value) is int)
        known.parts += tuple(value for value in numbers if type(value) is float)
