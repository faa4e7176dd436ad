"""A run that can write nothing any more ends, says why in one line, and with the status for it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner
from scrapy.settings import Settings
from twisted.python.failure import Failure

from govcrawl.cli import main
from govcrawl.crawl.plan import Plan
from govcrawl.crawl.presence import require_output
from govcrawl.crawl.run import RunReport
from govcrawl.crawl.session import DATABASE, Session
from govcrawl.disk import identity
from govcrawl.errors import DatabaseInUse, OutputLost, UsageError
from govcrawl.model import Portal
from govcrawl.store import Store, sqlite

PORTAL = Portal("shiwu", "石坞县", "http://www.shiwu.gov.cn/", "990101")


class _Engine:
    closed = ""

    async def close_spider_async(self, *, reason: str) -> None:
        self.closed = reason


class _Crawler:
    def __init__(self) -> None:
        self.engine = _Engine()


def _run(store: Store, folder: Path) -> tuple[Session, RunReport, _Crawler]:
    settings, crawler = Settings({"RETRY_BACKOFF": 1.0, "REQUEST_LOG_BYTES": 0}), _Crawler()
    settings.setmodule("govcrawl.settings")
    session = Session.on(store, Plan((PORTAL,)), folder, store.start_run("crawl", {}), settings)
    session.crawl_of(PORTAL, 60, 30)
    session.database = identity(folder / DATABASE)
    Session.lend(crawler, session)  # type: ignore[arg-type]
    return session, RunReport(crawler), crawler  # type: ignore[arg-type]


def _err(report: RunReport, error: BaseException) -> None:
    async def erred() -> None:
        report.erred(Failure(error))
        await asyncio.sleep(0)

    asyncio.run(erred())


def test_an_archive_that_cannot_be_written_ends_the_run(tmp_path: Path) -> None:
    with Store.open(tmp_path / DATABASE) as store:
        session, report, crawler = _run(store, tmp_path)
        (tmp_path / "archive").write_bytes(b"no folder")
        session.crawls["shiwu"].counts["reports_new"] = 2
        with pytest.raises(UsageError) as raised:
            session.archive.add(PORTAL.url, b"page")
        _err(report, raised.value)
        assert crawler.engine.closed == "the output cannot be written"
        report.spider_closed(crawler.engine.closed)
        assert session.verdict.startswith(f"incomplete: {tmp_path}/archive: the archive cannot be written")
        assert (session.exit_status, session.ending.counts["reports_new"]) == (3, 2)
        session.requests.close()


@pytest.mark.parametrize("lost", [DATABASE, "archive"])
def test_an_output_that_was_taken_away_is_no_complete_run(tmp_path: Path, lost: str) -> None:
    with Store.open(tmp_path / DATABASE) as store:
        session, report, crawler = _run(store, tmp_path)
        session.archive.add(PORTAL.url, b"page")
        require_output(session)
        (tmp_path / lost).rename(tmp_path / "elsewhere")
        with pytest.raises(OutputLost) as raised:
            require_output(session)
        _err(report, raised.value)
        assert crawler.engine.closed == "the output was taken away"
        report.spider_closed("finished")
        assert f"{tmp_path / lost}" in session.verdict
        assert "was taken away while it was written" in session.verdict
        assert session.exit_status == 3
        session.requests.close()
        session.archive.close()


def test_a_damaged_database_fails_the_run_and_says_what_to_do(tmp_path: Path) -> None:
    with Store.open(tmp_path / DATABASE) as store:
        store.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    page = 4096
    with (tmp_path / DATABASE).open("r+b") as file:
        whole = file.read()
        for at in range(page, len(whole), page):  # all but the first, by which it is opened
            if b"CREATE" not in whole[at : at + page]:
                file.seek(at)
                file.write(b"\xff" * page)
    told = CliRunner().invoke(main, ["status", "--output", str(tmp_path)])
    assert told.exit_code == 1
    assert "the database cannot be read or written any more (" in told.stderr
    assert "restore a backup" in told.stderr
    assert len(told.stderr.splitlines()) == 1
    with Store.in_memory() as store:
        session, report, crawler = _run(store, tmp_path)
        session.database = None
        _err(report, sqlite.DatabaseError[0]("database disk image is malformed"))
        assert crawler.engine.closed == "the database is damaged"
        report.spider_closed(crawler.engine.closed)
        assert session.verdict.startswith("failed: the database cannot be read")
        assert (session.exit_status, report.errors) == (1, 0)
        session.requests.close()


def test_a_database_that_another_program_keeps_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_BUSY_AGAIN_MS", 7)
    settings, crawler = Settings({"RETRY_BACKOFF": 1.0, "REQUEST_LOG_BYTES": 0}), _Crawler()
    settings.setmodule("govcrawl.settings")
    with Store.open(tmp_path / DATABASE) as store, Store.open(tmp_path / DATABASE) as other:
        run_id = store.start_run("crawl", {})
        session = Session.on(store, Plan((PORTAL,)), tmp_path, run_id, settings)
        session.crawl_of(PORTAL, 60, 30)
        Session.lend(crawler, session)  # type: ignore[arg-type]
        report = RunReport(crawler)  # type: ignore[arg-type]
        store.db.conn.execute("PRAGMA busy_timeout=0")
        other.db.conn.execute("BEGIN IMMEDIATE")

        async def crawled() -> None:
            for _ in range(2):
                with pytest.raises(DatabaseInUse) as raised:
                    store.forget_listings("shiwu")
                report.erred(Failure(raised.value))
            await asyncio.sleep(0)

        asyncio.run(crawled())
        assert crawler.engine.closed == "the database is in use"
        assert sqlite.pragma(store.db, "busy_timeout") == 7
        report.spider_closed(crawler.engine.closed)
        assert session.verdict.startswith("incomplete: the database is in use by another process")
        assert (session.exit_status, report.errors) == (3, 0)
        session.requests.close()
