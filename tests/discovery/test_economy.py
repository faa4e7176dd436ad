"""Few requests: what a crawl with a memory asks, data requests told from siblings', traps, the whole world."""

from dataclasses import replace
from datetime import date

import pytest

from govcrawl.discovery import Discovery
from govcrawl.discovery.memory import Memory, in_season
from govcrawl.discovery.scripts.values import MARK
from govcrawl.discovery.shortcuts import Shortcuts
from govcrawl.discovery.steps import Chain, Kind, Step, Target
from govcrawl.discovery.urls import page_key
from govcrawl.model import Listing, Portal
from tests.discovery.walk import go
from tests.portals import season
from tests.portals.measure import Measured, measure, ratio, specs
from tests.portals.model import PortalSpec
from tests.portals.server import PortalServer
from tests.portals.traps import Trap

HOST = "http://www.xiuyan.gov.cn"
KNOWN = {
    "cms_html", "content_dash", "doc_ymd", "epoint", "gkmlpt", "gongkai", "hanweb", "hanweb_jpaas", "hanweb_xxgk",
    "lonsun", "ncontent", "nfcms", "openness", "plain", "rednet", "snowflake", "trs", "truecms", "ucap",
    "uuid_columns", "vsb", "webinfo",
}  # fmt: skip
TRAPS = (
    "accessible", "calendar", "hot_words", "https", "jsessionid", "names", "noise", "page_call=more", "print",
    "soft404", "traditional", "wap",
)  # fmt: skip


def column(url: str, *trail: str, rows: int = 0, parent: str | None = None, looked: str = "") -> Listing:
    return Listing(f"{HOST}{url}", ("年报", *trail), parent and f"{HOST}{parent}", rows, looked=looked)


def bodies(number: int, reports: int) -> tuple[Listing, ...]:
    own = (column(f"/nb/{n}/", f"{n}镇", rows=reports, parent="/nb/") for n in range(number))
    return (column("/nb/"), *own)


def test_the_season() -> None:
    days = (date(2026, 1, 14), date(2026, 1, 15), date(2026, 4, 30), date(2026, 5, 1), date(2026, 11, 22))
    assert [in_season(day) for day in days] == [False, True, True, False, False]


def test_out_of_season_a_bounded_share_of_the_lists_is_asked() -> None:
    memory = Memory(bodies(30, 7), season=False, share=0.08)
    chosen = memory.chosen()
    assert len(chosen) == 16  # 0.08 of 210
    assert f"{HOST}/nb/" in {listing.url for listing in chosen}


def test_robots_txt_of_each_further_host_counts_against_the_share() -> None:
    hosts = [f"http://b{n}.xiuyan.gov.cn/nb/" for n in range(12)]
    listings = tuple(Listing(url, ("教育局", "年报"), None, 7) for url in hosts)
    chosen = Memory(listings, season=False, share=0.08).chosen()
    assert len(chosen) == 3  # and two robots.txt; a fourth list would cost two of the six requests


def test_each_list_has_its_turn() -> None:
    listings, asked = list(bodies(30, 7)), set()
    for week in range(2):
        for chosen in Memory(tuple(listings), season=False, share=0.08).chosen():
            asked.add(chosen.url)
            listings[listings.index(chosen)] = replace(chosen, looked=f"2026-06-{week + 1:02d}")
    assert asked == {listing.url for listing in listings}


def test_in_the_season_all_lists_are_asked_but_those_of_years_gone() -> None:
    years = tuple(column(f"/nb/{y}/", f"{y}年", rows=20, parent="/nb/") for y in range(2016, 2026))
    of_years = (column("/nb/"), *years)
    assert len(Memory(bodies(30, 1), season=True).chosen()) == 31
    spring = {listing.url for listing in Memory(of_years, season=True, share=0.0).chosen()}
    assert {f"{HOST}/nb/", f"{HOST}/nb/2025/", f"{HOST}/nb/2024/"} <= spring
    assert f"{HOST}/nb/2018/" not in spring
    summer = Memory(of_years, season=False, share=0.0).chosen()
    assert {f"{HOST}/nb/", f"{HOST}/nb/2025/"} <= {listing.url for listing in summer}
    assert len(summer) == 3


