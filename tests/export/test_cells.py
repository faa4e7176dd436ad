from __future__ import annotations

import csv
import re
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest

from govcrawl.export import export, relations
from govcrawl.export.cells import harmless
from govcrawl.export.files import CsvFile
from govcrawl.export.shown import CONTROLS, hidden, shown_rows
from govcrawl.model import Fact, ReportTable, Section, Status
from govcrawl.store import Store
from tests.store.make import grid, report, source


@pytest.mark.parametrize(
    "cell",
    [
        '=HYPERLINK("http://x")',
        "+1+2",
        "-1+cmd|' /C calc'!A0",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "＝1+1",
        "－5-A1",
        "＋a",
        "＠a",
        "-A1",
        "--1",
        "-5-3",
        "=-",
        "-e5",
        "+1 件",
        "\t-A1",
    ],
)
def test_what_a_spreadsheet_would_run_is_neutralised(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell",
    [
        "-5",
        "+3",
        "-12.3%",
        "-1,234",
        "-0.5",
        "－25",
        "－２５．５％",
        "- 5",
        " -5",
        "-1.5e3",
        "-.5",
        "-",
        "－",
        "--",
        "-—",
        "- -",
        "+",
        "=",
        "@",
        " - ",
        "－－",
        "政府",
        "450703",
        "",
        "3-5",
        None,
        -5,
        -0.5,
        "（=1）",
        "——",
    ],
)
def test_numbers_and_other_text_stay_as_they_are(cell: object) -> None:
    assert harmless(cell) == cell


def test_dashes_stand_in_csv_as_printed(tmp_path: Path) -> None:
    table = relations.facts()
    printed = ["-", "－", "-A1", "－25"]
    file = CsvFile(tmp_path / "facts.csv", table)
    file.add(tuple(raw if name == "raw" else None for name in table.columns) for raw in printed)
    file.close()
    with (tmp_path / "facts.csv").open(encoding="utf-8-sig", newline="") as written:
        assert [row["raw"] for row in csv.DictReader(written)] == ["-", "－", "'-A1", "－25"]


def test_the_docs_name_every_column_that_may_have_an_apostrophe() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "dataset.md").read_text(encoding="utf-8")
    told = page.split("- **csv**")[1].split("- **jsonl**")[0]
    own = (relations.reports(), relations.wide(), *relations.long_tables(), relations.coverage())
    for name in {field.name for table in own for field in table.fields if field.free}:
        assert f"`{name}`" in told


def test_control_characters_stand_in_no_row() -> None:
    rows = [("1\x1b[31m]0;x\x07\x9b", 1), ("\x00=cmd", None), ("两\n行\t格\ufffe", 2)]
    assert list(shown_rows(rows)) == [("1[31m]0;x", 1), ("=cmd", None), ("两\n行\t格", 2)]


HIDDEN = "\x00\x01\x08\x1b\x7f\x9b\ufffe\uffff"


def test_control_characters_are_found_by_their_bytes() -> None:
    for code in (*range(0x3100), *range(0xFF00, 0x10010)):
        assert hidden(f"报{chr(code)}告·") is (CONTROLS.search(chr(code)) is not None), hex(code)


def told(folder: Path, format_: str) -> tuple[str, ...]:
    """Title and agency of the only report of a dataset, in the tool for its format."""
    if format_ == "xlsx":
        rows = openpyxl.load_workbook(folder / "govcrawl.xlsx")["报告 reports"].iter_rows(values_only=True)
        _, names, row = (next(rows) for _ in range(3))
        found = dict(zip(names, row, strict=True))
        return found["title"].rstrip(" "), found["agency"]
    if format_ == "duckdb":
        with duckdb.connect(str(folder / "govcrawl.duckdb"), read_only=True) as db:
            return db.execute("SELECT title, agency FROM reports").fetchall()[0]
    frame = {
        "csv": lambda: pd.read_csv(folder / "reports.csv"),
        "jsonl": lambda: pd.DataFrame(pd.read_json(folder / "reports.jsonl", lines=True).metadata.tolist()),
        "parquet": lambda: pd.read_parquet(folder / "reports"),
        "dta": lambda: pd.read_stata(folder / "govcrawl.dta"),
    }[format_]()
    return frame.title[0], frame.agency[0]


@pytest.mark.parametrize("format_", ["csv", "jsonl", "parquet", "dta", "xlsx", "duckdb"])
def test_every_format_says_the_same_without_control_characters(format_: str, tmp_path: Path) -> None:
    hidden = "\x01\x08\x1b\x7f\x9b\ufffe\uffff"
    text = f"一、总体情况\n\n电话138{hidden}00138000。"
    facts = (Fact("stat2014.proactive.disclosed_total:value", None, f"约{hidden}九\n件", Status.TEXT),)
    found = report(
        title=f"<r>报&告{hidden}</r>", agency=f"民政{hidden}局", text=text, facts=facts,
        tables=(ReportTable(1, "表", grid((f"甲{hidden}", "乙\\b"), ("丙", "1"))),),
        sections=(Section(1, f"一{hidden}", text),),
    )  # fmt: skip
    with Store.open(tmp_path / "g.db") as store:
        store.save_report(found, source(), run_id=store.start_run("test", {}))
        export(store, format_, tmp_path / "out", mask=True)
    assert told(tmp_path / "out", format_) == ("<r>报&告</r>", "民政局")
    for path in (tmp_path / "out").glob("*.jsonl"):
        line = path.read_text(encoding="utf-8")
        assert not CONTROLS.search(line), path
        assert not re.search(r"\\u00(?:0|1|7f|9b)|(?<!\\)\\b|00138000", line), path
