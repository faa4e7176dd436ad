from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from govcrawl.cli import main
from govcrawl.store import Store
from tests.store.make import report, source


@pytest.fixture
def output(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "govcrawl.db") as store:
        run = store.start_run("crawl", {})
        for year in (2021, 2022):
            made = report(
                year=year,
                title=f"民政局{year}年报告",
                text=f"“二维码”上墙{year}次。",
                agency_norm=f"局{year}",
            )
            store.save_report(made, source(f"http://a.gov.cn/{year}", str(year).encode()), run_id=run)
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["search", *map(str, arguments)])


def test_json_tells_where_the_words_stand(output: Path) -> None:
    told = json.loads(run('"二维码"上', "--format", "json", "--output", output).stdout)
    assert (told["query"], told["total"]) == ('"二维码"上', 2)
    first = told["hits"][0]
    assert (first["year"], first["part"]) == (2022, "prose")
    assert first["snippet"][first["start"] : first["end"]] == "“二维码”上"


def test_csv_and_filters(output: Path) -> None:
    done = run(
        "二维",
        "--format",
        "csv",
        "--year",
        2021,
        "--region",
        99,
        "--template",
        2021,
        "--agency",
        "民政",
        "--output",
        output,
    )
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["year"], row["url"]) for row in rows] == [("2021", "http://a.gov.cn/2021")]
    assert "0 reports" in run("二维", "--in", "title", "--output", output).output
    assert "0 reports" in run("二维", "--template", "free", "--output", output).output


def test_a_table_marks_the_words_and_tells_how_many_there_are(output: Path) -> None:
    done = run("码", "--limit", 1, "--output", output)
    assert "“二维[码]”上墙2022次。" in done.stdout
    assert "2 reports; the first 1 are shown" in done.stdout


def test_an_empty_query_is_wrong_usage(output: Path) -> None:
    done = run(" ", "--output", output)
    assert (done.exit_code, "the query is empty" in done.output) == (2, True)


@pytest.mark.parametrize("filters", [("--agency", "民证"), ("--year", 1999), ("--region", 12)])
def test_filters_that_no_report_matches_are_told(output: Path, filters: tuple[object, ...]) -> None:
    told = run("二维", *filters, "--output", output)
    assert (told.exit_code, "No report at all matches the filters" in told.stderr) == (0, True)
    assert "No report at all" not in run("没有的话", "--agency", "民政", "--output", output).stderr
