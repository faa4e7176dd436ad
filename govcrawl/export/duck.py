"""DuckDB: one file with every table, views on them, and comments on the columns.

The tables are made of Parquet files, which are written first and removed afterwards. The same database gives
the same file where DuckDB's memory can be had zeroed, on Linux; elsewhere the hash of each table in the
manifest is the same.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from govcrawl.export.duck_mark import set_mark
from govcrawl.export.duck_memory import zeroed
from govcrawl.export.fields import Relation
from govcrawl.export.files import Row
from govcrawl.export.output import Job, Written, require
from govcrawl.export.parquet import ParquetOutput
from govcrawl.export.rows import ReportRows

if TYPE_CHECKING:
    import duckdb

NAME = "govcrawl.duckdb"
_PARTS = ".parquet"
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1, "memory_limit": "500MB",
}  # fmt: skip
_UNCLEAN = "DICT_FSST,ALP,ALPRD,BITPACKING"
"""Compressions that pack what happened to stand beside the values."""
_VIEWS = {
    "numbers": "SELECT f.id, r.division_code, r.agency, r.agency_norm, r.agency_type, r.scope, r.year, "
    "f.fact, f.value, f.unit, r.url FROM facts f JOIN reports r USING (id) WHERE f.status = 'number'",
    "failed_checks": "SELECT r.division_code, r.agency, r.year, c.rule, c.subject, c.expected, c.actual, "
    "r.url FROM checks c JOIN reports r USING (id) WHERE c.outcome = 'fail'",
    "coverage_by_year": "SELECT year, status, count(*) AS bodies FROM coverage GROUP BY ALL ORDER BY ALL",
}
_ABOUT = {
    "numbers": "cells that hold a number, with the body and the source",
    "failed_checks": "where a report contradicts itself or others, with the source",
    "coverage_by_year": "bodies by year and by where their report stands",
}


class DuckOutput:
    """A dataset in one DuckDB file."""

    parts = ParquetOutput.parts

    def __init__(self, job: Job) -> None:
        try:
            import duckdb  # noqa: F401
        except ImportError as error:
            raise require("duckdb", error) from error
        self._folder = job.folder
        self._parts = job.folder / _PARTS
        self._parts.mkdir()
        self._parquet = ParquetOutput(replace(job, folder=self._parts), by_year=False)

    def report(self, report: ReportRows) -> None:
        """Write what a report gives to each table."""
        self._parquet.report(report)

    def table(self, relation: Relation, rows: Iterable[Row]) -> None:
        """Write a table that is made of the whole database."""
        self._parquet.table(relation, rows)

    def close(self) -> Sequence[Written]:
        """Make the file; what stands in it."""
        import duckdb
        import pyarrow as pa

        written = self._parquet.close()
        pa.default_memory_pool().release_unused()  # what it keeps for later would come on top of DuckDB's own
        with zeroed(), duckdb.connect(str(self._folder / NAME), config=_CONFIG) as db:
            db.execute("SET enable_progress_bar = false")
            db.execute(f"SET disabled_compression_methods = '{_UNCLEAN}'")
            db.execute(f"SET temp_directory = '{_quoted(str(self._folder / '.spill'))}'")
            for table in written:
                db.execute("BEGIN")  # of several tables in one, the order of writing them is left to chance
                self._load(db, table)
                db.execute("COMMIT")
            for name, query in _VIEWS.items():
                db.execute(f"CREATE VIEW {name} AS {query}")
                db.execute(f"COMMENT ON VIEW {name} IS '{_quoted(_ABOUT[name])}'")
            db.execute("CHECKPOINT")
        found = [
            replace(table, paths=(), inside=NAME, contents=contents_of(self._parts, table.paths))
            for table in written
        ]
        contents = "".join(table.contents for table in found).encode()
        set_mark(self._folder / NAME, hashlib.sha256(contents).digest()[:16])
        shutil.rmtree(self._parts)
        shutil.rmtree(self._folder / ".spill", ignore_errors=True)
        return found

    def _load(self, db: duckdb.DuckDBPyConnection, table: Written) -> None:
        """Create one table from its files, in their order."""
        name, fields = table.relation.name, table.relation.fields
        kinds = {"whole": "INTEGER", "number": "DOUBLE", "date": "DATE", "time": "TIMESTAMP"}
        text = "VARCHAR USING COMPRESSION zstd"
        columns = ", ".join(f'"{field.name}" {kinds.get(field.kind, text)}' for field in fields)
        db.execute(f'CREATE TABLE "{name}" ({columns})')
        names = ", ".join(
            f'"{field.name}"' + (" AT TIME ZONE 'UTC'" if field.kind == "time" else "") for field in fields
        )
        for path in table.paths:
            db.execute(
                f'INSERT INTO "{name}" SELECT {names} FROM read_parquet(?)',  # noqa: S608
                [str(self._parts / path)],
            )
        db.execute(f"COMMENT ON TABLE \"{name}\" IS '{_quoted(_both(table.relation))}'")
        for field in fields:
            told = " · ".join(filter(None, (field.chinese, field.english, field.unit, field.rule)))
            db.execute(f'COMMENT ON COLUMN "{name}"."{field.name}" IS \'{_quoted(told)}\'')


def contents_of(folder: Path, paths: Sequence[str]) -> str:
    """A hash of a table's contents: of the files that it is made of, in their order."""
    digest = hashlib.sha256()
    for path in paths:
        with (folder / path).open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def _both(relation: Relation) -> str:
    return f"{relation.chinese} · {relation.english}"


def _quoted(text: str) -> str:
    return text.replace("'", "''")
