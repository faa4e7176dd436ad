from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import govcrawl
from govcrawl.errors import UsageError
from govcrawl.library import Database
from govcrawl.model import Portal
from govcrawl.store import Store
from tests.store.make import report, source

RECEIVED = "application.received_new:total"
DOCS = Path(__file__).resolve().parents[2] / "docs"
PORTAL = Portal("qinbei", "钦北区", "http://www.qinbei.gov.cn/", "450703", "county")


def url(year: int) -> str:
    return f"http://www.qinbei.gov.cn/nb/{year}.html"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library") / "output"
    folder.mkdir()
    with Store.open(folder / "govcrawl.db") as store:
        run = store.start_run("crawl", {"region": "4507"})
        store.note_portal_run(run, PORTAL, outcome="complete", counts={})
        for year in (2019, 2020, 2021, 2023):
            made = report(
                title=f"钦北区教育局{year}年政府信息公开工作年度报告", year=year, agency="钦北区教育局",
                agency_norm="教育局", agency_type="department", text=f"{year}年共公开信息{year}条。",
            )  # fmt: skip
            store.save_report(made, source(url(year), str(year).encode(), division="450703"), run_id=run)
        changed = report(
            title="改过的报告", year=2023, agency="钦北区教育局", agency_norm="教育局", text="改了。"
        )
        store.save_report(changed, source(url(2023), b"changed", division="450703"), run_id=run)
        store.db.conn.execute("UPDATE reports SET portal = 'qinbei'")
        store.db.conn.commit()
    return folder


@pytest.fixture
def db(output: Path) -> Iterator[Database]:
    with govcrawl.open(output) as opened:
        yield opened


def test_reports_are_typed_and_filtered(db: Database) -> None:
    assert [(row.year, row.agency_norm, row.url) for row in db.reports()] == [
        (year, "教育局", url(year)) for year in (2019, 2020, 2021, 2023)
    ]
    assert [row.year for row in db.reports(years=(2019, 2023), agency="教 育")] == [2019, 2023]
    assert db.reports(region="11").list() == []
    assert db.reports(template="2014").list() == []
    assert db.reports(years=()).list() == []
    with pytest.raises(UsageError, match="beginning of a division code"):
        db.reports(region="广西")


def test_facts_keep_what_is_no_number_apart_from_zero(db: Database) -> None:
    cells = {row.fact: row for row in db.facts(years=2021)}
    assert (cells[RECEIVED].value, cells[RECEIVED].raw) == (3, "３")
    assert cells["proactive.art20_6.penalty:decisions"].value == 0
    blank = cells["proactive.art20_6.coercion:decisions"]
    assert (blank.value, blank.status) == (None, "blank")
    assert [row.year for row in db.facts(RECEIVED)] == [2019, 2020, 2021, 2023]
    with pytest.raises(UsageError, match=r"holds no fact 'application\.received'"):
        db.facts("application.received")


def test_checks_statements_and_runs(db: Database) -> None:
    assert {row.outcome for row in db.checks(years=2019)} == {"fail", "not_assessable"}
    assert [row.rule for row in db.checks(outcome="fail", rule="A1", years=2019)] == ["A1"]
    assert [(row.fact, row.value) for row in db.statements(years=2020)] == [(RECEIVED, 3)]
    assert [(row.command, row.verdict) for row in db.runs()] == [("crawl", None)]


def test_a_report_with_everything(db: Database) -> None:
    whole = db.report(url(2023))
    assert db.report(whole.row.id) == whole
    assert (whole.row.title, whole.text, whole.source) == ("改过的报告", "改了。", url(2023))
    assert [version.text for version in whole.versions] == ["2023年共公开信息2023条。"]
    assert whole.tables[0].grid == (("行政许可", "行政许可", "12"), ("行政处罚", "", "0"))
    assert [section.number for section in whole.sections] == [0, 1]
    assert [found.url for found in whole.sources] == [url(2023)]
    assert whole.value(RECEIVED) == 3
    with pytest.raises(KeyError):
        whole.value("no.such:fact")
    with pytest.raises(UsageError, match="no report 99"):
        db.report(99)


def test_reports_can_be_opened_while_others_are_read(db: Database) -> None:
    assert [len(db.report(row.id).facts) for row in db.reports()] == [6, 6, 6, 6]


