"""Coverage against truth made by hand: a county of 2016 with two towns, in the spring of 2023."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import pytest

from govcrawl.coverage import Known, Look, Mention, Reported, Status, Territory, Town, coverage
from govcrawl.coverage.law import due_on
from govcrawl.coverage.shares import by_region, share, totals

TOWNS = (Town("990101101", "双溪镇", "双溪镇"), Town("990101001", "南山街道", "南山街道"))
SEEN = (Look(date(2023, 2, 15), "complete"),)
TODAY = date(2023, 3, 1)
YEARS = range(2014, 2023)


def place(**changes: object) -> Territory:
    given: dict[str, object] = {"since": 2016, "towns": TOWNS, "looks": SEEN, **changes}
    return Territory("shiwu", "石坞县", "990101", "county", **given)  # type: ignore[arg-type]


def report(
    norm: str, year: int, kind: str = "department", town: str | None = None, **more: object
) -> Reported:
    aggregate = bool(more.get("aggregate", False))
    url = f"http://www.shiwu.gov.cn/{norm}/{year}.html"
    return Reported("shiwu", norm, f"石坞县{norm}", kind, town, year, aggregate, url)


def known(norm: str, year: int, state: str, **more: object) -> Known:
    return Known(
        "shiwu", norm, year, state, f"because {state}", f"http://x/{norm}", bool(more.get("bytes_came"))
    )


def judged(
    reports: Iterable[Reported] = (),
    links: Iterable[Known] = (),
    mentions: Iterable[Mention] = (),
    *,
    places: Sequence[Territory] | None = None,
    years: Sequence[int] = YEARS,
    today: date = TODAY,
) -> dict[tuple[str, int], str]:
    rows = coverage(places or [place()], reports, links, mentions, years=years, today=today)
    return {(row.body.norm, row.year): row.status.value for row in rows}


def test_the_law() -> None:
    assert due_on(2018, government=False) == due_on(2018, government=True) == date(2019, 3, 31)
    assert due_on(2019, government=False) == date(2020, 1, 31)
    assert due_on(2019, government=True) == date(2020, 3, 31)


def test_government_and_towns_owe_from_the_county_s_first_year_on() -> None:
    found = judged([report("人民政府", 2020, "county_gov"), report("双溪镇", 2021, "township", "990101101")])
    assert {body for body, _ in found} == {"人民政府", "双溪镇", "南山街道"}
    assert {year for _, year in found} == set(range(2016, 2023))
    assert {key: status for key, status in found.items() if key[0] == "人民政府"} == {
        **{("人民政府", year): "missing" for year in (2016, 2017, 2018, 2019)},
        ("人民政府", 2020): "found",
        ("人民政府", 2021): "overdue",  # the newest that is due of a government
        ("人民政府", 2022): "not_due",  # until 31 March
    }
    assert (found["双溪镇", 2021], found["双溪镇", 2022], found["双溪镇", 2020]) == (
        "found",
        "overdue",
        "missing",
    )


def test_what_was_published_before_the_county_was_founded_is_found_and_nothing_missing() -> None:
    found = judged([report("人民政府", 2014, "county_gov")])
    assert found["人民政府", 2014] == "found"
    assert ("人民政府", 2015) not in found


def test_a_division_that_ended_owes_nothing_after() -> None:
    found = judged(places=[place(until=2019)])
    assert {year for _, year in found} == {2016, 2017, 2018, 2019}


def test_departments_owe_from_their_first_report_and_not_over_the_reform() -> None:
    found = judged(
        [report("教育局", 2017), report("教育局", 2020), report("农业局", 2014), report("农业局", 2017)]
    )
    assert [found.get(("教育局", year)) for year in range(2016, 2023)] == [
        None, "found", "missing", "missing", "found", "missing", "overdue"
    ]  # fmt: skip
    assert [found.get(("农业局", year)) for year in range(2014, 2020)] == [
        "found", "missing", "missing", "found", "missing", None
    ]  # fmt: skip


def test_a_town_that_the_register_no_longer_has_owes_up_to_its_last_report() -> None:
    found = judged([report("老街镇", 2019, "township"), report("老街镇", 2021, "township")])
    assert [found.get(("老街镇", year)) for year in (2018, 2019, 2020, 2021, 2022)] == [
        None, "found", "missing", "found", None
    ]  # fmt: skip


def test_a_body_that_a_column_names_owes_from_then_on() -> None:
    mentions = [Mention("shiwu", "数据局", "县数据局", "department", 2021)]
    found = judged(mentions=[*mentions, Mention("shiwu", "双溪镇", "双溪镇", "township", 2021)])
    assert [found.get(("数据局", year)) for year in (2020, 2021, 2022)] == [None, "missing", "overdue"]
    assert found["双溪镇", 2016] == "missing"


def test_a_sum_over_the_bodies_is_told_apart() -> None:
    found = judged([report("人民政府", 2020, "county_gov", aggregate=True), report("教育局", 2019)])
    assert found["人民政府", 2020] == "found"
    assert found["双溪镇", 2020] == found["教育局", 2020] == "summed"
    assert found["双溪镇", 2019] == "missing"


@pytest.mark.parametrize(
    ("state", "bytes_came", "status"),
    [
        ("pending", False, "pending"),
        ("failed", False, "unreachable"),
        ("failed", True, "unreadable"),
        ("blocked", False, "blocked"),
        ("gone", True, "missing"),
    ],
)
def test_a_link_without_a_report_says_why(state: str, bytes_came: bool, status: str) -> None:
    link = known("双溪镇", 2020, state, bytes_came=bytes_came)
    (row,) = [
        row
        for row in coverage([place()], [], [link], [], years=[2020], today=TODAY)
        if row.body.norm == "双溪镇"
    ]
    assert (row.status.value, row.url, row.reason) == (status, "http://x/双溪镇", f"because {state}")


@pytest.mark.parametrize(
    ("looks", "status"),
    [
        ((), "not_looked"),
        ((Look(date(2022, 12, 1), "complete"),), "not_looked"),  # before it was due
        ((Look(date(2023, 2, 1), "blocked", "403"),), "blocked"),
        ((Look(date(2023, 2, 1), "unreachable", "DNS"),), "unreachable"),
        ((*SEEN, Look(date(2023, 2, 20), "unreachable", "DNS")), "overdue"),  # looked for and not there
        ((Look(date(2023, 2, 15), "complete", years=range(2019, 2021)),), "not_looked"),
        ((Look(date(2023, 2, 15), "incomplete", "budget"),), "overdue"),
    ],
)
def test_only_a_look_after_the_day_makes_it_overdue(looks: Sequence[Look], status: str) -> None:
    rows = list(coverage([place(looks=looks)], [], [], [], years=[2022], today=TODAY))
    (row,) = [row for row in rows if row.body.norm == "双溪镇"]
    assert row.status.value == status
    incomplete = "the last look was incomplete: budget"
    assert (row.reason == incomplete) == (bool(looks) and looks[-1].outcome == "incomplete")


def test_shares_leave_out_what_is_not_due_or_not_looked_for() -> None:
    rows = list(
        coverage(
            [place()],
            [report("双溪镇", 2022, "township", "990101101")],
            [],
            [],
            years=[2021, 2022],
            today=TODAY,
        )
    )
    counts = by_region(rows)
    assert list(counts) == ["990101"]
    assert [share(counts["990101"][year]) for year in (2021, 2022)] == ["0/3", "1/2"]
    assert totals(counts.values())[2022][Status.NOT_DUE] == 1
    far = list(coverage([place(looks=())], [], [], [], years=[2022], today=TODAY))
    assert share(by_region(far)["990101"][2022]) == "-"


def test_many_places_are_shown_by_prefecture() -> None:
    places = [Territory(f"p{n}", f"第{n}县", f"99{n:04d}", "county", looks=SEEN) for n in range(100, 160)]
    rows = list(coverage(places, [], [], [], years=[2021], today=TODAY))
    counts = by_region(rows)
    assert list(counts) == ["9901"]
    assert share(counts["9901"][2021]) == "0/60"
