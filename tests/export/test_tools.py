"""Each export opened in the tools of those who use it; the numbers are the database's."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
import yaml

from govcrawl.export.duck_mark import set_mark
from govcrawl.export.duck_memory import zeroed
from govcrawl.export.fields import METADATA
from govcrawl.export.stata import LETTERS
from govcrawl.reports.schema import column_name, load_schema
from tests.export.conftest import Made

PARTS = ("checks", "findings", "statements", "sources", "sections", "tables", "attachments")
TOTAL = "sum(value) FROM facts WHERE status = 'number'"
FACTS = load_schema().all_facts()


def test_parquet_opens_in_pyarrow_pandas_polars_and_duckdb(made: Made) -> None:
    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = made.folder("parquet")
    facts = pq.read_table(folder / "facts")
    assert facts.num_rows == made.count("facts")
    assert facts.schema.field("value").type == pa.float64()
    assert facts.schema.field("raw").metadata[b"name_zh"].decode() == "原文"
    frame = pd.read_parquet(folder / "reports")
    assert len(frame) == made.count("reports")
    assert str(frame["published"].iloc[0]) == made.one(
        "SELECT published FROM reports ORDER BY year, division_code, agency_norm, url"
    )
    assert (frame["year"].astype(int) == frame["fiscal_year"]).all()
    lazily = pl.scan_parquet(folder / "facts/*/*.parquet", hive_partitioning=True)
    received = lazily.filter(pl.col("fact") == "application.received_new:total").collect()
    assert len(received) == made.one(
        "SELECT count(*) FROM facts WHERE fact = 'application.received_new:total'"
    )
    for name in PARTS:
        rows = duckdb.execute(f"SELECT count(*) FROM '{folder}/{name}/*/*.parquet'").fetchone()
        assert rows == (made.count(name),), name
    total = duckdb.execute(f"SELECT sum(value) FROM '{folder}/facts/*/*.parquet'").fetchone()
    assert total == pytest.approx((made.one(f"SELECT {TOTAL}"),))
    assert pq.read_metadata(folder / "coverage.parquet").num_rows > 100
    panel = pq.read_table(folder / "panel.parquet", columns=["report_id", "status"]).to_pylist()
    assert {row["report_id"] for row in panel if row["status"] == "found"} <= set(frame["id"])
    assert any(row["status"] == "found" for row in panel)


def test_duckdb_has_every_table_its_comments_and_views(made: Made) -> None:
    import duckdb

    folder = made.folder("duckdb")
    with duckdb.connect(str(folder / "govcrawl.duckdb"), read_only=True) as db:
        for name in ("reports", "facts", *PARTS):
            assert db.execute(f"SELECT count(*) FROM {name}").fetchone() == (made.count(name),), name
        assert db.execute(f"SELECT {TOTAL}").fetchone() == pytest.approx((made.one(f"SELECT {TOTAL}"),))
        commented = db.execute(
            "SELECT count(*), count(comment) FROM duckdb_columns() WHERE NOT internal "
            "AND table_name IN (SELECT table_name FROM duckdb_tables())"
        ).fetchone()
        assert commented is not None
        assert commented[0] == commented[1] > 300
        failed = db.execute("SELECT count(*) FROM failed_checks").fetchone()
        assert failed == (made.one("SELECT count(*) FROM checks WHERE outcome = 'fail'"),)
        kinds = dict(db.execute("SELECT column_name, column_type FROM (DESCRIBE reports)").fetchall())
        assert (kinds["published"], kinds["first_seen"], kinds["division_code"]) == (
            "DATE", "TIMESTAMP", "VARCHAR",
        )  # fmt: skip
        assert db.execute(
            "SELECT strftime(min(fetched_at), '%Y-%m-%dT%H:%M:%SZ') FROM reports"
        ).fetchone() == (made.one("SELECT min(fetched_at) FROM reports"),)


def test_memory_of_duckdb_is_zeroed_where_it_has_jemalloc() -> None:
    import duckdb

    with zeroed() as ready, duckdb.connect() as db:
        assert ready is (sys.platform == "linux")
        assert db.execute("SELECT sum(range) FROM range(100_000)").fetchone() == (4_999_950_000,)
    with duckdb.connect() as db:
        assert db.execute("SELECT count(*) FROM range(9)").fetchone() == (9,)


def test_a_duckdb_file_is_marked_by_its_contents(made: Made, tmp_path: Path) -> None:
    import duckdb

    file = made.folder("duckdb") / "govcrawl.duckdb"
    manifest = json.loads((file.parent / "manifest.json").read_text(encoding="utf-8"))
    assert len(manifest["contents"]) == 14
    other = shutil.copy(file, tmp_path / "other.duckdb")
    assert set_mark(other, b"0123456789abcdef")
    with duckdb.connect(str(other)) as db:  # it can be read, written to and read again
        db.execute("CREATE TABLE own AS SELECT * FROM reports")
    with duckdb.connect(str(other), read_only=True) as db:
        assert db.execute("SELECT count(*) FROM own").fetchone() == (made.count("reports"),)
    kept = other.read_bytes()
    other.write_bytes(b"\1" + kept[1:])
    assert not set_mark(other, bytes(16))
    assert other.read_bytes()[1:] == kept[1:]


def test_csv_opens_in_pandas_and_polars(made: Made) -> None:
    import pandas as pd
    import polars as pl

    folder = made.folder("csv")
    text = {"id": "string", "division_code": "string", "raw": "string", "note": "string"}
    facts = pd.read_csv(folder / "facts.csv", dtype=text)
    assert len(facts) == made.count("facts")
    assert facts["value"].sum() == pytest.approx(made.one(f"SELECT {TOTAL}"))
    assert int(facts["value"].notna().sum()) == made.one("SELECT count(value) FROM facts")
    wide = pl.read_csv(
        folder / "facts_wide.csv", infer_schema_length=None, schema_overrides={"id": pl.String}
    )
    assert len(wide) == made.count("reports")
    cells = sum(wide[column_name(fact.id)].count() for fact in FACTS)
    known = ", ".join(f"'{fact.id}'" for fact in FACTS)
    assert cells == made.one(f"SELECT count(value) FROM facts WHERE fact IN ({known})")


def test_stata_tells_why_a_value_is_missing(made: Made) -> None:
    import pandas as pd
    from pandas.io.stata import StataMissingValue, StataReader

    path = made.folder("dta") / "govcrawl.dta"
    frame = pd.read_stata(path, convert_missing=True, convert_dates=False)
    assert len(frame) == made.count("reports")
    found = dict.fromkeys(LETTERS.values(), 0)
    numbers = 0
    for fact in FACTS:
        for cell in frame[_stata_names()[fact.id]]:
            if isinstance(cell, StataMissingValue):
                if cell.string != ".":
                    found[cell.string[1:]] += 1
            else:
                numbers += 1
    known = ", ".join(f"'{fact.id}'" for fact in FACTS)
    assert numbers == made.one(f"SELECT count(value) FROM facts WHERE fact IN ({known})")
    for status, letter in LETTERS.items():
        expected = made.one(f"SELECT count(*) FROM facts WHERE status = '{status}' AND fact IN ({known})")
        assert found[letter] == expected, status
    with StataReader(path) as reader:
        assert reader.data_label.startswith("政府信息公开")
        labels = reader.variable_labels()
        assert reader.value_labels()["status"][2147483622] == "blank"
    assert labels["a_recv_tot"] == "一、本年新收政府信息公开申请数量/总计"
    assert max(map(len, labels.values())) <= 80
    assert max(map(len, labels)) <= 32
    assert all(name.isascii() for name in labels)
    plain = pd.read_stata(path)
    assert plain["a_recv_tot"].dtype == "float64"
    assert plain["published"].dt.strftime("%Y-%m-%d").iloc[-1] == made.one(
        "SELECT published FROM reports ORDER BY year DESC, division_code DESC, agency_norm DESC, url DESC"
    )


def _stata_names() -> dict[str, str]:
    from govcrawl.export.names import short

    return {fact.id: short(fact) for fact in FACTS}


def test_the_workbook_opens_in_openpyxl(made: Made) -> None:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        book = openpyxl.load_workbook(made.folder("xlsx") / "govcrawl.xlsx", data_only=False)
    try:
        reports, facts = book["报告 reports"], book["指标 facts"]
        assert reports.max_row - 2 == facts.max_row - 2 == made.count("reports")
        assert [cell.value for cell in reports[2]][: len(METADATA)] == [field.name for field in METADATA]
        cells = [cell for row in facts.iter_rows(min_row=3, min_col=13) for cell in row]
        numbers = [cell for cell in cells if cell.value is not None]
        assert {cell.data_type for cell in numbers} == {"n"}
        assert book["单元格 cells"].max_row - 2 == made.count("facts")
        known = ", ".join(f"'{fact.id}'" for fact in FACTS)
        assert len(numbers) == made.one(f"SELECT count(value) FROM facts WHERE fact IN ({known})")
        texts = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in texts if cell.data_type == "f"]
        failed = made.one("SELECT count(*) FROM checks WHERE outcome = 'fail'")
        others = made.one("SELECT count(*) FROM findings WHERE kind NOT LIKE 'identity_fail:%'")
        assert book["问题 findings"].max_row - 2 == failed + others
    finally:
        book.close()


def test_the_descriptions_name_every_file(made: Made) -> None:
    import yaml

    for format_ in ("csv", "jsonl", "parquet", "dta", "xlsx"):
        folder = made.folder(format_)
        present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        described = {"README.md", "CITATION.cff", "datapackage.json", "croissant.json"}
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        assert set(manifest["files"]) == present - {"manifest.json"}
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        data = present - described - {"manifest.json"}
        assert {resource["path"] for resource in package["resources"]} == data
        croissant = json.loads((folder / "croissant.json").read_text(encoding="utf-8"))
        assert {item["@id"] for item in croissant["distribution"] if "sha256" in item} == data
        citation = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
        assert citation["type"] == "dataset"
        readme = (folder / "README.md").read_text(encoding="utf-8")
        front = yaml.safe_load(readme.split("---")[1])
        assert {item["config_name"] for item in front.get("configs", ())} <= set(manifest["tables"])


@pytest.mark.parametrize("format_", ["parquet", "dta", "xlsx", "duckdb"])
def test_the_same_database_gives_the_same_bytes(made: Made, format_: str) -> None:
    one, two = made.folder(format_), made.folder(format_, "-again")
    names = [path.relative_to(one) for path in sorted(one.rglob("*")) if path.is_file()]
    assert names == [path.relative_to(two) for path in sorted(two.rglob("*")) if path.is_file()]
    for name in names:
        assert (one / name).read_bytes() == (two / name).read_bytes(), name


def test_the_docs_tell_every_table(made: Made) -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "dataset.md").read_text(encoding="utf-8")
    for format_ in ("csv", "jsonl", "parquet", "dta", "xlsx", "duckdb"):
        manifest = json.loads((made.folder(format_) / "manifest.json").read_text(encoding="utf-8"))
        for table in manifest["tables"]:
            assert f"| `{table}` |" in text, (format_, table)


@pytest.mark.soak
def test_the_datasets_library_loads_the_folders(made: Made, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import datasets

        datasets.disable_progress_bars()
        for format_ in ("jsonl", "csv", "parquet"):
            folder = str(made.folder(format_))
            reports = datasets.load_dataset(folder, "reports", split="train", cache_dir=str(tmp_path))
            assert len(reports) == made.count("reports")
            facts = datasets.load_dataset(folder, "facts", split="train", cache_dir=str(tmp_path))
            assert len(facts) == made.count("facts")
            if format_ == "jsonl":
                assert {"id", "text", "metadata"} <= set(reports.column_names)
            _, head, _ = (made.folder(format_) / "README.md").read_text(encoding="utf-8").split("---\n", 2)
            for named in yaml.safe_load(head)["configs"]:
                loaded = datasets.load_dataset(
                    folder, named["config_name"], split="train", cache_dir=str(tmp_path)
                )
                assert len(loaded), named
        streamed = datasets.load_dataset(str(made.folder("jsonl")), "reports", split="train", streaming=True)
        assert next(iter(streamed))["text"]


@pytest.mark.soak
def test_frictionless_finds_the_package_valid(made: Made) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import frictionless

        for format_ in ("csv", "jsonl", "parquet", "dta", "xlsx"):
            report = frictionless.validate(str(made.folder(format_) / "datapackage.json"))
            assert report.valid, report.flatten(["name", "type", "message"])[:5]
        package = frictionless.Package(str(made.folder("csv") / "datapackage.json"))
        assert len(package.get_resource("facts-csv").read_rows()) == made.count("facts")


@pytest.mark.soak
@pytest.mark.parametrize("format_", ["csv", "jsonl", "parquet", "dta", "xlsx", "duckdb"])
def test_croissant_finds_the_description_valid(made: Made, format_: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import mlcroissant

        dataset = mlcroissant.Dataset(jsonld=str(made.folder(format_) / "croissant.json"))
        issues = dataset.metadata.ctx.issues
        assert not issues.errors, issues.report()
        if format_ in {"csv", "jsonl", "parquet"}:
            assert sum(1 for _ in dataset.records("facts")) == made.count("facts")


R = """
facts <- read.csv("facts.csv", fileEncoding = "UTF-8-BOM", colClasses = c(id = "character", division_code = "character"))
reports <- read.csv("reports.csv", fileEncoding = "UTF-8-BOM", colClasses = c(id = "character"))
cat(nrow(facts), sum(facts$value, na.rm = TRUE), nrow(reports), names(reports)[1])
"""


@pytest.mark.soak
@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_csv_opens_in_r(made: Made) -> None:
    done = subprocess.run(
        ["Rscript", "-e", R], cwd=made.folder("csv"), capture_output=True, text=True, check=True,
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    facts, total, reports, first = done.stdout.split()
    assert (int(facts), int(reports), first) == (made.count("facts"), made.count("reports"), "id")
    assert float(total) == pytest.approx(made.one(f"SELECT {TOTAL}"), rel=1e-5)


def records(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_codebook_explains_every_column(made: Made) -> None:
    for format_ in ("csv", "parquet"):
        folder = made.folder(format_)
        book = records(folder / "codebook.csv")
        assert all(row["name"] and row["name_en"] for row in book)
        if format_ == "csv":
            for table in ("reports", "facts_wide", "harmonised", "facts", "checks", "coverage"):
                with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
                    columns = next(csv.reader(file))
                assert [row["column"] for row in book if row["table"] == table] == columns
    told = {row["fact"]: row for row in book if row["table"] == "facts_wide" and row["fact"]}
    assert told["application.received_new:total"]["templates"] == "2019;2021"
    assert told["application.received_new:total"]["comparable"] == "the same in 2019 and 2021"
    assert told["proactive.art20_1.rules:issued"]["comparable"] == "2021 only"
    assert "本年制发件数" in told["proactive.art20_1.rules:issued"]["name"]
    assert told["proactive.art20_8.fees:amount"]["unit"] == "万元"
    derived = [row for row in book if row["derived"] == "yes"]
    assert {row["table"] for row in derived} == {"harmonised"}
    assert all(row["rule"] and row["column"].startswith("derived_") for row in derived)
