"""A run that can write nothing any more ends, says why in one line, and with the status for it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from scrapy.settings import Settings
from twisted.python.failure import Failure

from govcrawl.crawl.plan import Plan
from govcrawl.crawl.run import RunReport
from govcrawl.crawl.session import DATABASE, Session
from govcrawl.errors import DatabaseInUse
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
