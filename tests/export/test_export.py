from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from multiprocessing import get_context
from pathlib import Path

import pytest
import yaml

from govcrawl.errors import UsageError
from govcrawl.export import export
from govcrawl.export.files import CsvFile
from govcrawl.export.owed import as_of
from govcrawl.model import Fact, Status
from govcrawl.reports.schema import column_name, load_schema
from govcrawl.store import Selection, Store
from tests.export.fill import FORMULA, fill
from tests.store.make import URL, report, source

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "g.db") as opened:
        fill(opened)
        yield opened


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_csv_holds_every_report_and_fact(store: Store, tmp_path: Path) -> None:
    done = export(store, "csv", tmp_path / "data")
    folder = tmp_path / "data"
    assert (folder / "reports.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    reports = rows(folder / "reports.csv")
    assert [row["year"] for row in reports] == ["2019", "2020", "2021"]
    assert [row["division_code"] for row in reports] == ["", "450703", "990101"]
    assert "text" not in reports[0]
    facts = rows(folder / "facts.csv")
    assert len(facts) == done.tables["facts"] == store.count("facts") == 13
    order = [fact.id for fact in load_schema().all_facts()]
    places = [order.index(row["fact"]) for row in facts if row["id"] == reports[2]["id"]]
    assert places == sorted(places)
    blank = next(row for row in facts if row["fact"] == "proactive.art20_6.coercion:decisions")
    assert (blank["value"], blank["raw"], blank["status"]) == ("", "", "blank")
    zero = next(row for row in facts if row["fact"] == "proactive.art20_6.penalty:decisions")
    assert (zero["value"], zero["raw"], zero["status"]) == ("0", "0", "number")
    assert {row["scope"] for row in reports} == {"own"}
    assert [(row["id"], row["url"]) for row in rows(folder / "sources.csv")] == [
        (row["id"], row["url"]) for row in reports
    ]
    texts = {row["id"]: row["text"] for row in lines(folder / "texts.jsonl")}
    assert texts[reports[2]["id"]] == report().text
    assert {row["outcome"] for row in rows(folder / "checks.csv")} == {"fail", "not_assessable"}


def test_wide_facts_have_a_column_for_each_fact_of_the_schema(store: Store, tmp_path: Path) -> None:
    export(store, "csv", tmp_path / "data")
    wide = rows(tmp_path / "data" / "facts_wide.csv")
    names = [column_name(fact.id) for fact in load_schema().all_facts()]
    assert list(wide[0])[-len(names) :] == names
    assert len(set(names)) == len(names)
    assert wide[2]["proactive_art20_5_license__decisions"] == "12"
    assert wide[2]["proactive_art20_6_penalty__decisions"] == "0"
    assert wide[2]["proactive_art20_6_coercion__decisions"] == ""
    assert wide[2]["application_carried_in__total"] == ""
    assert wide[2]["proactive_art20_8_fees__amount"] == "12.5"
    assert wide[0]["stat2014_proactive_disclosed_total"] == ""


def test_every_rule_that_checks_name_is_explained(store: Store, tmp_path: Path) -> None:
    export(store, "csv", tmp_path / "data")
    told = {row["rule"]: row for row in rows(tmp_path / "data" / "rules.csv")}
    schema = yaml.safe_load((ROOT / "govcrawl/reports/report_schema.yaml").read_text(encoding="utf-8"))
    for identity in schema["identities"]:
        row = told[identity["id"]]
        assert (row["name"], row["severity"]) == (identity["cn"], identity["severity"])
    code = "".join(
        file.read_text(encoding="utf-8")
        for room in ("reports", "store")
        for file in (ROOT / "govcrawl" / room).rglob("*.py")
    )
    named = set(re.findall(r'"([A-Z]\d)"', code))
    assert {"A1", "C1", "Y1"} <= named <= set(told)


def test_jsonl_holds_one_report_a_line(store: Store, tmp_path: Path) -> None:
    export(store, "jsonl", tmp_path / "data")
    hostile, _, last = lines(tmp_path / "data" / "reports.jsonl")
    assert list(last) == ["id", "text", "metadata", "sections", "tables", "attachments"]
    about = last["metadata"]
    assert isinstance(about, dict)
    assert (about["url"], last["text"], about["year"]) == (URL, report().text, 2021)
    assert last["id"] == hashlib.sha256(URL.encode()).hexdigest()[:16]
    assert [section["heading"] for section in last["sections"]] == ["", "一、总体情况"]  # type: ignore[attr-defined]
    assert last["tables"][0]["grid"][0] == ["行政许可", "行政许可", "12"]  # type: ignore[index]
    counts = (about["facts"], about["facts_number"], about["facts_blank"], about["facts_image"])
    assert (*counts, about["checks_fail"]) == (6, 4, 1, 0, 1)
    assert hostile["metadata"]["agency"] == FORMULA  # type: ignore[index]
    assert set(hostile["metadata"]) == set(about)  # type: ignore[call-overload]
    values = {(row["id"], row["fact"]): row["value"] for row in lines(tmp_path / "data" / "facts.jsonl")}
    assert values[last["id"], "proactive.art20_6.coercion:decisions"] is None
    assert values[last["id"], "proactive.art20_8.fees:amount"] == 12.5


def test_no_cell_of_a_csv_runs_as_a_formula(store: Store, tmp_path: Path) -> None:
    export(store, "csv", tmp_path / "data")
    assert rows(tmp_path / "data" / "reports.csv")[0]["agency"] == f"'{FORMULA}"
    assert [row["raw"] for row in rows(tmp_path / "data" / "facts.csv") if row["status"] == "text"] == ["'@x"]
    assert rows(tmp_path / "data" / "findings.csv")[0]["detail"] == "两行\n“引号”,逗号"


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_the_manifest_tells_the_truth(store: Store, tmp_path: Path, kind: str) -> None:
    export(store, kind, tmp_path / "data", Selection("45", (2020, 2021)))
    written = bytes_of(tmp_path / "data")
    manifest = json.loads(written.pop("manifest.json"))
    assert set(manifest["files"]) == set(written)
    for name, about in manifest["files"].items():
        assert about["sha256"] == hashlib.sha256(written[name]).hexdigest()
        assert about["bytes"] == len(written[name])
    query = {name: value for name, value in manifest["query"].items() if value}
    assert query == {"region": "45", "years": [2020, 2021]}
    assert manifest["counts"]["reports"] == manifest["files"][f"reports.{kind}"]["rows"] == 1
    assert manifest["schema_version"] == load_schema().version


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_the_same_database_gives_the_same_bytes(store: Store, tmp_path: Path, kind: str) -> None:
    export(store, kind, tmp_path / "one")
    export(store, kind, tmp_path / "two")
    export(store, kind, tmp_path / "two")
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_the_order_of_storing_makes_no_difference(store: Store, tmp_path: Path) -> None:
    with Store.open(tmp_path / "other.db") as other:
        other.start_run("test", {})
        other.save_report(report(title="a", facts=()), source("http://z.gov.cn/"), run_id=1)
        other.db.conn.executescript(
            "DELETE FROM section_places; DELETE FROM table_places; DELETE FROM check_lists;"
            "DELETE FROM attachments; DELETE FROM sources;"
        )
        for table in ("statements", "findings", "removals", "reports"):
            other.db.conn.execute(f"DELETE FROM {table}")
        other.db.conn.commit()
        fill(other)
        export(other, "csv", tmp_path / "two")
    export(store, "csv", tmp_path / "one")
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_other_peoples_files_are_left_alone(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "data"
    target.mkdir()
    (target / "thesis.doc").write_text("three years of work")
    with pytest.raises(UsageError, match="no earlier export"):
        export(store, "csv", target)
    (target / "thesis.doc").rename(tmp_path / "thesis.doc")
    export(store, "csv", target)
    with pytest.raises(UsageError, match="holds a csv export"):
        export(store, "jsonl", target)
    (tmp_path / "thesis.doc").rename(target / "thesis.doc")
    with pytest.raises(UsageError, match=r"thesis\.doc"):
        export(store, "csv", target)
    assert (target / "thesis.doc").read_text() == "three years of work"
    with pytest.raises(UsageError, match="is a file"):
        export(store, "csv", target / "thesis.doc")
    with pytest.raises(UsageError, match="lies in another export"):
        export(store, "csv", target / "sub")


def test_an_empty_selection_is_told_and_leaves_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="region 11"):
        export(store, "csv", tmp_path / "data", Selection("11"))
    assert sorted(path.name for path in tmp_path.iterdir() if "data" in path.name) == []


def killed(database: Path, folder: Path, limit: int) -> None:
    """An export that dies when it writes to a csv file for the ``limit``-th time."""
    real, left = CsvFile.add, [limit]

    def add(file: CsvFile, rows: Iterable[tuple[object, ...]]) -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        real(file, rows)

    CsvFile.add = add  # type: ignore[method-assign]
    with Store.open(database) as store:
        export(store, "csv", folder)


def test_a_killed_export_leaves_the_earlier_dataset(store: Store, tmp_path: Path) -> None:
    export(store, "csv", tmp_path / "data")
    before = bytes_of(tmp_path / "data")
    for limit in (1, 20, 25):
        child = get_context("fork").Process(target=killed, args=(tmp_path / "g.db", tmp_path / "data", limit))
        child.start()
        child.join()
        assert child.exitcode == -signal.SIGKILL
        assert bytes_of(tmp_path / "data") == before
    export(store, "csv", tmp_path / "data")
    assert bytes_of(tmp_path / "data") == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".data")] == []


