"""One Parquet file, written in row groups while reports come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govcrawl.export.doubles import double, inexact
from govcrawl.export.fields import Field, Relation
from govcrawl.export.files import Row
from govcrawl.export.rows import ReportRows
from govcrawl.store.columns import Column, Same

if TYPE_CHECKING:
    import pyarrow as pa

_CELLS = 1_500_000  # of a row group, which is held in memory
_PIECE = 5_000  # rows that are kept as Python's objects
_TEXT_ROWS = 2_000
_MANY = 80  # rows of a piece that are quicker made by Arrow
_LONG = frozenset({"texts", "sections", "tables"})


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of a table that come together: as rows, or by their columns."""

    number: int
    rows: Sequence[Row] = ()
    columns: Sequence[Sequence[Any]] = ()


def block_of(relation: Relation, report: ReportRows) -> Block:
    """What a report gives to a table."""
    if relation.by_column is not None:
        columns = relation.by_column(report)
        return Block(len(columns[0]) if columns else 0, columns=columns)
    rows = list(relation.rows(report))
    return Block(len(rows), rows=rows)


class ParquetFile:
    """One Parquet file, written in row groups of a size that depends on nothing but the table.

    It holds the columns at ``places``, and ``fiscal_year`` where it is ``dated`` by its folder.
    """

    def __init__(
        self, path: Path, relation: Relation, places: Sequence[int], year: int | None = None, *,
        dated: bool = False,
    ) -> None:  # fmt: skip
        import pyarrow.parquet as pq

        self.path, self.rows, self.rounded = path, 0, 0
        self._places, self._dated, self._year = places, dated, year
        self.schema = schema_of([relation.fields[place] for place in places], relation, dated=dated)
        self._limit = _TEXT_ROWS if relation.name in _LONG else max(1, _CELLS // len(relation.fields))
        self._waiting: list[Block] = []
        self._number = 0
        self._made: list[list[pa.Array]] = []
        self._ready = 0
        self._writer = pq.ParquetWriter(path, self.schema, compression="zstd")

    def add(self, block: Block) -> None:
        """Take rows in; a row group is written as soon as it is full."""
        if not block.number:
            return
        self._waiting.append(block)
        self._number += block.number
        if self._number >= min(_PIECE, self._limit):
            self._make()
            while self._ready >= self._limit:
                self._write(self._limit)

    def close(self) -> None:
        """Write what is left, and the end of the file."""
        self._make()
        while self._ready:
            self._write(min(self._limit, self._ready))
        self._writer.close()

    def _make(self) -> None:
        """Turn what waits into Arrow's arrays while it is at hand, and a fraction of the memory."""
        if not self._number:
            return
        blocks = [block.columns for block in self._waiting]
        if not any(blocks):
            blocks = [list(zip(*chain.from_iterable(block.rows for block in self._waiting), strict=True))]
        columns = list(zip(*blocks, strict=True))
        made = [
            self._column(columns[place], field.type)
            for place, field in zip(self._places, self.schema, strict=False)
        ]
        self._made.append(made)
        self._ready += self._number
        self._waiting, self._number = [], 0

    def _write(self, number: int) -> None:
        """Write a row group of the rows that are ready."""
        import pyarrow as pa

        columns = [pa.concat_arrays(pieces) for pieces in zip(*self._made, strict=True)]
        self._made = [[column.slice(number) for column in columns]] if self._ready > number else []
        arrays = [column.slice(0, number) for column in columns]
        if self._dated:
            arrays.append(pa.array([self._year] * number, type=pa.int16()))
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self.schema), row_group_size=number)
        self.rows += number
        self._ready -= number

    def _column(self, pieces: Sequence[Sequence[Any]], kind: pa.DataType) -> pa.Array:
        """A column whose pieces may be shared by many reports, or say the same in every row."""
        import pyarrow as pa

        if isinstance(pieces[0], Same) and self._number > _MANY * len(pieces):
            once = self._array([piece[0] for piece in pieces], kind)
            return pa.concat_arrays(map(pa.repeat, once, map(len, pieces)))
        if not any(isinstance(piece, Column) for piece in pieces):
            return self._array(list(chain.from_iterable(pieces)), kind)
        return pa.concat_arrays([self._shared(piece, kind) for piece in pieces])

    def _shared(self, piece: Sequence[Any], kind: pa.DataType) -> pa.Array:
        if not isinstance(piece, Column):
            return self._array(piece, kind)
        found = piece.made.get(kind)
        if found is None:
            found = piece.made[kind] = self._array(piece, kind)
        return found

    def _array(self, values: Sequence[Any], kind: pa.DataType) -> pa.Array:
        """Values of a column; dates and times, which the database keeps as texts, become what they are."""
        import pyarrow as pa

        if pa.types.is_temporal(kind):
            return pa.array(values, type=pa.string()).cast(kind)
        try:
            return pa.array(values, type=kind)
        except pa.ArrowInvalid:
            if not pa.types.is_floating(kind):
                raise
            self.rounded += sum(map(inexact, values))
            return pa.array(map(double, values), type=kind)


def schema_of(fields: Sequence[Field], relation: Relation, *, dated: bool) -> pa.Schema:
    """The Arrow schema of a table; ``dated`` adds ``fiscal_year`` for the year in the folder's name."""
    import pyarrow as pa

    types = {
        "text": pa.string(), "date": pa.date32(), "time": pa.timestamp("ms", "UTC"), "whole": pa.int32(),
        "number": pa.float64(),
    }  # fmt: skip
    found = [pa.field(field.name, types[field.kind], metadata=_about(field)) for field in fields]
    if dated:
        about = {"name_zh": "报告年度", "name_en": "fiscal year, as the folder's name has it"}
        found.append(pa.field("fiscal_year", pa.int16(), metadata=about))
    return pa.schema(found, metadata={"title_zh": relation.chinese, "title_en": relation.english})


def _about(field: Field) -> dict[str | bytes, str | bytes]:
    told: dict[str, Any] = {
        "name_zh": field.chinese, "name_en": field.english, "unit": field.unit, "fact": field.fact,
        "rule": field.rule,
    }  # fmt: skip
    return {name: text for name, text in told.items() if text}
