"""A run that dies while it pages through a list with new reports leaves that list open for the next one."""

from __future__ import annotations

from pathlib import Path

import pytest

from govcrawl.crawl.further import paging_of
from govcrawl.crawl.remembering import memory_of, remember
from govcrawl.crawl.session import LEFT_ALONE, PortalCrawl
from govcrawl.discovery import Discovery, Page
from govcrawl.discovery.memory import PAGING
from govcrawl.model import Portal
from govcrawl.store import Store, shortfalls
from govcrawl.store.ledger import note_entries
from govcrawl.store.sqlite import write
from tests.discovery.test_strays import HOME, LIST, Answer, listing, number, portal, shown

PLACE = Portal("qipi", "栖陂县", HOME)
BEFORE: dict[str, Answer] = {
    HOME: shown("<a href='/nb/'>政府信息公开年报</a>", "首页"),
    LIST: listing(2, ""),
}
AFTER = portal("numbers", {})
SECOND = f"{LIST}{number(1)}"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "govcrawl.db")


def run(store: Store, pages: dict[str, Answer], until: str = "", *, stopped: bool = False) -> list[str]:
    """The pages that a run asks for; all of it that was noted is stored, the run dies before ``until``."""
    run_id = store.start_run("crawl", {})
    crawl = PortalCrawl(PLACE, Discovery(PLACE, memory=memory_of(store, PLACE, 30, 1.0, LEFT_ALONE)), read=1)
    store.note_portal(PLACE, run_id)
    asked = []
    while (step := crawl.discovery.next()) is not None:
        asked.append(step.target.url)
        if step.target.url == until:
            if stopped:
                crawl.stopped = "stopped early"
                remember(store, crawl, run_id, finished=False)
            return asked
        found = crawl.discovery.received(
            step, Page.parse(step.target.url, str(pages[step.target.url]).encode())
        )
        note_entries(store.db, found.entries, run_id, None, paging_of(crawl, step, step.target.url))
        with write(store.db):
            store.db.execute("UPDATE entries SET state = 'stored'")
    remember(store, crawl, run_id, finished=True)
    return asked


@pytest.mark.parametrize("stopped", [False, True])
def test_the_pages_that_were_not_reached_are_asked_for_by_the_next_run(
    store: Store, *, stopped: bool
) -> None:
    assert run(store, BEFORE) == [HOME, LIST]
    assert run(store, AFTER, until=SECOND, stopped=stopped) == [LIST, SECOND]
    assert shortfalls.kept(store.db, PLACE.key) == ((LIST, PAGING),)
    assert run(store, AFTER, until=SECOND, stopped=stopped) == [LIST, SECOND]  # dies once more
    assert run(store, AFTER) == [LIST, SECOND, f"{LIST}{number(2)}"]
    assert len(store.entry_states(PLACE.key)) == 12
    assert shortfalls.kept(store.db, PLACE.key) == ()
    assert run(store, AFTER) == [LIST]


def test_a_first_look_that_died_is_made_again_as_a_whole(store: Store) -> None:
    assert run(store, AFTER, until=SECOND)[0] == HOME
    assert run(store, AFTER) == [HOME, LIST, SECOND, f"{LIST}{number(2)}"]
    assert shortfalls.kept(store.db, PLACE.key) == ()


def test_a_list_that_is_not_remembered_has_the_whole_portal_looked_at(store: Store) -> None:
    run(store, BEFORE)
    shortfalls.keep(store.db, PLACE.key, [(f"{HOME}nb/2024/", PAGING)], store.start_run("crawl", {}))
    assert run(store, AFTER)[0] == HOME
    assert run(store, AFTER) == [LIST]


def test_once_its_last_page_came_a_list_is_open_no_more(store: Store) -> None:
    run(store, BEFORE)
    run_id = store.start_run("crawl", {})
    paging = shortfalls.Paging(PLACE.key, frozenset({LIST}), PAGING, going_on=True)
    note_entries(store.db, [], run_id, None, paging)
    note_entries(
        store.db, [], run_id, None, shortfalls.Paging(PLACE.key, frozenset({LIST}), PAGING, going_on=False)
    )
    assert shortfalls.kept(store.db, PLACE.key) == ()
    note_entries(store.db, [], run_id, None, paging)
    shortfalls.end_paging(store.db, PLACE.key, PAGING, run_id)
    assert shortfalls.kept(store.db, PLACE.key) == ()
