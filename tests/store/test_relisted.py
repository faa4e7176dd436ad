"""The links of a list go with it to its new address, so that a report published anew there is the same one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from govcrawl.model import Portal, Report, Visit
from govcrawl.store import Store
from govcrawl.store.paths import note_visit
from govcrawl.store.relisted import relist
from govcrawl.store.sqlite import write
from tests.store.make import entry
from tests.store.test_republished import joined, read, rows, told

HOST = "http://www.shiwu.gov.cn"
LIST, MOVED = f"{HOST}/l/", f"{HOST}/moved/"
BODIES = ("民政局", "水利局", "教育局", "财政局")


def page(body: str, host: str = HOST, mark: str = "") -> str:
    return f"{host}/l/{BODIES.index(body)}{mark}.html"


def of(body: str, *numbers: int) -> Report:
    return replace(told(*(numbers or (35,))), agency=body, agency_norm=body)


@pytest.fixture
def store() -> Iterator[Store]:
    """A list of four bodies' reports."""
    with Store.in_memory() as opened:
        run = opened.start_run("crawl", {})
        for body in BODIES:
            read(opened, page(body), of(body), run)
        opened.note_portal(Portal("shiwu", "石坞县", HOST), run)
        look(opened, run, LIST)
        yield opened


def look(store: Store, run: int, *urls: str) -> None:
    """A look at lists that stand; what a run finds out is later than its beginning."""
    for url in urls:
        note_visit(store.db, Visit(url, "shiwu", None, "年报", "column", "label"), run, again=False)
    with write(store.db):
        store.db.conn.execute("UPDATE runs SET started = '2026-01-0' || id || 'T00:00:00Z'")
        store.db.conn.execute("UPDATE pages SET first_seen = '2026-01-0' || run_id || 'T01:00:00Z'")


def see(store: Store, run: int, *links: str, listing: str = MOVED) -> dict[str, str]:
    """Links that a list shows in a run, which are known or get their reports by being read."""
    store.note_entries([entry(url, listing=listing) for url in links], run)
    look(store, run, listing)
    return dict.fromkeys(links, listing)


def lists(store: Store) -> list[tuple[object, ...]]:
    return rows(store, "SELECT listing, count(*) FROM entries GROUP BY listing ORDER BY listing")


def test_a_correction_at_a_new_address_of_a_list_that_has_moved_is_a_version(store: Store) -> None:
    run = store.start_run("crawl", {})
    shown = see(store, run, *map(page, BODIES[1:]))
    new = page("民政局", mark="new")
    read(store, new, of("民政局", 36, 4), run, MOVED)
    assert joined(store, run) == []  # no list is known to show both
    assert relist(store.db, "shiwu", run, {**shown, new: MOVED}) == {LIST: MOVED}
    assert joined(store, run) == [new]
    assert lists(store) == [(MOVED, 5)]
    assert len(rows(store, "SELECT 1 FROM reports")) == 4
    assert len(rows(store, "SELECT 1 FROM versions")) == 1


def test_a_list_that_has_moved_to_another_host_is_known_by_its_reports(store: Store) -> None:
    run, host = store.start_run("crawl", {}), "https://xin.shiwu.gov.cn"
    links = [page(body, host) for body in BODIES[1:]]
    for url, body in zip(links, BODIES[1:], strict=True):
        read(store, url, of(body), run, f"{host}/l/")
    look(store, run, f"{host}/l/")
    new = page("民政局", host, "new")
    read(store, new, of("民政局", 36, 4), run, f"{host}/l/")
    assert relist(store.db, "shiwu", run, dict.fromkeys([*links, new], f"{host}/l/")) == {LIST: f"{host}/l/"}
    assert joined(store, run) == [new]


def test_a_list_that_still_stands_keeps_its_links(store: Store) -> None:
    run = store.start_run("crawl", {})
    shown = see(store, run, *map(page, BODIES))
    look(store, run, LIST)
    assert relist(store.db, "shiwu", run, shown) == {}
    assert lists(store) == [(LIST, 4)]


def test_a_list_that_stood_beside_it_is_another_one(store: Store) -> None:
    look(store, 1, MOVED)
    run = store.start_run("crawl", {})
    store.note_entries([entry(page(body), listing=MOVED) for body in BODIES], run)
    assert relist(store.db, "shiwu", run, {page(body): MOVED for body in BODIES}) == {}


def test_a_list_that_shows_few_of_the_links_is_another_one(store: Store) -> None:
    run = store.start_run("crawl", {})
    assert relist(store.db, "shiwu", run, see(store, run, page("水利局"))) == {}


def test_of_two_lists_that_show_as_much_neither_is_chosen(store: Store) -> None:
    run = store.start_run("crawl", {})
    shown = see(store, run, page("水利局"), page("教育局")) | see(
        store, run, page("民政局"), page("财政局"), listing=f"{HOST}/other/"
    )
    assert relist(store.db, "shiwu", run, shown) == {}


def test_what_a_list_dropped_long_ago_says_nothing_of_where_it_is(store: Store) -> None:
    short = store.start_run("crawl", {})
    see(store, short, page("水利局"), page("教育局"), listing=LIST)
    run = store.start_run("crawl", {})
    assert relist(store.db, "shiwu", run, see(store, run, page("水利局"))) == {LIST: MOVED}
