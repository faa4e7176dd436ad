"""A server that answers the same to everything, and what is made of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from govcrawl.crawl.outages import Outage
from tests.crawl.manners import ask, crawl, small
from tests.crawl.network import Answer, Asked, Network, site


def test_one_answer_to_everything() -> None:
    outage = Outage()
    for number in range(2):
        assert not outage.everywhere
        outage.page(
            f"http://a.gov.cn/{number}.html", b"<h1>/%d.html: not now, 12:0%d</h1>" % (number, number)
        )
    assert outage.everywhere
    outage.page("http://a.gov.cn/nb/", b"<a href='1.html'>a report</a>")
    assert not outage.everywhere


def test_pages_that_are_not_there_and_one_that_was_there_lately() -> None:
    outage = Outage()
    outage.missed("404", control=False)
    outage.missed("404", control=False)
    assert (outage.lost, outage.told()) == (2, [])
    outage.there()
    assert outage.lost == 0
    outage.missed("404", control=True)
    assert "one that was there lately (404)" in outage.told()[0]


@pytest.mark.soak
def test_nothing_is_gone_by_evenings_on_which_the_server_has_no_report(tmp_path: Path) -> None:
    portal = small("fuwuqi", 97, departments=5)
    state = {"now": "well"}
    paths = {url.partition(".gov.cn")[2] for report in portal.truth for url in report.urls}

    def special(asked: Asked) -> Answer | None:
        if state["now"] == "same" or (state["now"] == "none" and asked.path in paths):
            return Answer(
                b"<html><title>x</title><body>busy</body></html>", 200 if state["now"] == "same" else 404
            )
        return None

    arguments = ("-a", f"url={portal.spec.home}")
    with Network({portal.host: site(portal, special)}) as network:
        assert crawl(tmp_path, *arguments, network=network).status == 0
        rows = "SELECT url, agency, year, text, gone_since FROM reports ORDER BY url"
        listings = "SELECT url, rows FROM listings ORDER BY url"
        stored, remembered = ask(tmp_path, rows), ask(tmp_path, listings)
        for _ in range(2):
            state["now"] = "none"
            network.log.clear()
            ended = crawl(tmp_path, *arguments, settings=["RECHECK_DAYS=0"], network=network)
            assert ended.status == 3, ended.errors
            assert "its report pages cannot be had, among them one that was there lately" in ended.errors
            assert sum(asked.path in paths for asked in network.log) <= 12
            assert ask(tmp_path, rows) == stored
            with closing(sqlite3.connect(tmp_path / "govcrawl.db")) as db, db:
                db.execute("UPDATE entries SET doubted=datetime(doubted, '-1 day')")
        state["now"] = "same"
        ended = crawl(tmp_path, *arguments, settings=["RECHECK_DAYS=0"], network=network)
        assert ended.status == 5, ended.errors
        assert "every page of it is the same today" in ended.errors
        assert (ask(tmp_path, rows), ask(tmp_path, listings)) == (stored, remembered)
        state["now"] = "well"
        ended = crawl(tmp_path, *arguments, settings=["RECHECK_DAYS=0"], network=network)
        assert ended.status == 0, ended.errors
        assert ask(tmp_path, rows) == stored
        assert ask(tmp_path, "SELECT count(*) FROM entries WHERE doubted IS NOT NULL") == [(0,)]
