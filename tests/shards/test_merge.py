"""Folders put together say what one folder would say; the same again says nothing more."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from govcrawl.archive import Archive
from govcrawl.errors import OutputInUse, UsageError
from govcrawl.model import Fact, Status
from govcrawl.one_writer import OneWriter
from govcrawl.shards import merge, reports
from govcrawl.shards.extract import _RULES
from govcrawl.shards.layout import CARRIED, DERIVED, RUNS, columns
from govcrawl.store import Store, migrations
from govcrawl.verify import verify
from tests.faults.contents import contents, faults
from tests.shards.make import FIRST, LAST, NEXT, Folder, page

CLOSED, OPEN = "application.carried_over:total", "application.carried_in:total"


def put(to: Path, *folders: Path) -> None:
    to.mkdir(parents=True, exist_ok=True)
    with Store.open(to / "govcrawl.db") as store:
        merge(folders, store, to)


def dump(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "govcrawl.db")) as db, db:
        return list(db.iterdump())


def ask(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "govcrawl.db")) as db, db:
        return db.execute(sql).fetchall()


def whole(folder: Path) -> bool:
    with Store.open(folder / "govcrawl.db") as store, Archive(folder / "archive") as archive:
        return list(verify(store, archive)) == []


def number(fact: str, value: int) -> Fact:
    return Fact(fact, value, str(value), Status.NUMBER, table=0, row=0, column=0)


def test_every_table_is_accounted_for() -> None:
    with Store.in_memory() as store:
        tables = {
            name
            for (name,) in store.db.conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith("sqlite_") and not re.match(r"search_(grams|letters)_", name)
        }
        assert tables == CARRIED | set(DERIVED)
        assert set(_RULES) == CARRIED - {"records"}
        for table in CARRIED - {"runs"}:
            named = {name for name in columns(store.db, table) if re.search(r"(^|_)run(_id)?$", name)}
            assert named == set(RUNS.get(table, ())), table
            for row in store.db.conn.execute(f"PRAGMA foreign_key_list([{table}])"):
                assert row[2] != "runs" or row[3] in RUNS[table], table


def test_shards_of_two_portals_are_as_one_crawl(tmp_path: Path) -> None:
    pages = [page("east", 2021), page("east", 2022), page("west", 2021), page("west", 2022, "教育局")]
    Folder(tmp_path / "one").crawl(*pages)
    Folder(tmp_path / "a").crawl(*pages[:2])
    Folder(tmp_path / "b").crawl(*pages[2:])
    put(tmp_path / "all", tmp_path / "a", tmp_path / "b")
    assert contents(tmp_path / "all") == contents(tmp_path / "one")
    assert faults(tmp_path / "all") == []
    assert whole(tmp_path / "all")
    for table in ("pages", "listings", "validators", "readings"):
        rows = f"SELECT url FROM {table} ORDER BY url"
        assert ask(tmp_path / "all", rows) == ask(tmp_path / "one", rows), table
    assert ask(tmp_path / "all", "SELECT count(*) FROM portal_runs") == [(2,)]
    before, files = dump(tmp_path / "all"), sorted((tmp_path / "all" / "archive").iterdir())
    put(tmp_path / "all", tmp_path / "b", tmp_path / "a")
    assert dump(tmp_path / "all") == before
    assert sorted((tmp_path / "all" / "archive").iterdir()) == files


def test_years_and_addresses_of_one_body_in_different_shards(tmp_path: Path) -> None:
    """What reports say of each other is found out where they come together."""
    first = page("east", 2021, division="990101", facts=(number(CLOSED, 3),))
    second = page("west", 2022, division="990101", facts=(number(OPEN, 4),))
    twin = replace(first, key="west", name="again")
    other = page("west", 2021, name="other", division="990101", text="另一份报告，说的是别的事情。" * 9)
    Folder(tmp_path / "one").crawl(first, second, twin, other)
    Folder(tmp_path / "a").crawl(first)
    Folder(tmp_path / "b").crawl(second, twin, other)
    put(tmp_path / "all", tmp_path / "a", tmp_path / "b")
    assert contents(tmp_path / "all") == contents(tmp_path / "one")
    assert {kind for (kind,) in ask(tmp_path / "all", "SELECT kind FROM findings")} == {"second_report"}
    assert ask(tmp_path / "all", "SELECT count(*) FROM reports") == [(3,)]
    before = dump(tmp_path / "all")
    put(tmp_path / "all", tmp_path / "b")
    put(tmp_path / "all", tmp_path / "a")
    assert dump(tmp_path / "all") == before


def test_half_a_shard_and_a_whole_one_of_one_portal(tmp_path: Path) -> None:
    pages = [page("east", year) for year in (2020, 2021, 2022)]
    Folder(tmp_path / "half").crawl(pages[0], outcome=None, pending=(pages[1],))
    Folder(tmp_path / "full").crawl(*pages)
    for order in (("half", "full"), ("full", "half")):
        to = tmp_path / "-".join(order)
        put(to, *(tmp_path / name for name in order))
        assert contents(to) == contents(tmp_path / "full")
        assert faults(to) == []
        assert whole(to)


def test_the_later_look_counts_and_the_earlier_is_a_version(tmp_path: Path) -> None:
    old = page("east", 2021, text="一、总体情况\n\n本局公开信息3条。")
    new = replace(old, report=replace(old.report, text="一、总体情况\n\n本局公开信息4条。"), at=NEXT)
    Folder(tmp_path / "a").crawl(old, page("east", 2020))
    Folder(tmp_path / "b").crawl(new, page("east", 2022))
    for order in (("a", "b"), ("b", "a")):
        to = tmp_path / "-".join(order)
        put(to, *(tmp_path / name for name in order))
        assert ask(to, "SELECT text, first_seen FROM reports WHERE year = 2021") == [(new.report.text, FIRST)]
        assert ask(to, "SELECT text, replaced_at FROM versions") == [(old.report.text, NEXT)]
        assert ask(to, "SELECT year FROM reports ORDER BY year") == [(2020,), (2021,), (2022,)]
        before = dump(to)
        put(to, tmp_path / "a", tmp_path / "b")
        assert dump(to) == before
        assert whole(to)


def test_an_address_that_shows_the_next_year_hides_no_report(tmp_path: Path) -> None:
    old, new = page("east", 2021, name="index"), page("east", 2022, name="index", at=NEXT)
    Folder(tmp_path / "a").crawl(old)
    Folder(tmp_path / "b").crawl(new)
    for order in (("a", "b"), ("b", "a")):
        to = tmp_path / "-".join(order)
        put(to, *(tmp_path / name for name in order))
        assert ask(to, "SELECT url, year FROM reports ORDER BY year") == [
            (f"{old.url}#2021", 2021),
            (new.url, 2022),
        ]
        answered = "SELECT url, answered FROM readings ORDER BY url"
        assert ask(to, answered) == [(new.url, ""), (f"{old.url}#2021", old.url)]
        before = dump(to)
        put(to, tmp_path / "a", tmp_path / "b")
        assert dump(to) == before


def test_what_goes_on_from_a_shard_takes_its_place(tmp_path: Path) -> None:
    """A shard that was crawled on after it was merged: what it has dropped goes here too."""
    folder = Folder(tmp_path / "a")
    first = page("east", 2021)
    folder.crawl(first, page("east", 2020))
    put(tmp_path / "all", tmp_path / "a")
    ids = ask(tmp_path / "all", "SELECT id, url FROM reports ORDER BY id")
    folder.crawl(
        replace(first, report=replace(first.report, title="更正后的报告"), at=LAST), page("east", 2022)
    )
    with closing(sqlite3.connect(tmp_path / "a" / "govcrawl.db")) as db, db:
        db.execute("DELETE FROM validators WHERE url = ?", (first.url,))
    put(tmp_path / "all", tmp_path / "a")
    assert contents(tmp_path / "all") == contents(tmp_path / "a")
    assert ask(tmp_path / "all", "SELECT id, url FROM reports ORDER BY id")[:2] == ids
    assert ask(tmp_path / "all", "SELECT 1 FROM validators WHERE url LIKE '%民政局2021%'") == []
    assert ask(tmp_path / "all", "SELECT count(*) FROM runs") == [(2,)]


def test_a_shard_of_an_older_layout_is_read_in_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = migrations.MIGRATIONS.index(migrations.RUN_UIDS)
    with monkeypatch.context() as older:
        older.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:before])
        (tmp_path / "old").mkdir()
        with Store.open(tmp_path / "old" / "govcrawl.db") as store:
            store.start_run("crawl", {"region": "45"})
    bytes_before = (tmp_path / "old" / "govcrawl.db").read_bytes()
    for _ in range(2):
        put(tmp_path / "all", tmp_path / "old")
        assert ask(tmp_path / "all", "SELECT arguments FROM runs") == [('{"region": "45"}',)]
    assert (tmp_path / "old" / "govcrawl.db").read_bytes() == bytes_before


def test_an_interrupted_merge_is_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [page("east", 2021), page("west", 2021)]
    Folder(tmp_path / "a").crawl(*pages)
    kept = reports.write_content

    def breaks(*given: object) -> int:
        if given[2].row["portal"] == "west":  # type: ignore[attr-defined]
            raise KeyboardInterrupt
        return kept(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as broken:
        broken.setattr(reports, "write_content", breaks)
        with pytest.raises(KeyboardInterrupt):
            put(tmp_path / "all", tmp_path / "a")
    assert ask(tmp_path / "all", "SELECT portal FROM reports") == [("east",)]
    put(tmp_path / "all", tmp_path / "a")
    assert contents(tmp_path / "all") == contents(tmp_path / "a")


def test_files_of_one_name_and_torn_ones(tmp_path: Path) -> None:
    for name in ("a", "b"):
        Folder(tmp_path / name).crawl(page(name, 2021))
        [file] = (tmp_path / name / "archive").iterdir()
        file.rename(file.with_name("govcrawl-1.warc.gz"))
        with closing(sqlite3.connect(tmp_path / name / "govcrawl.db")) as db, db:
            db.execute("UPDATE records SET file = 'govcrawl-1.warc.gz'")
    torn = tmp_path / "b" / "archive" / "govcrawl-1.warc.gz"
    torn.with_name(f"{torn.name}.open").touch()
    torn.write_bytes(torn.read_bytes() + b"\x1f\x8b torn")
    for _ in range(2):
        put(tmp_path / "all", tmp_path / "a", tmp_path / "b")
        names = sorted(path.name for path in (tmp_path / "all" / "archive").iterdir())
        assert names == ["govcrawl-1-2.warc.gz", "govcrawl-1.warc.gz"]
        assert whole(tmp_path / "all")
    assert torn.read_bytes().endswith(b"torn")


def test_what_is_no_shard_is_named(tmp_path: Path) -> None:
    Folder(tmp_path / "a").crawl(page("east", 2021))
    with pytest.raises(UsageError, match=r"nothing: holds no govcrawl.db; name output folders"):
        put(tmp_path / "all", tmp_path / "nothing")
    with pytest.raises(UsageError, match="is the output folder itself"):
        put(tmp_path / "a", tmp_path / "a")
    right = OneWriter.of(tmp_path / "a", command="scrapy crawl")
    with pytest.raises(OutputInUse, match=r"a is being written by process .* merge it when that has ended"):
        put(tmp_path / "all", tmp_path / "a")
    right.close()
    (tmp_path / "c").mkdir()
    shutil.copy(__file__, tmp_path / "c" / "govcrawl.db")
    with pytest.raises(UsageError, match=r"c/govcrawl.db: is not an SQLite database"):
        put(tmp_path / "all", tmp_path / "c")
