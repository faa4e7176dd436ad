"""Parquet files are the same however their rows come."""

from __future__ import annotations

import warnings
from array import array
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from govcrawl.export import export, parquet_file, relations
from govcrawl.export.fields import Field, Relation, no_rows
from govcrawl.export.parquet import tables
from govcrawl.export.parquet_file import Block, ParquetFile
from govcrawl.export.rows import report_rows
from govcrawl.store import Store
from tests.export.conftest import Made
from tests.store.make import report, source

_FIELDS = (
    Field("name", "text", "名", "name"),
    Field("number", "number", "数", "number"),
    Field("day", "date", "日", "day"),
)
_ROWS = [
    (f"第{n}", None if n % 5 == 0 else n * 10**n, f"2024-01-{n + 1:02}" if n % 3 else None) for n in range(25)
]


def _written(path: Path, blocks: list[Block]) -> ParquetFile:
    file = ParquetFile(path, Relation("made", "造", "made", _FIELDS, no_rows), range(3), 2024, dated=True)
    for block in blocks:
        file.add(block)
    file.close()
    return file


def test_row_groups_do_not_depend_on_how_rows_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_file, "_CELLS", 21)  # seven rows
    whole = _written(tmp_path / "whole", [Block(25, rows=_ROWS)])
    monkeypatch.setattr(parquet_file, "_PIECE", 4)
    single = _written(tmp_path / "single", [Block(0), *(Block(1, rows=[row]) for row in _ROWS)])
    columns = [Block(5, columns=list(zip(*_ROWS[n : n + 5], strict=True))) for n in range(0, 25, 5)]
    by_column = _written(tmp_path / "columns", columns)
    assert whole.rounded == single.rounded == by_column.rounded > 0
    assert (tmp_path / "single").read_bytes() == (tmp_path / "whole").read_bytes()
    assert (tmp_path / "columns").read_bytes() == (tmp_path / "whole").read_bytes()
    about = pq.ParquetFile(tmp_path / "whole").metadata
    assert [about.row_group(n).num_rows for n in range(about.num_row_groups)] == [7, 7, 7, 4]
    assert pq.read_table(tmp_path / "whole").column("name").to_pylist() == [name for name, *_ in _ROWS]


def test_facts_are_the_same_by_rows_and_by_columns(made: Made) -> None:
    keys = array("q", (row["id"] for row in made.store.reports()))
    facts, seen = relations.facts(), 0
    assert facts.by_column is not None
    for one in report_rows(made.store, keys, None):
        rows = list(facts.rows(one))
        assert list(zip(*facts.by_column(one), strict=True)) == rows
        seen += len(rows)
    assert seen == made.one("SELECT count(*) FROM facts")


def test_a_table_without_rows_is_there_with_its_columns(tmp_path: Path) -> None:
    import duckdb
    import pandas as pd
    import polars as pl

    with Store.open(tmp_path / "g.db") as store:
        run = store.start_run("crawl", {})
        store.save_report(report(attachments=()), source(), run_id=run)
        export(store, "parquet", tmp_path / "data")
    assert len(list((tmp_path / "data").glob("*/*/*.parquet"))) == len(tables())
    folder = tmp_path / "data" / "attachments"
    frame = pd.read_parquet(folder)
    assert (len(frame), {"id", "url", "filename", "year", "fiscal_year"} <= set(frame.columns)) == (0, True)
    assert pl.scan_parquet(folder / "*/*.parquet", hive_partitioning=True).collect().is_empty()
    assert duckdb.execute(f"SELECT count(*) FROM '{folder}/*/*.parquet'").fetchone() == (0,)


@pytest.mark.soak
def test_a_table_without_rows_opens_where_folders_are_described(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import frictionless
        import mlcroissant

        with Store.open(tmp_path / "g.db") as store:
            run = store.start_run("crawl", {})
            store.save_report(report(attachments=()), source(), run_id=run)
            export(store, "parquet", tmp_path / "data")
        told = frictionless.validate(str(tmp_path / "data/datapackage.json"))
        assert told.valid, told.flatten(["name", "type", "message"])[:5]
        described = mlcroissant.Dataset(jsonld=str(tmp_path / "data/croissant.json"))
        assert (not described.metadata.ctx.issues.errors, list(described.records("attachments"))) == (
            True,
            [],
        )
