"""Two crawls of a portal between which reports were corrected, withdrawn, put elsewhere and published."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from govcrawl.cli import main
from tests.crawl.manners import ask, crawl, small
from tests.portals import season
from tests.portals.model import PortalSpec
from tests.portals.score import score
from tests.portals.server import PortalServer
from tests.portals.world import Expected, Portal

HOME = "http://www.bianhua.gov.cn/"


def spec() -> PortalSpec:
    return small("bianhua", 5, style="trs", departments=3, towns=2).spec


def of(portal: Portal, number: int) -> Expected:
    return next(e for e in portal.truth if f"_{number}." in e.urls[0])


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Portal, Portal, list[tuple[str, int]]]:
    """The output of both crawls, the portal before and after, and what the second one asked for."""
    output = tmp_path_factory.mktemp("changes")
    before, after = season.at(spec(), "first"), season.at(spec(), "changed")
    with PortalServer([before]) as server:
        assert crawl(output, "-a", f"url={HOME}", network=server).status == 0
        with (
            closing(sqlite3.connect(output / "govcrawl.db")) as db,
            db,
        ):  # the corrected one is due, the others are not
            corrected = of(before, season.changes(spec()).corrected).urls[0]
            db.execute(
                "INSERT INTO runs (id, started, command, arguments, version) VALUES (0, '2020-01-01', '', '', '')"
            )
            db.execute("UPDATE entries SET looked_run=0 WHERE url=?", (corrected,))
        server.portals["www.bianhua.gov.cn"] = after
        server.log.clear()
        ended = crawl(output, "-a", f"url={HOME}", network=server)
        assert ended.status == 0, ended.errors
        assert "1 new report and 1 changed report" in ended.errors
        asked = [(entry.path, entry.status) for entry in server.log]
        assert "1 report is on the web no more, and kept." in ended.errors
    return output, before, after, asked


Crawled = tuple[Path, Portal, Portal, list[tuple[str, int]]]


def test_the_database_is_that_of_the_portal_as_it_is(crawled: Crawled) -> None:
    output, before, after, _ = crawled
    gone = of(before, season.changes(spec()).vanished).urls[0]
    (result,) = score(output / "govcrawl.db", [after])
    assert result.missing == result.wrong_facts == []
    assert [line.split()[0] for line in result.false] == [gone]


def test_a_corrected_report_is_a_version_with_a_difference(crawled: Crawled) -> None:
    output, before, after, _ = crawled
    number = season.changes(spec()).corrected
    url, was, now = of(before, number).urls[0], of(before, number).truth, of(after, number).truth
    assert ask(output, "SELECT r.url FROM versions v JOIN reports r ON r.id = v.report_id") == [(url,)]
    told = CliRunner().invoke(main, ["diff", url, "--output", str(output), "--format", "json"])
    assert told.exit_code == 0, told.output
    (change,) = json.loads(told.stdout)["changes"]
    numbers = {one["fact"]: (one["before"], one["after"]) for one in change["numbers"]}
    for fact, truth in was.facts.items():
        if truth.status == now.facts[fact].status == "number" and truth.value != now.facts[fact].value:
            assert numbers[fact] == (truth.raw, now.facts[fact].raw)
    assert change["sentences"]["removed"]
    assert change["sentences"]["added"]
    table = CliRunner().invoke(main, ["diff", url, "--output", str(output)])
    assert "- " + change["sentences"]["removed"][0][:20] in table.stdout


def test_a_withdrawn_report_is_gone_and_kept(crawled: Crawled) -> None:
    output, before, *_ = crawled
    url = of(before, season.changes(spec()).vanished).urls[0]
    sql = "SELECT e.state, r.gone_since IS NOT NULL FROM entries e JOIN reports r ON r.id = e.report_id WHERE e.url = ?"
    assert ask(output, sql, url) == [("gone", 1)]
    assert ask(output, "SELECT count(*) FROM reports WHERE gone_since IS NOT NULL") == [(1,)]
    status = CliRunner().invoke(main, ["status", "--output", str(output)])
    assert "Reports that are on the web no more, and kept" in status.stdout
    assert url in status.stdout
    assert "Links without a report" not in status.stdout


def test_a_report_put_elsewhere_is_the_same_report(crawled: Crawled) -> None:
    output, before, after, _ = crawled
    number = season.changes(spec()).moved
    old, new = of(before, number).urls[0], of(after, number + 500_009).urls[0]
    rows = ask(
        output,
        "SELECT s.url, s.reason FROM sources s JOIN reports r ON r.id = s.report_id WHERE r.url = ?",
        new,
    )
    assert dict(rows) == {old: "stored", new: "moved here: the first address is gone"}  # type: ignore[arg-type]
    assert ask(output, "SELECT count(*) FROM reports WHERE url = ?", old) == [(0,)]
    assert ask(output, "SELECT count(*) FROM entries WHERE state = 'gone'") == [(2,)]


def test_only_what_may_have_changed_was_asked_for(crawled: Crawled) -> None:
    *_, asked = crawled
    which = season.changes(spec())
    reports = [(path, status) for path, status in asked if "/t20" in path]
    told = {status: sum(1 for _, got in reports if got == status) for _, status in reports}
    assert told == {404: 2, 200: 3}, reports
    assert any(f"_{which.late}." in path for path, _ in reports)


def test_reading_it_again_and_verifying_it_change_nothing(crawled: Crawled) -> None:
    output, *_ = crawled
    rows = "SELECT id, url, title, text, sha256, reading, first_seen, fetched_at, gone_since FROM reports"
    before = ask(output, rows)
    told = CliRunner().invoke(main, ["reextract", "--output", str(output), "--processes", "0"])
    assert told.exit_code == 0, told.output
    assert ask(output, rows) == before
    verified = CliRunner().invoke(main, ["verify", "--output", str(output)])
    assert verified.exit_code == 0, verified.output