def test_a_dataset_on_its_way_out_comes_back(store: Store, tmp_path: Path) -> None:
    export(store, "csv", tmp_path / "data")
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    (tmp_path / "data").rename(tmp_path / f".data.{dead.pid}.old")
    with pytest.raises(UsageError, match="holds a csv export"):
        export(store, "jsonl", tmp_path / "data")
    assert (tmp_path / "data" / "manifest.json").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_place_is_named(store: Store, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(UsageError, match="cannot be written"):
        export(store, "csv", tmp_path / "locked" / "data")


def test_filters_choose_reports(store: Store, tmp_path: Path) -> None:
    sound = report(checks=(), template="2019", agency_type="township", facts=(report().facts[0],), year=2018)
    store.save_report(sound, source(f"{URL}?3"), run_id=1)
    chosen = {
        "types": Selection(agency_types=("township",)),
        "templates": Selection(templates=("2019", "2014")),
        "consistent": Selection(quality=("consistent",)),
    }
    for name, selection in chosen.items():
        export(store, "csv", tmp_path / name, selection)
        assert [row["year"] for row in rows(tmp_path / name / "reports.csv")] == ["2018"], name
    lost = Fact("proactive.art20_5.license:decisions", None, "", Status.AMBIGUOUS)
    store.save_report(report(facts=(lost,), year=2017), source(f"{URL}?4"), run_id=1)
    export(store, "csv", tmp_path / "complete", Selection(quality=("complete",)))
    years = {row["year"] for row in rows(tmp_path / "complete" / "reports.csv")}
    assert years == {"2018", "2019", "2020", "2021"}
    with pytest.raises(UsageError, match="templates free"):
        export(store, "csv", tmp_path / "none", Selection(templates=("free",)))


def test_masking_is_counted_and_leaves_the_database_alone(store: Store, tmp_path: Path) -> None:
    text = "一、总体情况\n\n联系电话：0777-2821234，邮箱a@b.cn。\n\n| 行政许可 | 13800138000 |"
    store.save_report(report(text=text, year=2022), source(f"{URL}?5"), run_id=1)
    export(store, "csv", tmp_path / "data", Selection(years=(2022,)), mask=True)
    (line,) = lines(tmp_path / "data" / "texts.jsonl")
    assert line["text"] == "一、总体情况\n\n联系电话：[电话]，邮箱[邮箱]。\n\n| 行政许可 | 13800138000 |"
    manifest = json.loads((tmp_path / "data" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["masked"]["text"] == {"mail": 1, "phone": 1}
    assert "1 telephone numbers" in (tmp_path / "data" / "README.md").read_text(encoding="utf-8")
    kept = store.db.conn.execute("SELECT text FROM reports WHERE year = 2022").fetchone()
    assert kept == (text,)


def test_a_missing_library_is_named(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, format_ in (("pyarrow", "parquet"), ("duckdb", "duckdb"), ("xlsxwriter", "xlsx")):
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(UsageError, match=rf"{module}.*govcrawl\[dataset\]"):
            export(store, format_, tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_coverage_is_judged_on_the_day_of_the_last_look(tmp_path: Path) -> None:
    with Store.open(tmp_path / "g.db") as store:
        fill(store)
        assert as_of(store).isoformat() == "2026-01-02"


@pytest.mark.parametrize("format_", ["parquet", "dta", "xlsx", "csv"])
def test_integers_beyond_a_double_are_rounded_and_counted(format_: str, tmp_path: Path) -> None:
    total = "application.received_new:total"
    large = (1 << 63) - 1
    with Store.open(tmp_path / "g.db") as store:
        facts = (Fact(total, large, str(large), Status.NUMBER),)
        store.save_report(report(facts=facts), source(), run_id=store.start_run("test", {}))
        export(store, format_, tmp_path / "data")
    told = json.loads((tmp_path / "data" / "manifest.json").read_text(encoding="utf-8"))
    if format_ == "csv":
        assert "numbers_rounded" not in told
        assert rows(tmp_path / "data" / "facts_wide.csv")[0][column_name(total)] == str(large)
    else:
        assert told["numbers_rounded"]["facts_wide"] == (2 if format_ == "dta" else 1)  # a derived one there
        assert "were rounded" in (tmp_path / "data" / "README.md").read_text(encoding="utf-8")
