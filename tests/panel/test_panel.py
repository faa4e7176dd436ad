from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from govcrawl.errors import UsageError
from govcrawl.model import Portal
from govcrawl.panel import LABELS, PanelRow, Renames, identify, panel_rows, successions
from govcrawl.panel.divisions import today
from govcrawl.registry import load
from govcrawl.registry.divisions import divisions, townships
from govcrawl.store import Store
from tests.store.make import report, source

NONE = Renames()
TODAY = date(2024, 6, 1)


def body_id(code: str | None, norm: str, agency: str | None = None, renames: Renames = NONE) -> str:
    return identify(code, "somewhere", norm, None, agency, renames).body_id


def test_an_id_holds_no_control_characters() -> None:
    assert body_id(None, "民政局\x1b[2a\x9b") == "somewhere:民政局[2a"
    assert identify("110228", "x", "教育\x07局", None, None, NONE).norm == "教育局"


def test_a_division_is_followed_where_one_took_over_one() -> None:
    assert today("110228") == "110118"  # 密云县 became 密云区
    assert today("110222") == "110113"  # 顺义县 became 顺义区
    assert today("110118") == "110118"


def test_a_merged_or_divided_division_keeps_its_own_code() -> None:
    assert today("110103") == "110103"  # 崇文区 went into 东城区
    assert today("120107") == "120107"  # 塘沽, 汉沽 and 大港 made 滨海新区
    assert today("000000") == "000000"


def test_no_two_old_divisions_are_one_today() -> None:
    ends: dict[str, set[str]] = {}
    for code in divisions():
        ends.setdefault(today(code), set()).add(code)
    ways = [codes for codes in ends.values() if len(codes) > 1]
    assert len(ways) > 500
    assert all(today(code) in divisions() for code in divisions())


def test_a_body_is_the_same_under_an_earlier_name_of_its_division() -> None:
    assert body_id("110118", "教育局", "密云区教育局") == "110118:教育局"
    assert body_id("110118", "密云县教育局", "密云县教育局") == "110118:教育局"
    assert body_id("110228", "教育局", "密云县教育局") == "110118:教育局"
    assert body_id("110118", "密云县", "密云县人民政府") == "110118:人民政府"
    assert identify("110228", "x", "教育局", None, None, NONE).told == "110228 became 110118"
    assert body_id(None, "教育局") == "somewhere:教育局"
    assert identify("450703", "x", "石桥镇", "450703101", None, NONE).body_id == "450703101"


def test_names_are_joined_only_where_somebody_vouches_for_it() -> None:
    assert body_id("450703", "国土资源局") != body_id("450703", "自然资源局")
    known = Renames.of(
        [
            ("", "国土资源局", "自然资源局"),
            ("4507", "国土资源局", "自然资源和规划局"),
            ("", "甲局", "乙局"),
            ("", "乙局", "甲局"),
        ]
    )
    assert body_id("450703", "国土资源局", renames=known) == "450703:自然资源和规划局"
    assert body_id("130102", "国土资源局", renames=known) == "130102:自然资源局"
    assert body_id("130102", "甲局", renames=known) == "130102:乙局"
    assert "国土资源局 was renamed" in identify("130102", "x", "国土资源局", None, None, known).told


def test_a_town_that_was_renamed_has_the_code_of_todays() -> None:
    town = townships("450703")[0]
    known = Renames.of([("450703", "老石桥乡", town.name)])
    assert body_id("450703", "老石桥乡", renames=known) == town.code
    assert body_id("450703", "老石桥乡") == "450703:老石桥乡"


def test_a_file_of_renames(tmp_path: Path) -> None:
    file = tmp_path / "renames.csv"
    file.write_text("division_code,old,new\n45,国土资源局,自然资源局\n", encoding="utf-8")
    assert Renames.read(file).newest("450703", "国土资源局") == "自然资源局"
    file.write_text("division_code,old,new\nx,国土资源局,\n", encoding="utf-8")
    with pytest.raises(UsageError, match="line 2: a division code"):
        Renames.read(file)