def body_step(url: str, label: str = "教育局") -> Step:
    return Step(Target(f"{HOST}{url}"), Kind.COLUMN, 70.0, "test", True, ("年报", label))


def test_a_data_request_is_told_from_a_siblings() -> None:
    shortcuts, page = Shortcuts(), f"{HOST}/list.html?categorynum=003001001"
    data = Target(f"{HOST}/rest/list", "POST", '{"categorynum": "003001001", "pageIndex": 0, "pageSize": 20}')
    got = replace(
        body_step("/list.html?categorynum=003001001"), target=data, chain=Chain(page, "epoint", [data], 1)
    )
    shortcuts.learn(got)
    step = shortcuts.instead(body_step("/list.html?categorynum=003001002", "财政局"))
    assert step.target.body == '{"categorynum": "003001002", "pageIndex": 0, "pageSize": 20}'
    assert step.instead is not None
    assert step.instead.url == step.listing == f"{HOST}/list.html?categorynum=003001002"
    for other in ("/other/list.html?categorynum=003001002", "/list.html?categorynum=003001002&n=5"):
        assert shortcuts.instead(body_step(other)).chain is None
    assert shortcuts.instead(body_step("/list.html?categorynum=003001003", "县直部门")).chain is None


def test_a_data_request_that_has_only_the_number_of_its_column() -> None:
    shortcuts, page = Shortcuts(), f"{HOST}/col/col12291/index.html"
    data = Target(f"{HOST}/search.jsp?type=Z12291&site=5&div=div12291&page=1")
    for label in ("2023年", "教育局"):
        step = body_step("/col/col12291/index.html", label)
        shortcuts.learn(replace(step, target=data, chain=Chain(page, "data", [data], 1)))
    told = shortcuts.instead(body_step("/col/col12305/index.html", "2022年"))
    assert told.target.url == f"{HOST}/search.jsp?type=Z12305&site=5&div=div12305&page=1"
    assert shortcuts.instead(body_step("/col/sub12305/index.html", "2021年")).chain is None
    assert shortcuts.instead(body_step("/col/col12307/index.html", "财政局")).chain is None
    elsewhere = replace(body_step("/", "2020年"), target=Target("http://b.gov.cn/col/col12306/index.html"))
    assert shortcuts.instead(elsewhere).chain is None


def test_a_siblings_rows_are_put_together_alike() -> None:
    page, data = f"{HOST}/nb/c1001/", Target(f"{HOST}/api/rows?channel=c1001&page=1")
    drawn = (f"/nb/c1001/{MARK}c1001{MARK}.html",)  # a field may be called as the column is
    shortcuts = Shortcuts()
    shortcuts.learn(
        replace(body_step("/nb/c1001/"), target=data, chain=Chain(page, "data", [data], 1, drawn=drawn))
    )
    step = shortcuts.instead(body_step("/nb/c1002/", "财政局"))
    assert step.target.url == f"{HOST}/api/rows?channel=c1002&page=1"
    assert step.chain is not None
    assert step.chain.drawn == (f"/nb/c1002/{MARK}c1001{MARK}.html",)


@pytest.mark.parametrize(("old", "new"), [("12", "13"), ("abcdef", "ghijkl")])
def test_no_data_request_is_guessed(old: str, new: str) -> None:
    shortcuts, data = Shortcuts(), Target(f"{HOST}/api?id=12&page=1")
    got = replace(body_step(f"/nb/{old}/"), target=data, chain=Chain(f"{HOST}/nb/{old}/", "ucap", [data], 1))
    shortcuts.learn(got)
    assert shortcuts.instead(body_step(f"/nb/{new}/")).chain is None


