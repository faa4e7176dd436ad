"""Sums by region and year, as numbers and as plots."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from xml.etree import ElementTree

import pytest

pytest.importorskip("datasette", reason="the extra serve is not installed")

from govcrawl.model import Status
from govcrawl.serve.pages.trends import _summed
from govcrawl.serve.trends import Sum, summed
from govcrawl.store import Store
from tests.serve.browsing import Browser
from tests.serve.world import facts, yearly
from tests.store.make import URL, source


def test_the_numbers_are_those_of_the_reports(browser: Browser) -> None:
    answer = browser.get("/trends.csv?measure=applications&region=990101")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    got = {(row["year"], row["series"]): (row["value"], row["reports"]) for row in rows}
    (received,) = (fact for fact in facts("2021", 2021) if fact.fact == "application.received_new:total")
    assert received.status is Status.NUMBER
    assert got["2021", "received"] == (str(received.value), "1")
    assert got["2020", "received"][1] == "2"
    assert {series for year, series in got if year == "2015"} == {"received_2014"}


def test_regions_have_the_applications_of_the_form_of_2014_too() -> None:
    old, new = "stat2014.application.received", "application.received_new:total"
    found = {("450701", 2015): {old: Sum(7, 2)}, ("450702", 2015): {old: Sum(3, 1), new: Sum(5, 1)}}
    assert _summed(found, "450701", 2015, "applications") == Sum(7, 2)
    assert _summed(found, "4507", 2015, "applications") == Sum(15, 4)


@pytest.mark.parametrize("by", ["", "&by=region"])
def test_a_plot_has_no_words_and_no_script(browser: Browser, by: str) -> None:
    answer = browser.get(f"/trends.svg?measure=outcomes{by}")
    assert answer.headers["content-type"] == "image/svg+xml"
    root = ElementTree.fromstring(answer.content)
    texts = {"".join(node.itertext()).strip() for node in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"2019", "2020", "2021", "2022"} <= texts
    assert all(text.replace(",", "").isdigit() for text in texts)
    assert b"script" not in answer.content
    assert answer.content == browser.get(f"/trends.svg?measure=outcomes{by}").content


def test_an_unknown_measure_is_not_found(browser: Browser) -> None:
    assert browser.get("/trends?measure=x").status_code == 404


def test_a_second_report_of_a_body_and_year_counts_once() -> None:
    with Store.in_memory() as store:
        store.start_run("test", {})
        first = yearly(2021, "2021")
        other = replace(first, text="另一份文字", facts=facts("2021", 5))
        store.save_report(first, source(f"{URL}?1"), run_id=1)
        store.save_report(other, source(f"{URL}?2"), run_id=1)
        assert store.count("reports") == 2
        received = summed(store)["990101", 2021]["application.received_new:total"]
    assert received == Sum(
        next(f.value for f in first.facts if f.fact == "application.received_new:total"), 1
    )
