from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from govcrawl.errors import UsageError
from govcrawl.export import FORMATS, export
from govcrawl.model import Fact, Finding, Status
from govcrawl.reports.schema import column_name, load_schema
from govcrawl.store import Selection, Store
from tests.store.make import URL, report, source

FORMULA = '=HYPERLINK("http://evil.example/","点这里")'
ROOT = Path(__file__).resolve().parents[2]


def fill(store: Store) -> None:
    store.start_run("test", {})
    store.save_report(report(), source(), run_id=1)
    store.save_report(report(title="二〇二〇", year=2020), source(f"{URL}?2", division="450703"), run_id=1)
    hostile = report(
        agency=FORMULA,
        year=2019,
        facts=(Fact("stat2014.proactive.disclosed_total:value", None, "@x", Status.TEXT),),
        findings=(Finding("odd", "a", "两行\n“引号”,逗号"),),
    )
    store.save_report(hostile, source(f"{URL}?0", division=None), run_id=1)


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
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_csv_holds_every_report_and_fact(store: Store, tmp_path: Path) -> None:
    done = export(store, "csv", tmp_path / "data")
    folder = tmp_path / "data"
    assert (folder / "reports.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    reports = rows(folder / "reports.csv")
    assert [row["year"] for row in reports] == ["2021", "2019", "2020"]
    assert [row["division_code"] for row in reports] == ["990101", "", "450703"]
    assert "text" not in reports[0]
    facts = rows(folder / "facts.csv")
    assert len(facts) == done.files["facts.csv"] == store.count("facts") == 13
    order = [fact.id for fact in load_schema().all_facts()]
    places = [order.index(row["fact"]) for row in facts if row["id"] == reports[0]["id"]]
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
    assert texts[reports[0]["id"]] == report().text
    assert {row["outcome"] for row in rows(folder / "checks.csv")} == {"fail", "not_assessable"}


def test_wide_facts_have_a_column_for_each_fact_of_the_schema(store: Store, tmp_path: Path) -> None:
    export(store, "csv", tmp_path / "data")
    wide = rows(tmp_path / "data" / "facts_wide.csv")
    names = [column_name(fact.id) for fact in load_schema().all_facts()]
    assert list(wide[0])[-len(names) :] == names
    assert len(set(names)) == len(names)
    assert wide[0]["proactive_art20_5_license__decisions"] == "12"
    assert wide[0]["proactive_art20_6_penalty__decisions"] == "0"
    assert wide[0]["proactive_art20_6_coercion__decisions"] == ""
    assert wide[0]["application_carried_in__total"] == ""
    assert wide[0]["proactive_art20_8_fees__amount"] == "12.5"
    assert wide[1]["stat2014_proactive_disclosed_total"] == ""


def test_the_codebook_explains_every_column_of_the_wide_table(store: Store, tmp_path: Path) -> None:
    export(store, "csv", tmp_path / "data")
    book = rows(tmp_path / "data" / "codebook.csv")
    assert [row["column"] for row in book] == list(rows(tmp_path / "data" / "facts_wide.csv")[0])
    told = {row["fact"]: row for row in book}
    assert told["application.received_new:total"]["templates"] == "2019;2021"
    assert told["proactive.art20_1.rules:issued"]["templates"] == "2021"
    assert "本年制发件数" in told["proactive.art20_1.rules:issued"]["name"]
    assert told["proactive.art20_8.fees:amount"]["unit"] == "万元"


@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_every_rule_that_checks_name_is_explained(store: Store, tmp_path: Path, format_: str) -> None:
    export(store, format_, tmp_path / "data")
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
    first, hostile, _ = lines(tmp_path / "data" / "reports.jsonl")
    assert (first["url"], first["text"], first["year"]) == (URL, report().text, 2021)
    assert first["id"] == hashlib.sha256(URL.encode()).hexdigest()[:16]
    assert [section["heading"] for section in first["sections"]] == ["", "一、总体情况"]  # type: ignore[attr-defined]
    assert first["tables"][0]["grid"][0] == ["行政许可", "行政许可", "12"]  # type: ignore[index]
    counts = first["counts"]
    assert isinstance(counts, dict)
    assert (counts["facts"], counts["facts_number"], counts["facts_blank"], counts["checks_fail"]) == (
        6,
        4,
        1,
        1,
    )
    assert hostile["agency"] == FORMULA
    values = {(row["id"], row["fact"]): row["value"] for row in lines(tmp_path / "data" / "facts.jsonl")}
    assert values[first["id"], "proactive.art20_6.coercion:decisions"] is None
    assert values[first["id"], "proactive.art20_8.fees:amount"] == 12.5


def test_no_cell_of_a_csv_runs_as_a_formula(store: Store, tmp_path: Path) -> None:
    export(store, "csv", tmp_path / "data")
    assert rows(tmp_path / "data" / "reports.csv")[1]["agency"] == f"'{FORMULA}"
    assert [row["raw"] for row in rows(tmp_path / "data" / "facts.csv") if row["status"] == "text"] == ["'@x"]
    assert rows(tmp_path / "data" / "findings.csv")[1]["detail"] == "两行\n“引号”,逗号"


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_the_manifest_tells_the_truth(store: Store, tmp_path: Path, kind: str) -> None:
    export(store, kind, tmp_path / "data", Selection("45", (2020, 2021)))
    written = bytes_of(tmp_path / "data")
    manifest = json.loads(written.pop("manifest.json"))
    assert set(manifest["files"]) == set(written)
    for name, about in manifest["files"].items():
        assert about["sha256"] == hashlib.sha256(written[name]).hexdigest()
        assert about["bytes"] == len(written[name])
    assert manifest["query"] == {"region": "45", "years": [2020, 2021]}
    assert manifest["counts"]["reports"] == manifest["files"][f"reports.{kind}"]["rows"] == 1
    assert manifest["schema_version"] == load_schema().version


@pytest.mark.parametrize("kind", sorted(FORMATS))
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
            "DELETE FROM sections; DELETE FROM tables; DELETE FROM attachments; DELETE FROM sources;"
        )
        for table in ("statements", "checks", "findings", "removals", "reports"):
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


def test_an_empty_selection_is_told_and_leaves_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="region 11"):
        export(store, "csv", tmp_path / "data", Selection("11"))
    assert sorted(path.name for path in tmp_path.iterdir() if "data" in path.name) == []


_KILLED = textwrap.dedent(
    """
    import os, signal, sys
    from pathlib import Path
    from govcrawl.export import export
    from govcrawl.export.files import HashedFile
    from govcrawl.store import Store

    real, left = HashedFile.write, [int(sys.argv[3])]

    def write(file, text):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(file, text)

    HashedFile.write = write
    with Store.open(Path(sys.argv[1])) as store:
        export(store, "csv", Path(sys.argv[2]))
    """
)


def test_a_killed_export_leaves_the_earlier_dataset(store: Store, tmp_path: Path) -> None:
    export(store, "csv", tmp_path / "data")
    before = bytes_of(tmp_path / "data")
    for limit in (1, 5, 20, 30):
        done = subprocess.run(
            [sys.executable, "-c", _KILLED, str(tmp_path / "g.db"), str(tmp_path / "data"), str(limit)],
            cwd=ROOT,
            capture_output=True,
        )
        assert done.returncode == -signal.SIGKILL, done.stderr
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
