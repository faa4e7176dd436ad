"""Checks come back from their lists, to the letter; those of an older layout are carried over."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govcrawl.store import Store, migrations
from govcrawl.store.beside import parts_beside
from govcrawl.store.migrations import CHECK_LISTS, MIGRATIONS
from govcrawl.store.outcomes import ACROSS, OUTCOMES, READ, check_rows, delete_checks, write_checks
from govcrawl.store.sqlite import write
from tests.store.make import report, source

_SIDES = st.none() | st.text(st.sampled_from('0179-."\\\n\0甲a, ]'), max_size=4) | st.integers().map(str)
_CHECKS = st.lists(
    st.tuples(st.sampled_from(("A1", "N1")), st.sampled_from(("x", "甲\n")), st.sampled_from([*OUTCOMES]),
              _SIDES, _SIDES),
    max_size=5,
)  # fmt: skip
_CHECKS_TWICE = _CHECKS.map(lambda rows: [*rows, *((*row[:4], row[3]) for row in rows)])
_COLUMNS = "rule, subject, outcome, expected, actual"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store.open(tmp_path_factory.mktemp("checks") / "g.db")
    store.start_run("test", {})
    store.save_report(report(), source(), run_id=1)
    return store


@settings(max_examples=80, deadline=None)
@given(read=_CHECKS_TWICE, across=_CHECKS)
def test_checks_come_back_from_their_lists(shared: Store, read: list[Any], across: list[Any]) -> None:
    with write(shared.db) as db:
        for part, rows in ((READ, read), (ACROSS, across)):
            delete_checks(db, 1, part)
            write_checks(db, 1, part, rows)
    names = _COLUMNS.split(", ")
    wanted = [dict(zip(names, row, strict=True)) for row in (*read, *across)]
    assert shared.parts("checks", 1) == wanted
    assert list(parts_beside(shared.db, ("checks",), {1: ""})[1]["checks"]) == wanted


def test_any_sqlite_gives_back_any_text(shared: Store, tmp_path: Path) -> None:
    sides = ["\0", "a\0b", "0", "-0", "-7", "1" * 18, "1" * 19, "", '"\\\n\x01', "甲", None]
    rows = [("N1", "x", "fail", one, other) for one in sides for other in sides]
    with write(shared.db) as db:
        delete_checks(db, 1, READ)
        delete_checks(db, 1, ACROSS)
        write_checks(db, 1, READ, rows)
    shared.db.conn.execute("VACUUM INTO ?", (str(tmp_path / "copy.db"),))
    with closing(sqlite3.connect(tmp_path / "copy.db")) as plain:  # Python's own, which may be an older one
        found = plain.execute(f"SELECT {_COLUMNS} FROM checks WHERE report_id = 1 ORDER BY place")
        assert found.fetchall() == rows


def test_reports_with_the_same_checks_have_one_form() -> None:
    with Store.in_memory() as store:
        store.start_run("test", {})
        rows = [
            check_rows(store.db, 1, READ, [("A1", "x", "pass", said, said), ("N1", "y", "pass", None, said)])
            for said in ("7", "07", "8\0")
        ]
        assert [written for [(*_, written)] in rows] == ["[7,7]", '["07","07"]', "[]"]
        assert len({form for [(_, _, form, _)] in rows}) == 2
        assert check_rows(store.db, 1, READ, []) == []


def test_checks_of_an_older_layout_are_carried_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, before = tmp_path / "g.db", MIGRATIONS.index(CHECK_LISTS)
    with monkeypatch.context() as old:
        old.setattr(migrations, "MIGRATIONS", MIGRATIONS[:before])
        Store.open(path).close()
    with closing(sqlite3.connect(path)) as db:
        for report_id in (3, 5):
            db.execute(
                "INSERT INTO reports (id, url, portal, title, template, text, source_type, sha256, extractor, "
                "first_seen, fetched_at, evidence, reading) "
                "VALUES (?, ?, 'a', 't', '2021', '', 'html', 's', 'e', 'f', 'f', '{}', 'r')",
                (report_id, f"http://a/{report_id}"),
            )
        db.executemany(
            "INSERT INTO check_ids VALUES (?, ?, ?)", [(1, "A1", "x"), (2, "X1", "y"), (3, "N1", "x")]
        )
        db.executemany(
            "INSERT INTO check_outcomes VALUES (?, ?, ?, ?, ?, ?)",
            [
                *(
                    (3, 0, 1, 0, 12, 12),
                    (3, 1, 3, 1, "a whole number, 0 or more", "1 2"),
                    (3, 2, 2, 2, None, 4),
                ),
                *((5, 0, 1, 0, 0, 0), (5, 4, 2, 0, 123456789012345678, "0123")),
            ],
        )
        db.commit()
        asked = f"SELECT report_id, {_COLUMNS} FROM checks ORDER BY report_id, place"
        wanted = db.execute(asked).fetchall()
        assert len(wanted) == 5
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as db:
        assert db.execute(asked).fetchall() == wanted
        parts = "SELECT report_id, part, list FROM check_lists ORDER BY report_id, part"
        assert db.execute(parts).fetchall()[:2] == [
            (3, READ, '[12,"a whole number, 0 or more","1 2"]'),
            (3, ACROSS, "[4]"),
        ]
