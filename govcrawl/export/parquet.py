"""Parquet: each table a folder of its own, with a part for each fiscal year (``year=2021``).

The folder's name gives the column ``year``, as Hive does it; readers of single files find the same in
``fiscal_year``. Columns carry their Chinese and English meaning as metadata.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from govcrawl.export import relations
from govcrawl.export.fields import Relation
from govcrawl.export.files import Row
from govcrawl.export.output import Job, Written, require
from govcrawl.export.parquet_file import Block, ParquetFile, block_of
from govcrawl.export.rows import PARTS, ReportRows

_BATCH = 50_000
_NO_YEAR = "__HIVE_DEFAULT_PARTITION__"


@dataclass(frozen=True, slots=True)
class Piece:
    """What was written of a table: its name, files, rows, and how many numbers were rounded."""

    name: str
    paths: tuple[str, ...]
    rows: int
    rounded: int


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
            table.add(report.metadata["year"], block_of(table.relation, report))

    def adopt(self, written: Sequence[Piece]) -> None:
        """Take in the files of later years that another process wrote, table by table."""
        for table, piece in zip(self._tables, written, strict=True):
            assert isinstance(table, _ByYear)
            table.adopt(piece)

    def table(self, relation: Relation, rows: Iterable[Row]) -> None:
        """Write a table of the whole database into one file."""
        file, waiting = _Whole(self._folder, relation), iter(rows)
        while batch := list(islice(waiting, _BATCH)):
            file.add(None, Block(len(batch), rows=batch))
        self._whole.append(file.close())

    def close(self, *, share: bool = False) -> Sequence[Written]:
        """Finish the files; what stands in them. In all but a share a table without rows has a file too."""
        if not share:
            year = min((year for table in self._tables for year in table.years()), default=None)
            for table in self._tables:
                table.be_there(year)
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
        self._file = ParquetFile(folder / f"{relation.name}.parquet", relation, range(len(relation.fields)))

    def add(self, _: int | None, block: Block) -> None:
        self._file.add(block)

    def years(self) -> Iterable[int]:
        """Its file is of no year."""
        return ()

    def be_there(self, _: int | None) -> None:
        """The file is there from the beginning."""

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
        self._file: ParquetFile | None = None
        self._paths: list[str] = []
        self._rows = self._rounded = 0
        self._places = [place for place, field in enumerate(relation.fields) if field.name != "year"]

    def add(self, year: int | None, block: Block) -> None:
        if block.number:
            if self._file is None or year != self._year:
                self._next(year)
            assert self._file is not None
            self._file.add(block)

    def years(self) -> Iterable[int]:
        """The years that a file was written for."""
        named = (path.split("/")[1].removeprefix("year=") for path in self._paths)
        return (int(name) for name in named if name != _NO_YEAR)

    def be_there(self, year: int | None) -> None:
        """Begin a file without rows where there is none: a reader finds every table and its columns."""
        if not self._paths:
            self._next(year)  # a real one, for pandas takes no type from a year that is unknown

    def adopt(self, piece: Piece) -> None:
        if piece.name != self.relation.name:
            raise ValueError(f"{piece.name} is no part of {self.relation.name}")
        self._paths += piece.paths
        self._rows += piece.rows
        self._rounded += piece.rounded

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
        self._file = ParquetFile(target, self.relation, self._places, year, dated=True)

    def _finish(self) -> None:
        if self._file is not None:
            self._file.close()
            self._rows += self._file.rows
            self._rounded += self._file.rounded
