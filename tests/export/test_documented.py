"""Every example of docs/dataset.md, run on exports of the tests' own database."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.export.conftest import Made

PAGE = Path(__file__).resolve().parents[2] / "docs" / "dataset.md"
FOLDERS = {"dataset": "csv", "dataset-parquet": "parquet", "texts": "jsonl", "panel": "dta"}
RECEIVED = "application.received_new:total"
NUMBERS = f"FROM facts WHERE fact = '{RECEIVED}' AND status = 'number'"


def examples(language: str) -> list[str]:
    page = PAGE.read_text(encoding="utf-8")
    return [body for name, body in re.findall(r"^```(\w*)\n(.*?)^```", page, re.M | re.S) if name == language]


def example(language: str, word: str) -> str:
    (found,) = (body for body in examples(language) if word in body)
    return found


@pytest.fixture
def here(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which the exports stand under the names that the page uses."""
    for name, format_ in FOLDERS.items():
        (tmp_path / name).symlink_to(made.folder(format_), target_is_directory=True)
    (tmp_path / "govcrawl.duckdb").symlink_to(made.folder("duckdb") / "govcrawl.duckdb")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ran(code: str) -> Mapping[str, Any]:
    names: dict[str, Any] = {}
    exec(compile(code, PAGE.name, "exec"), names)
    return names


def test_pandas(made: Made, here: Path) -> None:
    names = ran(example("python", "import pandas"))
    assert len(names["reports"]) == len(names["texts"]) == made.count("reports")
    assert names["received"].value.sum() == made.one(f"SELECT sum(value) {NUMBERS}")
    told = names["lenient"].value.notna().sum()
    assert told == made.one(
        "SELECT count(*) FROM facts WHERE status IN ('number', 'blank', 'dash', 'none_word')"
    )


def test_polars(made: Made, here: Path) -> None:
    names = ran(example("python", "import polars"))
    since = f"{NUMBERS} AND report_id IN (SELECT id FROM reports WHERE year >= 2019)"
    assert names["received"]["value"].sum() == made.one(f"SELECT sum(value) {since}")


def test_duckdb(made: Made, here: Path) -> None:
    import duckdb

    found = []
    for line in example("", "duckdb -c").splitlines():
        program, *file, _, query = shlex.split(line)
        assert program == "duckdb"
        with duckdb.connect(*file, read_only=bool(file)) as db:
            found.append(db.execute(query).fetchall())
    cells, sums = found
    assert sum(row[-1] for row in cells) == made.count("facts")
    own = f"{NUMBERS} AND report_id IN (SELECT id FROM reports WHERE scope = 'own')"
    assert sum(row[1] for row in sums) == made.one(f"SELECT sum(value) {own}")


def test_stata_has_the_variables(here: Path) -> None:
    import pandas as pd

    code = re.sub(r'//.*|"[^"]*"', "", example("stata", "govcrawl.dta"))
    words = set(re.findall(r"[a-z_]\w*", code))
    words -= {"use", "clear", "label", "list", "misstable", "summarize", "regress", "i", "if"}
    with pd.read_stata("panel/govcrawl.dta", iterator=True) as reader:
        known = {*reader.variable_labels(), *reader.value_labels()}
    assert {"a_recv_tot", "derived_refused", "year"} < words <= known


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_r(made: Made, here: Path) -> None:
    code = f"{example('r', 'read.csv')}cat(nrow(reports), sum(shared$derived_received, na.rm = TRUE))\n"
    done = subprocess.run(
        ["Rscript", "-e", code], capture_output=True, text=True, check=True,
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin:/usr/local/bin"},
    )  # fmt: skip
    reports, total = done.stdout.split()[-2:]
    assert int(reports) == made.count("reports")
    old = "stat2014.application.received"
    assert float(total) == made.one(
        f"SELECT sum(value) FROM facts WHERE fact IN ('{RECEIVED}', '{old}') AND status = 'number'"
    )


@pytest.mark.soak
def test_hugging_face_datasets(made: Made, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HOME", str(here / "cache"))
    names = ran(example("python", "load_dataset"))
    assert len(names["reports"]) == made.count("reports")


def test_no_example_is_left_out() -> None:
    assert (len(examples("python")), len(examples("r")), len(examples("stata"))) == (3, 1, 1)
