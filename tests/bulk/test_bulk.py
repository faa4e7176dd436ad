from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from govcrawl.store import Store
from tests.bulk import make_database

REPORTS = 40


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("bulk") / "govcrawl.db"
    assert make_database(made, REPORTS, seed=3).reports == REPORTS
    return made


def rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    with Store.open(path, create=False) as store:
        return {
            name: store.db.execute(f"SELECT * FROM [{name}]").fetchall()
            for name in store.db.table_names()
            if not name.startswith("sqlite_")
        }


def test_the_same_seed_gives_the_same_rows(path: Path, tmp_path: Path) -> None:
    make_database(tmp_path / "again.db", REPORTS, seed=3)
    assert rows(tmp_path / "again.db") == rows(path)


def test_what_is_made_says_so(path: Path) -> None:
    with Store.open(path, create=False) as store:
        assert store.runs()[0]["command"] == "generated"
        assert all("generated.example" in row["url"] for row in store.reports())
        assert all("tests.bulk" in row["evidence"] for row in store.reports())


def test_reports_are_as_rich_as_real_ones(path: Path) -> None:
    with Store.open(path, create=False) as store:
        found = list(store.reports())
        assert {row["template"] for row in found} == {"free", "2014", "2019", "2021"}
        assert len({row["text"] for row in found}) == REPORTS
        modern = [row for row in found if row["template"] in ("2019", "2021")]
        assert all(len(store.facts(row["id"])) in (198, 200) for row in modern)
        statuses = {fact["status"] for row in modern for fact in store.facts(row["id"])}
        assert "number" in statuses
        assert statuses & {"blank", "dash", "none_word"}
        assert any(fact["value"] == 0 for row in modern for fact in store.facts(row["id"]))
        assert store.count("entries") > REPORTS
        for table in ("checks", "findings", "statements", "sections", "tables", "versions"):
            assert store.count(table), table


def test_a_database_that_is_there_is_left_alone(path: Path) -> None:
    with pytest.raises(FileExistsError, match="is there already"):
        make_database(path, 1)