def county(style: str, shape: str, *traps: str) -> PortalSpec:
    return PortalSpec(
        "www.xiuyan.gov.cn",
        "岫堰县",
        "990131",
        style,
        shape,
        5,
        departments=5,
        towns=4,
        others=60,
        traps=traps,
    )


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_costs_neither_reports_nor_requests(trap: str) -> None:
    result = measure(county("trs", "flat", trap))
    assert (result.missing, result.false, result.told) == ([], [], [])
    assert result.requests <= 1.25 * result.truth
    assert result.later <= 3


def test_a_list_of_stubs_is_said_to_be_short() -> None:
    result = measure(county("trs", "flat", "stubs"))
    assert (result.missing, result.false) == ([], [])
    assert "says that it has 5 pages and shows rows on 2" in result.told[0]


@pytest.mark.parametrize("shape", ["old_new", "notices", "hosts", "mini"])
def test_reports_beside_the_column_are_looked_for(shape: str) -> None:
    result = measure(county("cms_html", shape))
    assert (result.missing, result.false) == ([], [])
    assert result.later <= 0.1 * result.truth + 3


@pytest.mark.parametrize("style", ["php_lists", "struts_action"])
def test_one_folder_for_all_pages_makes_no_old_navigation_new(style: str) -> None:
    result = measure(county(style, "mini"))
    assert (result.missing, result.false, result.told) == ([], [], [])
    assert result.later <= 0.1 * result.truth + 3


def test_a_body_with_a_site_of_its_own_costs_its_way_and_no_more() -> None:
    result = measure(county("aspx_pager", "hosts"))
    assert (result.missing, result.false) == ([], [])
    assert result.requests <= result.truth + 12 + 3 * 5  # three for each department, one of them robots.txt


def test_columns_of_a_body_in_a_year_are_parts() -> None:
    result = measure(county("php_lists", "own_pages"))
    assert (result.missing, result.false) == ([], [])
    assert result.requests <= 1.25 * result.truth


@pytest.mark.soak
def test_the_whole_world() -> None:
    results = [measure(spec) for spec in specs()]
    truth, found = sum(r.truth for r in results), sum(r.found for r in results)
    assert [said for r in results for said in r.false] == []
    assert found >= 0.99 * truth, worst(results)
    for style in {r.style for r in results}:
        own = [r for r in results if r.style == style]
        least = 0.99 if style in KNOWN else 0.95
        assert sum(r.found for r in own) >= least * sum(r.truth for r in own), style
        assert ratio(sum(r.later for r in own), sum(r.found for r in own)) <= 0.1, style
    assert ratio(sum(r.requests for r in results), found) <= 1.25
    assert ratio(sum(r.later for r in results), found) <= 0.1


def worst(results: list[Measured]) -> str:
    short = sorted(results, key=lambda r: -len(r.missing))[:10]
    return "; ".join(f"{r.style} {r.shape}: {len(r.missing)} of {r.truth}" for r in short)


def test_every_trap_tried_is_one() -> None:
    assert {trap.partition("=")[0] for trap in TRAPS} <= set(Trap.known)


@pytest.mark.parametrize("moment", ["one_more", "new_year", "moved", "new_cms"])
def test_what_has_come_or_moved_since_is_found(moment: str) -> None:
    spec = county("trs", "year")
    before, after = season.at(spec, "first"), season.at(spec, moment)
    place = Portal(before.key, spec.place, spec.home, spec.code)
    with PortalServer([before]) as server:
        first = Discovery(place)
        known = frozenset(page_key(entry.url) for entry in go(first, server.proxy_url).entries)
        server.portals[spec.host] = after
        again = Discovery(place, memory=Memory(tuple(first.visited.values()), known, season=True))
        found = {page_key(entry.url) for entry in go(again, server.proxy_url).entries}
    wanted = {page_key(e.urls[0]) for e in after.truth}
    assert wanted <= known | found
    assert (again.changed is not None) is (moment in {"moved", "new_cms"})
