"""The compact layout gives back what was read, to the letter; older databases are carried over whole."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections import namedtuple
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govcrawl.errors import UsageError
from govcrawl.model import Fact, ReportTable, Section, Status
from govcrawl.reports.markdown import table_text
from govcrawl.store import Store, compacting, migrations
from govcrawl.store.beside import parts_beside
from govcrawl.store.facts import delete_facts, facts_of, numbers_of, values_among, write_facts
from govcrawl.store.migrations import COMPACT, MIGRATIONS
from govcrawl.store.parts import Parts
from govcrawl.store.sqlite import write
from tests.store.make import grid, report, source

_OLD = MIGRATIONS[: MIGRATIONS.index(COMPACT)]
_VIEWS = {
    "sections": "report_id, number, heading, text",
    "tables": "report_id, number, caption, grid, kind, aligned",
    "checks": "report_id, rule, subject, outcome, expected, actual",
    "facts": "report_id, fact, value, typeof(value), raw, status, unit, unit_source, note, table_number, "
    '"row", col',
}
_CELLS = st.text(st.sampled_from('ab 1|"\\\n\u3000\t\u00a0、[],-'), max_size=6)
_GRIDS = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(_CELLS, min_size=width, max_size=width), min_size=1, max_size=4)
)


@pytest.fixture(scope="module")
def shared() -> Store:
    store = Store.in_memory()
    store.start_run("test", {})
    store.save_report(report(), source(), run_id=1)
    return store


@settings(max_examples=60, deadline=None)
@given(cells=_GRIDS, ragged=st.booleans(), prose=st.text("。ab\n |", max_size=5))
def test_a_grid_comes_back_from_its_markdown(
    shared: Store, cells: list[list[str]], ragged: bool, prose: str
) -> None:
    rows = [*cells, ["x"] * 5] if ragged else cells
    made = grid(*map(tuple, rows))
    text = f"{prose}\n\n{table_text(made)}\n\n{table_text(made)}\n\n{prose}"
    tables = (ReportTable(0, "", made), ReportTable(1, "", made), ReportTable(2, "", grid(("elsewhere",))))
    sections = (Section(1, prose, text), Section(2, "", "nowhere"))
    parts = Parts.of(report(text=text, tables=tables, sections=sections))
    Parts.delete(shared.db, 1)
    shared.db.conn.execute("UPDATE reports SET text = ? WHERE id = 1", (text,))
    parts.write(shared.db, 1)
    shared.db.conn.commit()
    found = shared.parts("tables", 1)
    assert [json.loads(table["grid"]) for table in found[:2]] == [rows, rows]
    assert [(s["heading"], s["text"]) for s in shared.parts("sections", 1)] == [
        (prose, text),
        ("", "nowhere"),
    ]
    names = ("sections", "tables", "checks", "findings")
    beside = parts_beside(shared.db, names, {1: text})[1]
    assert {name: list(rows) for name, rows in beside.items()} == {n: shared.parts(n, 1) for n in names}


def test_a_table_that_is_shown_in_the_text_is_not_stored_again(tmp_path: Path) -> None:
    made = grid(("行政\n许可", "第 二十条"), ("12", "a|b"))
    with Store.open(tmp_path / "g.db") as store:
        store.start_run("test", {})
        store.save_report(
            report(text=table_text(made), tables=(ReportTable(0, "", made),)), source(), run_id=1
        )
        assert store.db.execute("SELECT grid FROM table_places").fetchall() == [(None,)]
        assert store.db.execute("SELECT text, heading FROM section_places WHERE number=1").fetchone() == (
            "本局全年主动公开信息35条。",
            "一、总体情况",
        )
    with closing(sqlite3.connect(tmp_path / "g.db")) as db:
        told = db.execute("SELECT grid FROM tables").fetchone()[0]
    assert json.loads(told) == [["行政\n许可", "第 二十条"], ["12", "a|b"]]  # without a function of ours


_ODD = (
    Fact("proactive.art20_1.rules:made", 0, "0", Status.NUMBER, "件", "header", None, 1, 2, 3),
    Fact("proactive.art20_8.fees:amount", 12.0, "12", Status.NUMBER, "万元"),
    Fact("proactive.art20_9.purchase:amount", 12, "12.0", Status.NUMBER, "万元", None, "a note"),
    Fact("application.received_new:total", (1 << 63) - 1, str((1 << 63) - 1), Status.NUMBER),
    Fact("application.carried_in:total", None, "", Status.BLANK, table=2),
    Fact("application.carried_out:total", None, "－", Status.DASH, table=2, row=0, column=0),
    Fact("challenge.review:total", None, "", Status.MISSING, note="no such row"),
    Fact("proactive.more:sub", 5, "5", Status.NUMBER, table=1, row=9, column=0),
)


def test_odd_facts_come_back_in_the_order_of_reading(shared: Store) -> None:
    shared.save_report(report(facts=_ODD), source("http://odd.gov.cn/"), run_id=1)
    [key] = [row["id"] for row in shared.reports() if row["url"] == "http://odd.gov.cn/"]
    wanted: list[Any] = [
        (f.fact, f.value, f.raw, f.status.value, f.unit, f.unit_source, f.note, f.table, f.row, f.column)
        for f in _ODD
    ]
    found = facts_of(shared.db, key)
    assert found == wanted
    assert [type(row[1]) for row in found] == [type(row[1]) for row in wanted]
    view = shared.db.execute(
        'SELECT fact, value, raw, status, unit, unit_source, note, table_number, "row", col FROM facts '
        "WHERE report_id = ?",
        (key,),
    ).fetchall()
    assert sorted(view) == sorted(wanted)
    assert numbers_of(shared.db, key)["proactive.art20_8.fees:amount"] == 12.0
    chosen = values_among(shared.db, f"SELECT id FROM reports WHERE id={key}", {"proactive.more:sub"})
    assert list(chosen) == [((key,), "proactive.more:sub", 5)]


def test_what_a_transaction_undid_is_not_remembered(shared: Store) -> None:
    odd = (Fact("strange.fact:one", None, "never printed before", Status.TEXT, "斤", "cell"),)

    def broken() -> None:
        with write(shared.db):
            delete_facts(shared.db, 1)
            write_facts(shared.db, 1, odd)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    shared.save_report(report(facts=odd), source("http://again.gov.cn/"), run_id=1)
    told = "SELECT fact, raw, unit FROM facts WHERE fact = 'strange.fact:one'"
    assert shared.db.execute(told).fetchall() == [("strange.fact:one", "never printed before", "斤")]


def _old_database(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As govcrawl 0.5 and before wrote it."""
    db = sqlite3.connect(path)
    with monkeypatch.context() as old:
        old.setattr(migrations, "MIGRATIONS", _OLD)
        Store.open(path).close()
    text = "前言\n\n一、总体情况\n\n本局公开35条。\n\n| a | b |\n| --- | --- |\n| 1 | 2 |"
    db.execute(
        "INSERT INTO reports (id, url, portal, title, template, text, source_type, sha256, extractor, first_seen, "
        "fetched_at, evidence, reading) VALUES (7, 'http://a/', 'a', 't', '2021', ?, 'html', 's', 'e', 'f', 'f', '{}', 'r')",
        (text,),
    )
    many: dict[str, list[tuple[Any, ...]]] = {
        "sections": [(7, 0, "", "前言"), (7, 1, "一、总体情况", "本局公开35条。"), (7, 2, "二", "elsewhere")],
        "tables": [
            (7, 0, "", '[["a","b"],["1","2"]]', "proactive", 1),
            (7, 1, "表", '[["a"],["1","2"]]', None, 0),
        ],
        "checks": [(7, "A1", "total", "fail", "4", "3"), (7, "A3", "x", "pass", "07", "7"),
                   (7, "T1", "y", "not_assessable", None, "12345678901234567890")],
        "fact_ids": [(1, "proactive.a:b"), (2, "application.c:d"), (3, "proactive.e:f")],
        "fact_statuses": [(1, "number"), (2, "blank")],
        "fact_units": [(1, "件", "header")],
        "fact_cells": [(7, 1, 0, None, 1, 1, None, 0, 1, 1), (7, 2, 1.5, "1.50", 1, None, "n", 1, 0, 0),
                       (7, 3, None, "", 2, None, None, None, None, None)],
    }  # fmt: skip
    for table, rows in many.items():
        db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    db.commit()
    db.close()