def store_with(*reports: tuple[str, str, int, str, str]) -> Store:
    """A database with reports: url, name, year, scope, portal."""
    store = Store.in_memory()
    run = store.start_run("crawl", {})
    store.note_portal_run(
        run,
        Portal("miyun", "密云区", "http://www.bjmy.gov.cn/", "110118", "county"),
        outcome="complete",
        counts={},
    )
    for url, name, year, scope, portal in reports:
        made = report(
            title=f"{name}{year}", agency=name, agency_norm=name.removeprefix("密云区") or "人民政府",
            agency_type="county_gov" if "政府" in name else "department", year=year, scope=scope, text=url, facts=(),
        )  # fmt: skip
        store.save_report(made, source(url, url.encode(), division="110118"), run_id=run)
        store.db.conn.execute("UPDATE reports SET portal = ? WHERE url = ?", (portal, url))
        store.db.conn.commit()
    store.db.conn.commit()
    return store


def rows(store: Store, **given: object) -> list[PanelRow]:
    told = {"region": "110118", "years": (2014, 2015, 2021), "today": TODAY} | given
    return [PanelRow(*cells) for cells in panel_rows(store, load(), **told)]  # type: ignore[arg-type]


def test_each_body_and_year_is_there_once_and_gaps_are_named() -> None:
    with store_with(
        ("http://a/1", "密云县人民政府", 2014, "own", "miyun"),
        ("http://a/2", "密云区人民政府", 2021, "aggregate", "miyun"),
        ("http://a/3", "密云区教育局", 2021, "own", "miyun"),
        ("http://a/4", "密云县教育局", 2014, "own", "miyun"),
        ("file:///b", "密云区教育局", 2021, "own", "file"),
    ) as store:
        portal = next(p for p in load().portals if p.division_code == "110118")
        for table, column in (("reports", "portal"), ("portal_runs", "portal"), ("portals", "key")):
            store.db.conn.execute("PRAGMA foreign_keys=OFF")
            store.db.conn.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = 'miyun'", (portal.key,))
        found = rows(store)
        assert len({(row.body_id, row.year) for row in found}) == len(found)
        seen = {(row.body_id, row.year): row for row in found}
        government = [seen["110118:人民政府", year] for year in (2014, 2015, 2021)]
        assert [row.status for row in government] == ["found", "missing", "found"]
        assert [row.scope for row in government] == ["own", None, "aggregate"]
        assert seen["110118:教育局", 2014].agency == "密云县教育局"
        assert seen["110118:教育局", 2021].reports == 2
        assert rows(store) == found


def test_an_id_does_not_depend_on_what_else_is_there() -> None:
    few = [("file:///1", "密云区教育局", 2021, "own", "file")]
    more = [
        *few,
        ("file:///2", "密云区民政局", 2015, "own", "file"),
        ("file:///0", "密云县教育局", 2014, "own", "file"),
    ]
    with store_with(*few) as first, store_with(*more) as second:
        old = {row.url: row.body_id for row in rows(first) if row.url}
        assert old == {"file:///1": "110118:教育局"}
        assert old.items() <= {row.url: row.body_id for row in rows(second) if row.url}.items()


def test_candidates_for_renames_are_named_and_not_applied() -> None:
    def found(body: str, first: int, last: int, kind: str = "department") -> list[PanelRow]:
        empty = dict.fromkeys(PanelRow.__slots__)
        told = {
            "body_id": f"450703:{body}",
            "division_code": "450703",
            "body": body,
            "kind": kind,
            "report_id": 1,
        }
        return [PanelRow(**{**empty, **told, "year": year}) for year in range(first, last + 1)]  # type: ignore[arg-type]

    rows = [
        *found("国土资源局", 2012, 2018), *found("自然资源局", 2019, 2023), *found("审计局", 2019, 2023),
        *found("石桥乡", 2012, 2014, "township"), *found("石桥街道", 2016, 2023, "subdistrict"),
        *found("农业局", 2012, 2016), *found("农业农村局", 2019, 2023),
    ]  # fmt: skip
    assert [(row.old, row.new, row.last, row.first) for row in successions(rows)] == [
        ("国土资源局", "自然资源局", 2018, 2019),
        ("石桥乡", "石桥街道", 2014, 2016),
    ]


def test_every_column_has_a_chinese_name() -> None:
    assert list(LABELS) == list(PanelRow.__slots__)
