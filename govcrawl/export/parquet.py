"""Parquet: each table a folder of its own, with a part for each fiscal year (``year=2021``).

The folder's name gives the column ``year``, as Hive does it; readers of single files find the same in
``fiscal_year``. Columns carry their Chinese and English meaning as metadata.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govcrawl.export import relations
from govcrawl.export.doubles import double, inexact
from govcrawl.export.fields import Field, Relation
from govcrawl.export.files import Row
from govcrawl.export.output import Job, Written, require
from govcrawl.export.rows import PARTS, ReportRows

if TYPE_CHECKING:
    import pyarrow as pa

_CELLS = 1_500_000  # of a row group, which is held in memory
_TEXT_ROWS = 2_000
_BATCH = 50_000
_LONG = frozenset({"texts", "sections", "tables"})
_NO_YEAR = "__HIVE_DEFAULT_PARTITION__"


class ParquetOutput:
    """A dataset of Parquet files; reports come ordered by year. Without ``by_year``: a file a table."""

    parts = frozenset(PARTS)

    def __init__(self, job: Job, *, by_year: bool = True) -> None:
        try:
            import pyarrow  # noqa: F401
        except ImportError as error:
            raise require("pyarrow", error) from error
        self._folder = job.folder
        kind = _ByYear if by_year else _Whole
        self._tables: list[_ByYear | _Whole] = [kind(job.folder, relation) for relation in tables()]
        self._whole: list[Written] = []

    def report(self, report: ReportRows) -> None:
        """Write what a report gives to each table."""
        for table in self._tables:
            table.add(report.metadata["year"], table.relation.rows(report))

    def table(self, relation: Relation, rows: Iterable[Row]) -> None:
        """Write a table of the whole database into one file."""
        file, waiting = _Whole(self._folder, relation), iter(rows)
        while batch := list(islice(waiting, _BATCH)):
            file.add(None, batch)
        self._whole.append(file.close())

    def close(self) -> Sequence[Written]:
        """Finish the files; what stands in them."""
        return [*(table.close() for table in self._tables), *self._whole]


def tables() -> tuple[Relation, ...]:
    """The tables of a Parquet dataset, which are also those of DuckDB."""
    return (
        relations.reports(), relations.texts(), relations.wide(), relations.harmonised(),
        *relations.long_tables(), *relations.parts(),
    )  # fmt: skip


class _Whole:
    """A table in one file."""

    def __init__(self, folder: Path, relation: Relation) -> None:
        self.relation = relation
        self._file = _File(folder / f"{relation.name}.parquet", relation, range(len(relation.fields)))

    def add(self, _: int | None, rows: Iterable[Row]) -> None:
        self._file.add(list(rows))

    def close(self) -> Written:
        self._file.close()
        found = self._file
        return Written(self.relation, (found.path.name,), found.rows, rounded=found.rounded)


class _ByYear:
    """A table whose rows go into the file of their year, one year after the other."""

    def __init__(self, folder: Path, relation: Relation) -> None:
        self.relation = relation
        self._folder = folder
        self._year: int | None = None
        self._file: _File | None = None
        self._paths: list[str] = []
        self._rows = self._rounded = 0
        self._places = [place for place, field in enumerate(relation.fields) if field.name != "year"]

    def add(self, year: int | None, rows: Iterable[Row]) -> None:
        found = list(rows)
        if found:
            if self._file is None or year != self._year:
                self._next(year)
            assert self._file is not None
            self._file.add(found)

    def close(self) -> Written:
        self._finish()
        return Written(self.relation, tuple(self._paths), self._rows, rounded=self._rounded)

    def _next(self, year: int | None) -> None:
        self._finish()
        path = f"{self.relation.name}/year={_NO_YEAR if year is None else year}/part-0.parquet"
        target = self._folder / path
        target.parent.mkdir(parents=True)
        self._paths.append(path)
        self._year = year
        self._file = _File(target, self.relation, self._places, year, dated=True)

    def _finish(self) -> None:
        if self._file is not None:
            self._file.close()
            self._rows += self._file.rows
            self._rounded += self._file.rounded


class _File:
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
        self._waiting: list[Row] = []
        self._writer = pq.ParquetWriter(path, self.schema, compression="zstd")

    def add(self, rows: Sequence[Row]) -> None:
        self._waiting += rows
        while len(self._waiting) >= self._limit:
            self._flush(self._limit)

    def close(self) -> None:
        if self._waiting:
            self._flush(len(self._waiting))
        self._writer.close()

    def _flush(self, number: int) -> None:
        import pyarrow as pa

        group, self._waiting = self._waiting[:number], self._waiting[number:]
        columns = list(zip(*group, strict=True))
        arrays = [
            self._array(columns[place], field.type)
            for place, field in zip(self._places, self.schema, strict=False)
        ]
        if self._dated:
            arrays.append(pa.array([self._year] * number, type=pa.int16()))
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self.schema), row_group_size=number)
        self.rows += number

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
