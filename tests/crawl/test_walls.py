"""A wall in the place of a list's page: what it hides counts as unread, and is asked for again."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from scrapy.http import HtmlResponse

from govcrawl.crawl.portal import page_of
from govcrawl.crawl.session import PortalCrawl, Session
from govcrawl.crawl.watch import Watch
from govcrawl.discovery import Discovery, Page
from govcrawl.discovery.missing import open_questions
from govcrawl.model import Portal
from govcrawl.store import Store
from tests.discovery.test_strays import HOME, LIST, number, portal

PLACE = Portal("qipi", "栖陂县", HOME)
SECOND, THIRD = f"{LIST}{number(1)}", f"{LIST}{number(2)}"
FORM = "<title>用户登录</title><form>用户名<input name='u'>密码<input type='password' name='p'></form>"


@pytest.mark.parametrize("answered", [SECOND, f"{HOME}login.jsp?to=/nb/"])
def test_a_list_whose_page_leads_to_a_form_to_log_in_is_left_open(tmp_path: Path, answered: str) -> None:
    store = Store.open(tmp_path / "govcrawl.db")
    session = cast(Session, SimpleNamespace(store=store, run_id=store.start_run("crawl", {})))
    crawl = PortalCrawl(PLACE, Discovery(PLACE), read=1)
    store.note_portal(PLACE, session.run_id)
    pages, asked = portal("script", {}), []
    while (step := crawl.discovery.next()) is not None:
        asked.append(step.target.url)
        if step.target.url == SECOND:
            wall = HtmlResponse(answered, body=FORM.encode(), encoding="utf-8")
            assert page_of(session, crawl, step, wall, Watch.of(wall.body)) is None
        else:
            crawl.discovery.received(step, Page.parse(step.target.url, str(pages[step.target.url]).encode()))
    assert asked == [HOME, LIST, SECOND, THIRD]
    assert crawl.outcome()[0] == "incomplete"
    [(url, said)] = open_questions(crawl.discovery)
    assert url == LIST
    assert said.startswith(f"{SECOND} could not be read: refused by login wall")