def test_search_coverage_panel_and_series(db: Database) -> None:
    assert db.search("改了", years=2023).total == 1
    assert db.search("改了", template=("2021", "2014")).total == 1
    assert db.search("改了", template="free").total == 0
    today = date(2024, 6, 1)
    by_year = {
        row.year: row.status
        for row in db.coverage(today=today, years=range(2019, 2024))
        if row.body == "教育局"
    }
    assert by_year == {2019: "found", 2020: "found", 2021: "found", 2022: "missing", 2023: "found"}
    rows = [row for row in db.panel(today=today, years=range(2019, 2024)) if row.body_id == "450703:教育局"]
    assert [(row.year, row.status, row.reports) for row in rows][2:4] == [
        (2021, "found", 1),
        (2022, "missing", 0),
    ]
    series = db.series("450703:教育局", RECEIVED, years=range(2021, 2024)).list()
    assert [(row.year, row.value, row.cell) for row in series] == [
        (2021, 3, "number"), (2022, None, None), (2023, 3, "number")
    ]  # fmt: skip


def test_nothing_is_written_and_a_writer_is_not_waited_for(output: Path, db: Database) -> None:
    before = db.reports().list()
    with Store.open(output / "govcrawl.db") as writer:
        writer.db.conn.execute("BEGIN IMMEDIATE")
        writer.db.conn.execute("UPDATE reports SET agency = 'x'")
        assert db.reports().list() == before
        writer.db.conn.rollback()
    with pytest.raises(Exception, match="readonly"):
        db._store.start_run("x", {})


def test_what_cannot_be_opened_says_so_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such database"):
        govcrawl.open(tmp_path)
    (tmp_path / "govcrawl.db").write_bytes(b"no database at all")
    with pytest.raises(UsageError, match="is not an SQLite database"):
        govcrawl.open(tmp_path)
    with Store.open(tmp_path / "old.db") as store:
        store.db.conn.execute("PRAGMA user_version=3")
    with pytest.raises(UsageError, match="older govcrawl; run `govcrawl status"):
        govcrawl.open(tmp_path / "old.db")


def test_a_missing_library_is_named_with_its_extra(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pandas", "polars"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UsageError, match=r"pandas is not installed.*govcrawl\[frames\]"):
        db.reports().pandas()
    with pytest.raises(UsageError, match=r"polars is not installed"):
        db.reports().polars()


def test_frames_keep_types(db: Database) -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    frame = db.facts().pandas()
    assert frame["division_code"].tolist() == ["450703"] * len(frame)
    assert frame["value"].isna().sum() == 8
    assert str(frame["year"].dtype) == "Int64"
    other = db.facts().polars()
    assert other.schema["value"] == polars.Float64
    assert other["value"].null_count() == 8
    assert db.reports(region="11").pandas().columns.tolist() == list(db.reports().columns)
    assert db.reports(region="11").polars().shape == (0, 19)
    assert isinstance(frame, pandas.DataFrame)


@pytest.mark.parametrize("page", ["library.md", "panel.md"])
def test_the_examples_of_the_docs_run(
    page: str,
    output: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    monkeypatch.chdir(output.parent)
    text = (DOCS / page).read_text(encoding="utf-8")
    for name, body in re.findall(r"^```(\w*)\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        if not name and body.startswith("division_code"):
            Path("renames.csv").write_text(body, encoding="utf-8")
    names: dict[str, object] = {}
    for body in re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        exec(compile(body, page, "exec"), names)
    assert page != "library.md" or "钦北区教育局" in capsys.readouterr().out


def test_what_would_find_nothing_for_its_spelling_is_refused(db: Database) -> None:
    for asked, told in (
        (lambda: db.reports(years="2021"), "year '2021' is no whole number"),  # type: ignore[arg-type]
        (lambda: db.facts(years=["2021"]), "year '2021' is no whole number"),  # type: ignore[list-item]
        (lambda: db.panel(years=[2021.5]), "year 2021.5 is no whole number"),  # type: ignore[list-item]
        (lambda: db.reports(template="2020"), "template '2020' is none of 2014, 2019, 2021, free"),
        (lambda: db.checks(outcome="failed"), "outcome 'failed' is none of pass, fail, not_assessable"),
        (lambda: db.checks(rule="A9"), "rule 'A9' is none of A1"),
        (lambda: db.search("公开", parts=["text"]), "part 'text' is none of title, prose, tables"),
    ):
        with pytest.raises(UsageError, match=re.escape(told)):
            asked()


def test_years_of_numpy_are_years(db: Database) -> None:
    numpy = pytest.importorskip("numpy")
    assert [row.year for row in db.reports(years=numpy.array([2019, 2021]))] == [2019, 2021]


def test_a_closed_database_says_so(output: Path) -> None:
    with govcrawl.open(output) as opened:
        rows = opened.reports()
    for asked in (rows.list, lambda: opened.search("公开"), lambda: opened.report(1)):
        with pytest.raises(UsageError, match="was closed"):
            asked()
    opened.close()
