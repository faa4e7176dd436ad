"""A site that has moved: a page to which an old link has just led is not asked for by its new one again."""

from __future__ import annotations

import dataclasses
from collections import deque
from types import SimpleNamespace
from typing import cast

import pytest
from scrapy.http import HtmlResponse

from govcrawl.crawl import rechecks
from govcrawl.crawl.plan import Plan
from govcrawl.crawl.session import PortalCrawl, Session
from govcrawl.discovery import Discovery, Kind, Step, Target
from govcrawl.model import Given, Portal
from govcrawl.store import Store
from tests.store.make import URL, entry, report, source

NEW = URL.replace("http:", "https:")


@pytest.mark.parametrize(("landed", "asked"), [(NEW, False), (URL, True)])
def test_a_page_is_asked_for_once(landed: str, asked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    portal = Portal("shiwu", "石坞县", "http://www.shiwu.gov.cn/")
    crawl = PortalCrawl(portal, Discovery(portal), read=1, rechecks_planned=True)
    with Store.in_memory() as store:
        first, second = store.start_run("crawl", {}), 2
        for url in (URL, NEW):
            given = Given(url, url, title=entry().title, published=entry().published)
            told = dataclasses.replace(source(url), given=given)
            store.save_report(report(), told, entry=entry(url), run_id=first)
        store.start_run("crawl", {})
        plan = Plan((portal,), None)
        session = cast(Session, SimpleNamespace(store=store, run_id=second, plan=plan))
        monkeypatch.setattr(rechecks, "kept", lambda *_: SimpleNamespace(sha256=source(URL).sha256))
        step = Step(Target(URL), Kind.REPORT, 0.0, "", True, entry=entry(URL))
        assert rechecks.is_unchanged(session, crawl, step, HtmlResponse(landed))
        crawl.rechecks = deque([entry(NEW)])
        monkeypatch.setattr(rechecks, "_stale", lambda *_: [])
        assert rechecks.wanted_rechecks(session, crawl, 0) is asked
        looked = dict(store.db.conn.execute("SELECT url, looked_run FROM entries").fetchall())
    assert looked == {URL: second, NEW: first if asked else second}
