"""The scorer finds every kind of mistake, and none in a perfect database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from rich.console import Console

from tests.portals.log import RequestLog
from tests.portals.model import PortalSpec
from tests.portals.score import PortalScore, score
from tests.portals.table import print_scores
from tests.portals.world import Portal

COPY = "select 999, {}, portal, agency, year, title, published, template, text from reports where id = 1"
RISE = "update facts set value = 1 where rowid"
LAST = "(select max(report_id) from facts)"
SPEC = PortalSpec(
    "www.xiuyan.gov.cn", "岫堰县", "990131", "hanweb", "flat", 5, departments=3, towns=3,
    others=20, years=(2020, 2021),
)  # fmt: skip


@pytest.fixture(scope="module")
def portal() -> Portal:
    return Portal(SPEC)


@pytest.fixture
def database(portal: Portal, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "govcrawl.db")) as connection:
        connection.executescript(
            "create table reports(id integer primary key, url, portal, agency, year, title, published, "
            "template, text);"
            "create table facts(report_id, fact, value, raw, status);"
            "create table checks(report_id, rule, subject, outcome);"
        )
        for number, expected in enumerate(portal.truth):
            truth = expected.truth
            connection.execute(
                "insert into reports values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number, expected.urls[0], portal.key, truth.body.short, truth.year, truth.title,
                    truth.published.isoformat(), truth.template,
                    "\n\n".join((truth.title, *truth.paragraphs)),
                ),
            )  # fmt: skip
            connection.executemany(
                "insert into facts values (?, ?, ?, ?, ?)",
                [
                    (number, f"{name}", fact.value, fact.raw, fact.status)
                    for name, fact in truth.facts.items()
                ],
            )
            connection.executemany(
                "insert into checks values (?, ?, '', 'fail')", [(number, rule) for rule in truth.failing]
            )
        connection.commit()
        yield connection


def rescore(portal: Portal, database: sqlite3.Connection, *statements: str) -> PortalScore:
    for statement in statements:
        assert database.execute(statement).rowcount
    database.commit()
    path = Path(database.execute("pragma database_list").fetchone()[2])
    return score(path, [portal])[0]


def test_a_perfect_database_is_clean(portal: Portal, database: sqlite3.Connection) -> None:
    result = rescore(portal, database)
    assert result.clean
    assert (result.found, result.facts_right) == (result.expected, result.facts)
    assert result.facts > 2000
    assert not result.wrong_checks


@pytest.mark.parametrize(
    ("statement", "mistake"),
    [
        (f"{RISE} = (select min(rowid) from facts where value = 0)", "wrong_facts"),
        ("update facts set value = null, status = 'blank' where value = 0", "wrong_facts"),
        (f"delete from facts where fact = 'challenge.review:total' and report_id = {LAST}", "wrong_facts"),
        ("insert into facts values (0, 'application.invented:total', 3, '3', 'number')", "wrong_facts"),
        ("insert into reports " + COPY.format("url || 'x'"), "false"),
        ("insert into reports " + COPY.format("url"), "false"),
        ("update reports set text = text || char(10) || '扫一扫在手机打开当前页' where id = 2", "leaks"),
        ("update reports set text = text || char(10) || '首页' where id = 2", "leaks"),
        ("update reports set text = substr(text, 1, length(text) - 60) where id = 3", "lost_paragraphs"),
        ("update reports set year = year + 1 where id = 4", "wrong_year"),
        ("update reports set agency = '岫堰县' || agency || '办公室' where id = 4", "wrong_agency"),
        ("update reports set published = null where id = 4", "wrong_published"),
        (f"update reports set template = 'free' where id = {LAST}", "wrong_template"),
        ("update reports set title = '年报' where id = 4", "wrong_title"),
        ("delete from reports where id = 5", "missing"),
        ("insert into checks values (6, 'A1', '', 'fail')", "wrong_checks"),
    ],
)  # fmt: skip
def test_each_mistake_is_found(
    portal: Portal, database: sqlite3.Connection, statement: str, mistake: str
) -> None:
    result = rescore(portal, database, statement)
    assert getattr(result, mistake)
    assert mistake == "wrong_checks" or not result.clean


def test_requests_are_counted_for_each_report(portal: Portal, database: sqlite3.Connection) -> None:
    rescore(portal, database)
    log = RequestLog()
    for asked in ("/robots.txt", "/", "/x"):
        with log.entry(portal.host, asked, "GET", "t") as answered:
            answered(200)
    path = Path(database.execute("pragma database_list").fetchone()[2])
    result = score(path, [portal], log)[0]
    assert result.requests == 3
    assert result.per_report == pytest.approx(3 / result.found)
    console = Console(record=True, width=140)
    print_scores([result], console)
    assert portal.key in console.export_text()
