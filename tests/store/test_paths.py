"""The way to each report: pages with the one before them, told once, from the start page on."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from govcrawl.model import Declined, Portal, Visit
from govcrawl.store import Store, migrations
from govcrawl.store.migrations import MIGRATIONS
from govcrawl.store.paths import refusals, way_to
from govcrawl.store.tables import PATHS
from tests.store.make import URL, entry

HOME = "http://www.shiwu.gov.cn/"
COLUMN = "http://www.shiwu.gov.cn/zfxxgk/nb/"


def visit(url: str, parent: str | None, label: str = "", **changes: object) -> Visit:
    made = Visit(url, "shiwu", parent, label, "column", f"«{label}»")
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "g.db") as opened:
        opened.start_run("crawl", {})
        opened.note_portal(Portal("shiwu", "石坞县", HOME), 1)
        yield opened


def labels(store: Store, url: str) -> list[tuple[str, str]]:
    return [(page["label"], page["url"]) for page in way_to(store.db, "shiwu", url)]


def test_the_way_from_the_start_page(store: Store) -> None:
    store.note_visit(visit(HOME, None, kind="start"), 1)
    store.note_visit(visit(COLUMN, HOME, "政府信息公开年报"), 1)
    store.note_entries([entry()], 1)
    assert labels(store, COLUMN) == [("", HOME), ("政府信息公开年报", COLUMN)]
    assert [page["entries"] for page in way_to(store.db, "shiwu", COLUMN)] == [0, 1]


def test_a_page_that_answered_under_another_address(store: Store) -> None:
    store.note_visit(visit(HOME, None), 1)
    store.note_visit(visit(COLUMN, "http://shiwu.gov.cn", "年报"), 1)
    store.note_visit(visit(HOME, None, asked="http://shiwu.gov.cn"), 1)
    assert labels(store, COLUMN) == [("", HOME), ("年报", COLUMN)]


def test_a_report_link_that_is_a_list(store: Store) -> None:
    store.note_visit(visit(COLUMN, None), 1)
    store.note_entries([entry(), entry("http://www.shiwu.gov.cn/a.html", listing=URL)], 1)
    assert [page["url"] for page in way_to(store.db, "shiwu", URL)] == [COLUMN, URL]


def test_a_page_seen_again_keeps_its_way(store: Store) -> None:
    store.note_visit(visit(COLUMN, HOME, "年报", dialect="trs"), 1)
    store.note_visit(visit(COLUMN, None, "", reason="held 9", trouble="no answer"), 1, again=True)
    (known,) = store.db.query("SELECT parent, label, reason, dialect, trouble FROM pages")
    assert list(known.values()) == [HOME, "年报", "«年报»", "trs", "no answer"]
    store.note_visit(visit(COLUMN, URL, "公开年报"), 1)
    (known,) = store.db.query("SELECT parent, label, trouble FROM pages")
    assert list(known.values()) == [URL, "公开年报", None]


def test_a_way_in_circles_ends(store: Store) -> None:
    store.note_visit(visit(COLUMN, URL), 1)
    store.note_visit(visit(URL, COLUMN), 1)
    assert labels(store, COLUMN) == [("", URL), ("", COLUMN)]


def test_a_page_nobody_recorded_is_said_to_be_so(store: Store) -> None:
    (page,) = way_to(store.db, "shiwu", COLUMN)
    assert (page["url"], page["kind"], page["reason"]) == (COLUMN, None, "how it was reached is not recorded")


def test_refusals_of_the_last_refused_run(store: Store) -> None:
    declined = Declined(HOME, "shiwu", "瑞数", 412, "status 412, 'x'", ("Content-Type", "Server"), "ab" * 32)
    store.note_refusal(declined, 1)
    store.start_run("crawl", {})
    store.note_refusal(dataclasses.replace(declined, system="加速乐"), 2)
    (known,) = refusals(store.db, "shiwu")
    assert (known["system"], known["status"], known["headers"]) == ("加速乐", 412, "Content-Type, Server")


def test_a_database_of_before_knows_the_listings_it_remembered(tmp_path: Path) -> None:
    path = tmp_path / "g.db"
    with pytest.MonkeyPatch.context() as old:
        old.setattr(migrations, "MIGRATIONS", MIGRATIONS[: MIGRATIONS.index(PATHS)])
        Store.open(path).close()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO runs (started, command, arguments, version) VALUES ('t', 'crawl', '{}', '0')")
        db.execute(
            "INSERT INTO portals (key, name, url, first_seen) VALUES ('shiwu', '石坞县', ?, 't')", (HOME,)
        )
        trail = json.dumps(["信息公开", "年报"])
        db.execute("INSERT INTO listings VALUES ('shiwu', ?, ?, ?, 3, 1, 1)", (COLUMN, trail, HOME))
        db.execute("INSERT INTO listings VALUES ('shiwu', ?, '[]', NULL, 0, 1, 1)", (HOME,))
    with Store.open(path) as store:
        assert labels(store, COLUMN) == [("", HOME), ("年报", COLUMN)]
