"""A portal's folder taken out of a database: what a crawl of it remembers is there, and comes back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from govcrawl.archive import Archive
from govcrawl.shards import extract
from govcrawl.store import Store
from govcrawl.store.archived import validators_of
from govcrawl.store.sqlite import write
from govcrawl.store.writing import withdraw
from govcrawl.verify import verify
from tests.faults.contents import contents
from tests.shards.make import LAST, Folder, page
from tests.shards.test_merge import ask, put


def taken(whole: Path, folder: Path, *keys: str) -> None:
    with Store.open(whole / "govcrawl.db") as store, Archive(whole / "archive") as archive:
        extract(store, archive, keys, folder)


def test_a_portal_goes_out_and_comes_back_changed(tmp_path: Path) -> None:
    one, other = page("east", 2021), page("west", 2021)
    whole = Folder(tmp_path / "whole")
    whole.crawl(one, page("east", 2020), other)
    before = contents(whole.path)
    taken(whole.path, tmp_path / "part", "east")
    part = contents(tmp_path / "part")
    assert part["facts"] == [row for row in before["facts"] if "east" in str(row[0])] != []
    assert [row[0] for row in part["portals"]] == ["east"]
    with (
        Store.open(tmp_path / "part" / "govcrawl.db") as store,
        Archive(tmp_path / "part" / "archive") as kept,
    ):
        known = validators_of(store.db, one.url, 10**6)
        assert known is not None
        record = store.record(known.sha256)
        assert record is not None
        assert kept.read(record)
        assert list(verify(store, kept)) == []
    changed = replace(one, report=replace(one.report, title="更正后的报告"), at=LAST)
    Folder(tmp_path / "part").crawl(changed, page("east", 2022))
    put(whole.path, tmp_path / "part")
    assert [row for row in contents(whole.path)["reports"] if row[1] == "west"] == [
        row for row in before["reports"] if row[1] == "west"
    ]
    titles = ask(whole.path, "SELECT title FROM reports WHERE portal = 'east' ORDER BY year")
    assert titles == [("民政局2020年报告",), ("更正后的报告",), ("民政局2022年报告",)]
    assert ask(whole.path, "SELECT count(*) FROM records WHERE file LIKE 'seed-%'") == [(0,)]
    assert ask(whole.path, "SELECT count(*) FROM runs") == [(2,)]
    with Store.open(whole.path / "govcrawl.db") as store, Archive(whole.path / "archive") as kept:
        assert list(verify(store, kept)) == []


def test_portals_of_a_common_report_go_together(tmp_path: Path) -> None:
    one = page("east", 2021, division="990101")
    Folder(tmp_path / "whole").crawl(one, replace(one, key="west"), page("north", 2021))
    taken(tmp_path / "whole", tmp_path / "part", "west")
    assert ask(tmp_path / "part", "SELECT key FROM portals ORDER BY key") == [("east",), ("west",)]
    assert ask(tmp_path / "part", "SELECT url FROM reports") == [(one.url,)]
    with pytest.raises(FileExistsError):
        taken(tmp_path / "whole", tmp_path / "part", "west")


def test_a_report_taken_away_from_its_part_goes_from_the_whole(tmp_path: Path) -> None:
    Folder(tmp_path / "whole").crawl(page("east", 2020), page("east", 2021), page("west", 2021))
    taken(tmp_path / "whole", tmp_path / "part", "east")
    Folder(tmp_path / "part").crawl(page("east", 2022))
    with Store.open(tmp_path / "part" / "govcrawl.db") as store, write(store.db):
        withdraw(store.db, 1)
    put(tmp_path / "whole", tmp_path / "part")
    assert ask(tmp_path / "whole", "SELECT portal, year FROM reports ORDER BY portal, year") == [
        ("east", 2021),
        ("east", 2022),
        ("west", 2021),
    ]
    states = "SELECT state, report_id FROM entries WHERE url LIKE '%2020%'"
    assert ask(tmp_path / "whole", states) == [("rejected", None)]
    with closing(sqlite3.connect(tmp_path / "whole" / "govcrawl.db")) as db, db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
