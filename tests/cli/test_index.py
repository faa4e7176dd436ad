from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from govcrawl.cli import main
from govcrawl.search import search
from govcrawl.store import Store
from govcrawl.store.bulk import Found, put_reports
from govcrawl.store.indexing import pending
from govcrawl.store.sqlite import write
from govcrawl.store.sums import by_year, waiting
from tests.store.make import report, source

FACT = "application.received_new:total"


def test_what_was_loaded_in_bulk_is_indexed(tmp_path: Path) -> None:
    with Store.open(tmp_path / "govcrawl.db") as store:
        run = store.start_run("t", {})
        with write(store.db) as db:
            put_reports(db, [Found(report(), source())], run_id=run)
        expected = search(store.db, "公开"), by_year(store.db, FACT)
        assert (pending(store.db), waiting(store.db)) == (1, 1)
    done = CliRunner().invoke(main, ["index", "--output", str(tmp_path)])
    assert (done.exit_code, done.stdout) == (
        0,
        "1 report indexed for search; the sums of facts by year are up to date.\n",
    )
    with Store.open(tmp_path / "govcrawl.db") as store:
        assert (pending(store.db), waiting(store.db)) == (0, 0)
        assert (search(store.db, "公开"), by_year(store.db, FACT)) == expected
        assert expected[1]


def test_a_folder_without_a_database_is_said(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["index", "--output", str(tmp_path)])
    assert done.exit_code == 2
    assert "no such database" in done.stderr
