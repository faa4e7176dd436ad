"""One report at several addresses, and two years of one body."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from govcrawl.model import EntryState, Fact, Report, Statement, Status
from govcrawl.store import Saved, Store, migrations
from govcrawl.store.defects import Wanted
from govcrawl.store.lasting import move
from govcrawl.store.tables import FIRST_LIGHT
from tests.store.make import URL, entry, report, source

PROSE = "本局全年依法公开各类信息，群众查阅方便。" + "".join(
    f"第{n}项工作由第{n * 7}号窗口承办，按期完成并公开结果。" for n in range(30)
)
NEW = "application.received_new:total"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "g.db") as opened:
        opened.start_run("test", {})
        yield opened


def made(year: int = 2021, facts: dict[str, int] | None = None, **changes: object) -> Report:
    cells = {NEW: 3} if facts is None else facts
    listed = tuple(Fact(fact, value, str(value), Status.NUMBER) for fact, value in cells.items())
    base = report(
        year=year, facts=listed, agency_norm="民政局", checks=(), findings=(), statements=(), text=PROSE
    )
    return dataclasses.replace(base, **changes)  # type: ignore[arg-type]


def told(store: Store, rule: str) -> list[tuple[object, ...]]:
    return store.db.conn.execute(
        "SELECT r.year, c.subject, c.outcome, c.expected, c.actual FROM checks c "
        "JOIN reports r ON r.id = c.report_id WHERE c.rule = ? ORDER BY r.year, c.subject",
        (rule,),
    ).fetchall()


def sources(store: Store) -> dict[str, tuple[int, str]]:
    rows = store.db.conn.execute("SELECT url, report_id, reason FROM sources ORDER BY url")
    return {url: (report_id, reason) for url, report_id, reason in rows}


def test_the_same_report_at_a_second_address_is_a_source_of_the_first(store: Store) -> None:
    store.save_report(made(), source(), entry=entry(), run_id=1)
    wap = f"{URL}_wap"
    saved = store.save_report(made(), source(wap, b"wap"), entry=entry(wap), run_id=1)
    assert saved is Saved.UNCHANGED
    assert store.count("reports") == 1
    assert sources(store) == {URL: (1, "stored"), wap: (1, "same prose")}
    assert store.entry_states("shiwu") == {URL: EntryState.STORED, wap: EntryState.STORED}
    assert store.db.conn.execute("SELECT DISTINCT report_id FROM entries").fetchall() == [(1,)]
    assert [row["sha256"] for row in store.parts("sources", 1)] == [
        source().sha256,
        source(wap, b"wap").sha256,
    ]
    again = source(wap, b"counter", at="2026-05-05T00:00:00Z")
    assert store.save_report(made(), again, run_id=1) is Saved.UNCHANGED
    [row] = [row for row in store.parts("sources", 1) if row["url"] == wap]
    assert (row["sha256"], row["fetched_at"]) == (again.sha256, "2026-05-05T00:00:00Z")
    assert row["first_seen"] == source().fetched_at


def test_another_format_with_small_differences_is_the_same_report(store: Store) -> None:
    store.save_report(made(), source(), run_id=1)
    paper = made(text=f"- 1 -\n\n{PROSE.replace('承办', '办理', 1)}", source_type="pdf", facts={})
    store.save_report(paper, source(f"{URL}.pdf"), run_id=1)
    assert store.count("reports") == 1
    assert sources(store)[f"{URL}.pdf"][1].startswith("prose alike to 0.9")


@pytest.mark.parametrize(
    "change",
    [
        {"facts": {NEW: 4}},
        {"text": PROSE[: len(PROSE) // 2]},
        {"statements": (Statement(NEW, 4, "收到申请4件。"),)},
    ],
)
def test_other_numbers_or_another_text_are_a_second_report(store: Store, change: dict[str, object]) -> None:
    store.save_report(made(statements=(Statement(NEW, 3, "收到申请3件。"),)), source(), run_id=1)
    assert store.save_report(made(**change), source(f"{URL}2"), run_id=1) is Saved.NEW  # type: ignore[arg-type]
    [(report_id, detail)] = store.db.conn.execute(
        "SELECT report_id, detail FROM findings WHERE kind = 'second_report'"
    ).fetchall()
    assert report_id == 2
    assert URL in detail
    assert ("other numbers" in detail) == ("facts" in change)
    store.save_report(made(title="更正", **change), source(f"{URL}2", b"x"), run_id=1)  # type: ignore[arg-type]
    assert store.db.conn.execute("SELECT count(*) FROM findings").fetchone() == (1,)


@pytest.mark.parametrize(
    "change", [{"year": 2020}, {"agency_norm": "财政局"}, {"agency_norm": None}, {"scope": "aggregate"}]
)
def test_other_bodies_and_years_stay_apart(store: Store, change: dict[str, object]) -> None:
    store.save_report(made(), source(), run_id=1)
    store.save_report(dataclasses.replace(made(), **change), source(f"{URL}2"), run_id=1)  # type: ignore[arg-type]
    assert store.count("reports") == 2
    kinds = {kind for (kind,) in store.db.conn.execute("SELECT kind FROM findings")}
    assert "second_report" not in kinds


def test_other_portals_stay_apart(store: Store) -> None:
    store.save_report(made(), source(division=None), run_id=1)
    far = dataclasses.replace(source("http://other.gov.cn/1", division=None), portal="other")
    store.save_report(made(), far, run_id=1)
    assert store.count("reports") == 2


def test_a_source_with_the_tables_takes_the_place_of_one_without(store: Store) -> None:
    store.save_report(made(facts={}), source(), entry=entry(), run_id=1)
    full = source(f"{URL}.docx", b"docx")
    assert store.save_report(made(source_type="docx"), full, run_id=1) is Saved.CHANGED
    [row] = store.reports()
    assert (row["id"], row["url"], row["source_type"], row["sha256"]) == (1, full.url, "docx", full.sha256)
    assert [fact["value"] for fact in store.facts(1)] == [3]
    assert set(sources(store)) == {URL, full.url}
    assert store.save_report(made(facts={}), source(), run_id=1) is Saved.UNCHANGED
    assert [fact["value"] for fact in store.facts(1)] == [3]
    assert store.count("versions") == 0


def test_a_second_address_that_changes_becomes_a_report_of_its_own(store: Store) -> None:
    store.save_report(made(), source(), run_id=1)
    store.save_report(made(), source(f"{URL}2"), run_id=1)
    assert store.save_report(made(facts={NEW: 9}), source(f"{URL}2", b"new"), run_id=1) is Saved.NEW
    assert sources(store) == {URL: (1, "stored"), f"{URL}2": (2, "stored")}


YEARS = {
    2019: {"application.carried_out:total": 2, "proactive.art20_5.license:items_prev": 10,
           "proactive.art20_5.license:items_change": -3},
    2020: {"application.carried_in:total": 2, "application.carried_out:total": 5,
           "proactive.art20_5.license:items_prev": 7, "proactive.art20_1.rules:in_force": 4},
    2021: {"application.carried_in:total": 4, "proactive.art20_1.rules:in_force": 6,
           "proactive.art20_1.rules:issued": 2, "proactive.art20_1.rules:repealed": 0},
}  # fmt: skip


@pytest.mark.parametrize("order", list(permutations(YEARS)))
def test_years_are_compared_in_whatever_order_they_come(store: Store, order: tuple[int, ...]) -> None:
    for year in order:
        store.save_report(made(year, YEARS[year], text=f"{PROSE}{year}"), source(f"{URL}{year}"), run_id=1)
    carried = "application.carried_in:total"
    assert told(store, "X1") == [(2020, carried, "pass", "2", "2"), (2021, carried, "fail", "5", "4")]
    assert told(store, "X2") == [(2020, "proactive.art20_5.license:items_prev", "pass", "7", "7")]
    assert told(store, "X3") == [(2021, "proactive.art20_1.rules:in_force", "pass", "6", "6")]
    assert [(year, outcome) for year, _, outcome, *_ in told(store, "D1")] == [(2020, "pass"), (2021, "pass")]
    [(kind, detail)] = store.db.conn.execute("SELECT kind, detail FROM findings").fetchall()
    assert kind == "identity_fail:X1"
    assert f"2020: {URL}2020" in detail
    [defect] = store.defects("fail", wanted=Wanted(("X1",)))
    assert "二、上年结转政府信息公开申请数量 / 总计 = 4" in defect["cells"]
    assert "2020: 四、结转下年度继续办理 / 总计 = 5" in defect["cells"]
    assert defect["detail"] == detail


def test_a_finding_names_the_address_that_the_year_before_has_now(store: Store) -> None:
    for year in (2020, 2021):
        store.save_report(made(year, YEARS[year], text=f"{PROSE}{year}"), source(f"{URL}{year}"), run_id=1)
    [(known,)] = store.db.conn.execute("SELECT id FROM reports WHERE year = 2020").fetchall()
    move(store.db, known, made(2020, YEARS[2020], text=f"{PROSE}2020"), source(f"{URL}new", b"new"), 1)
    details = store.db.conn.execute("SELECT detail FROM findings").fetchall()
    assert [detail.partition("2020: ")[2] for (detail,) in details] == [f"{URL}new"]


def test_a_corrected_year_is_compared_anew(store: Store) -> None:
    for year in (2020, 2021):
        store.save_report(made(year, YEARS[year], text=f"{PROSE}{year}"), source(f"{URL}{year}"), run_id=1)
    right = {**YEARS[2020], "application.carried_out:total": 4}
    store.save_report(made(2020, right, text=f"{PROSE}2020"), source(f"{URL}2020", b"2"), run_id=1)
    assert [row[2:] for row in told(store, "X1")] == [("pass", "4", "4")]
    assert store.db.conn.execute("SELECT count(*) FROM findings").fetchone() == (0,)
    store.save_report(made(2018, right, text=f"{PROSE}2020"), source(f"{URL}2020", b"3"), run_id=1)
    assert told(store, "X1") == told(store, "D1") == []


def test_a_cell_that_is_no_number_cannot_be_compared(store: Store) -> None:
    blank = Fact("application.carried_in:total", None, "", Status.BLANK)
    store.save_report(made(2020, YEARS[2020]), source(f"{URL}2020"), run_id=1)
    later = made(2021, {NEW: 1}, text=f"{PROSE}2021")
    later = dataclasses.replace(later, facts=(*later.facts, blank))
    store.save_report(later, source(f"{URL}2021"), run_id=1)
    assert [row[2:] for row in told(store, "X1")] == [("not_assessable", "5", None)]


def test_a_copy_of_last_year(store: Store) -> None:
    for year, value in ((2019, 0), (2020, 0), (2021, 7), (2022, 7)):
        text = f"{PROSE}{year}"
        store.save_report(made(year, {NEW: value, "a.b:c": 0}, text=text), source(f"{URL}{year}"), run_id=1)
    assert [(year, outcome) for year, _, outcome, *_ in told(store, "D1")] == [
        (2020, "not_assessable"),
        (2021, "not_assessable"),
        (2022, "fail"),
    ]


def test_of_two_reports_of_the_year_before_none_is_chosen(store: Store) -> None:
    store.save_report(made(2020, {"application.carried_out:total": 5}), source(f"{URL}a"), run_id=1)
    store.save_report(made(2020, {"application.carried_out:total": 6}), source(f"{URL}b"), run_id=1)
    store.save_report(made(2021, YEARS[2021], text=f"{PROSE}2021"), source(f"{URL}c"), run_id=1)
    assert told(store, "X1") == [(2021, "report", "not_assessable", None, "2 reports of 2020")]


def test_a_database_of_the_first_layout_gets_its_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.db"
    with monkeypatch.context() as old:
        old.setattr(migrations, "MIGRATIONS", (FIRST_LIGHT,))
        with Store.open(path) as first:
            first.db.conn.execute(
                "INSERT INTO runs (started, command, arguments, version) VALUES ('a', 'test', '{}', '1')"
            )
            first.db.conn.execute(
                "INSERT INTO reports (url, portal, title, template, text, source_type, sha256, extractor, "
                "first_seen, fetched_at, evidence, reading) VALUES ('u', 'p', 't', 'free', 'x', 'html', 's', "
                "'e', 'a', 'b', '{}', 'r')"
            )
            first.db.conn.commit()
    with Store.open(path) as store:
        assert sources(store) == {"u": (1, "stored")}
        assert [row["scope"] for row in store.reports()] == ["own"]