def _seen(path: Path) -> dict[str, list[Any]]:
    db = sqlite3.connect(path)
    found = {
        name: sorted(db.execute(f"SELECT {columns} FROM {name}").fetchall(), key=repr)
        for name, columns in _VIEWS.items()
    }
    db.close()
    return found


def test_an_older_database_is_carried_over_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "g.db"
    _old_database(path, monkeypatch)
    before = _seen(path)
    assert [len(rows) for rows in before.values()] == [3, 2, 3, 3]
    Store.open(path).close()
    assert _seen(path) == before


def test_a_disk_without_room_is_told_before_anything_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "g.db"
    _old_database(path, monkeypatch)
    before = _seen(path)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(compacting.shutil, "disk_usage", lambda _: usage(1, 1, 1000))
    with pytest.raises(UsageError, match="GB of free disk to be brought"):
        Store.open(path)
    monkeypatch.undo()
    assert _seen(path) == before
    Store.open(path).close()
    shutil.rmtree(tmp_path)


def test_failed_checks_are_found_by_their_index(tmp_path: Path) -> None:
    asked = "EXPLAIN QUERY PLAN SELECT count(*) FROM checks c WHERE c.outcome = 'fail' AND c.rule = 'A1'"
    with Store.open(tmp_path / "g.db") as store:
        plain = sqlite3.connect(tmp_path / "g.db")  # Python's own SQLite, which may be an older one
        for db in (store.db.conn, plain):
            assert any("check_fails" in step[-1] for step in db.execute(asked).fetchall())
        plain.close()


def test_a_body_is_looked_for_in_its_own_place_only(tmp_path: Path) -> None:
    with Store.open(tmp_path / "g.db") as store:
        plan = store.db.execute(
            "EXPLAIN QUERY PLAN SELECT id FROM reports WHERE agency_norm = 'a' AND scope = 'own' AND (portal = 'p' "
            "OR (division_code IS NOT NULL AND division_code = 'd')) AND year = 2021 ORDER BY id"
        ).fetchall()
    told = " ".join(step[-1] for step in plan)
    assert "reports_portal (portal=? AND year=? AND agency_norm=? AND scope=?)" in told
    assert "reports_division (division_code=? AND year=? AND agency_norm=? AND scope=?)" in told
