from __future__ import annotations

import csv
from pathlib import Path

import pytest

from govcrawl.export import relations
from govcrawl.export.cells import harmless
from govcrawl.export.fields import Field, Relation, no_rows
from govcrawl.export.files import CsvFile


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


def test_control_characters_stand_in_no_csv_cell(tmp_path: Path) -> None:
    fields = (Field("raw", "text", "", "", free=True), Field("value", "number", "", ""))
    file = CsvFile(tmp_path / "x.csv", Relation("x", "", "", fields, no_rows))
    file.add([("1\x1b[31m]0;x\x07\x9b", 1), ("\x00=cmd", None), ("两\n行\t格", 2)])
    file.close()
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as written:
        told = list(csv.reader(written))
    assert told[1:] == [["1[31m]0;x", "1"], ["'=cmd", ""], ["两\n行\t格", "2"]]
