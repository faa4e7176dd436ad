"""What coverage takes from a database: looks, links with the body they speak of, names in columns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from govcrawl.cli import main
from govcrawl.coverage import gather, years_of
from govcrawl.coverage.places import named_by
from govcrawl.model import Entry, EntryState, Portal, Visit
from govcrawl.registry import Registry
from govcrawl.store import Store
from tests.store.make import report, source

QINBEI = Portal(
    "qinbei", "钦北区", "http://www.qinbei.gov.cn/", "450703", "county", "广西壮族自治区", "钦州市"
)
CITY = Portal("qinzhou", "钦州市", "http://www.qinzhou.gov.cn/", "450700", "prefecture", "广西壮族自治区")
NB = "http://www.qinbei.gov.cn/nb/"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "govcrawl.db") as opened:
        for years in ({}, {"years": "2019-2020"}):
            run = opened.start_run("crawl", years)
            for portal in (QINBEI, CITY):
                opened.note_portal_run(run, portal, outcome="complete", counts={})
            opened.finish_run(run, verdict="complete", exit_status=0, counts={}, detail={})
        for url, parent, label in (
            (QINBEI.url, None, ""),
            (NB, QINBEI.url, "政府信息公开年报"),
            (f"{NB}jyj/", NB, "教育局"),
            (f"{NB}sjj/", NB, "数据局"),
            (f"{QINBEI.url}x/", QINBEI.url, "气象局"),  # not in the column
        ):
            opened.note_visit(Visit(url, "qinbei", parent, label, "column", "x"), 1)
        yield opened


def entry(name: str, title: str, year: int | None, listing: str = NB) -> Entry:
    return Entry(f"{NB}{name}.html", "qinbei", title, year, None, listing)


def test_links_are_told_by_their_title_or_else_by_the_column(store: Store) -> None:
    entries = [
        entry("1", "钦北区长滩镇人民政府2021年政府信息公开工作年度报告", 2021),
        entry("2", "2021年政府信息公开工作年度报告", None, f"{NB}jyj/"),
        entry("3", "2021年政府信息公开工作年度报告", 2021),
        entry("4", "政府信息公开年报", None, f"{NB}jyj/"),
    ]
    store.note_entries(entries, 1)
    store.close_entry(entries[0].url, EntryState.BLOCKED, "403", run_id=1)
    found = gather(store, Registry([QINBEI, CITY]), None)
    assert [(link.norm, link.year, link.state, link.reason) for link in found.links] == [
        ("长滩镇", 2021, "blocked", "403"),
        ("教育局", 2021, "pending", ""),
    ]
    assert found.unassigned == 2
    assert [mention.norm for mention in found.mentions] == ["教育局", "数据局"]
    looks = {place.portal: [look.years for look in place.looks] for place in found.places}
    assert looks == {"qinbei": [None, range(2019, 2021)], "qinzhou": [None, range(2019, 2021)]}
    (county,) = [place for place in found.places if place.portal == "qinbei"]
    assert "长滩镇" in {town.norm for town in county.towns}


def test_a_crawl_of_weeks_counts_from_its_first_day(store: Store) -> None:
    store.db.conn.execute(
        "UPDATE runs SET started='2025-01-31T14:00:00Z', finished='2025-02-20T02:00:00Z' WHERE id=1"
    )
    store.db.conn.execute(
        "UPDATE runs SET started='2025-01-31T17:00:00Z', finished='2025-01-31T18:00:00Z' WHERE id=2"
    )
    (county,) = [p for p in gather(store, Registry([QINBEI]), None).places if p.portal == "qinbei"]
    assert [look.day for look in county.looks] == [date(2025, 1, 31), date(2025, 2, 1)]  # in Beijing


def test_a_county_s_report_on_the_city_s_portal_is_the_county_s(store: Store) -> None:
    for number, (norm, kind, scope) in enumerate(
        [
            ("钦北区", "county_gov", "own"),
            ("人民政府", "city_gov", "own"),
            (None, None, "aggregate"),
            (None, None, "own"),
        ]
    ):
        made = report(agency_norm=norm, agency_type=kind, scope=scope, year=2015 + number)
        origin = replace(source(f"{CITY.url}{number}", division="450700"), portal="qinzhou")
        store.save_report(made, origin, run_id=1)
    found = gather(store, Registry([QINBEI, CITY]), None)
    assert [(one.portal, one.norm, one.year, one.aggregate) for one in found.reports] == [
        ("qinbei", "人民政府", 2015, False),
        ("qinzhou", "人民政府", 2016, False),
        ("qinzhou", "人民政府", 2017, True),
    ]
    assert years_of(found, (), date(2019, 5, 1)) == [2015, 2016, 2017, 2018]
    assert years_of(found, (2021, 2020), date(2019, 5, 1)) == [2020, 2021]


def test_a_city_without_counties_has_towns(store: Store) -> None:
    dongguan = Portal("dg", "东莞市", "http://www.dg.gov.cn/", "441900", "prefecture", "广东省")
    found = gather(store, Registry([QINBEI, CITY, dongguan]), "4419")
    (place,) = found.places
    assert len(place.towns) > 30
    assert "虎门镇" in {town.norm for town in place.towns}


def run(store: Store, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["coverage", "--output", str(store.path.parent), *arguments])


def test_the_command(store: Store) -> None:
    store.note_entries([entry("1", "长滩镇2021年政府信息公开工作年度报告", 2021)], 1)
    rows = json.loads(run(store, "--format", "json", "--year", "2021").stdout)
    (town,) = [row for row in rows if row["agency_norm"] == "长滩镇"]
    assert (town["status"], town["url"], town["due"]) == ("pending", f"{NB}1.html", "2022-01-31")
    assert {row["place"] for row in rows} == {"钦北区", "钦州市"}
    table = run(store, "--year", "2021", "--bodies").stdout
    assert "known, still to be fetched" in table
    assert any(line.split()[:1] == ["450703"] for line in table.splitlines())
    assert "pending 2021" in table
    everywhere = run(store, "--region", "4507", "--year", "2021", "--format", "csv").stdout
    assert "灵山县" in everywhere
    assert "never crawled" in everywhere


def test_a_portal_without_a_division_is_where_its_bodies_say(store: Store) -> None:
    named = named_by(["石坞县教育局", "石坞县水利局", "民政局", "城关镇", "全市场局"])
    assert named is not None
    assert (named.name, named.level, named.code) == ("石坞县", "county", None)
    assert named_by(["石坞县教育局", "民政局"]) is None
    adhoc = Portal("www.shiwu.gov.cn", "www.shiwu.gov.cn", "http://www.shiwu.gov.cn/")
    store.note_portal_run(1, adhoc, outcome="complete", counts={})
    for number, agency in enumerate(["石坞县教育局", "教育局", "石坞县人民政府", "石坞县水利局"]):
        origin = replace(source(f"{adhoc.url}{number}", division=None), portal=adhoc.key)
        made = report(agency=agency, agency_norm=agency, agency_type=None, year=2015 + number)
        store.save_report(made, origin, run_id=1)
    found = gather(store, Registry([]), None)
    assert [one.norm for one in found.reports] == ["教育局", "教育局", "人民政府", "水利局"]


def test_ingested_reports_count_where_they_were_said_to_be_from(store: Store) -> None:
    for number, code in enumerate(("450703", "450722", None)):
        origin = replace(source(f"file:///{number}.html", division=code), portal="file")
        made = report(agency="教育局", agency_norm="教育局", agency_type="department", year=2021 + number)
        store.save_report(made, origin, run_id=1)
    found = gather(store, Registry([QINBEI]), None)
    assert [(one.portal, one.norm, one.year) for one in found.reports] == [
        ("qinbei", "教育局", 2021),
        ("450722", "教育局", 2022),
    ]
    assert [(place.portal, place.name) for place in found.places if place.code == "450722"] == [
        ("450722", "浦北县")
    ]
    assert [one.year for one in gather(store, Registry([QINBEI]), "450703").reports] == [2021]


def test_a_region_that_there_is_not_is_refused(store: Store) -> None:
    result = run(store, "--region", "99")
    assert result.exit_code == 2
    assert "--region '99'" in result.stderr
