"""A report deleted and published corrected under a new address is one report with a version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from govcrawl.model import EntryState, Report, Status
from govcrawl.store import Saved, Store
from govcrawl.store.indexing import catch_up
from govcrawl.store.lasting import heirs, move, note_unchanged
from govcrawl.store.republished import dropped, part, republished, returned, rivals
from govcrawl.store.sqlite import write
from tests.store.make import URL, entry, report, source

OLD, NEW = f"{URL}?old", f"{URL}?new"
TEXT = "一、总体情况\n\n本局全年主动公开信息{}条，办理依申请公开，组织培训，推进各项工作，接受社会监督。"


def told(number: int, received: int = 3, **changes: object) -> Report:
    """A report of one body and year that says a number in its prose, and one in its tables."""
    made = report(text=TEXT.format(number), agency_norm="民政局", **changes)
    facts = (
        fact._replace(value=received, raw=str(received)) if fact.value == 3 else fact for fact in made.facts
    )
    return replace(made, facts=tuple(facts), statements=(), checks=())


@pytest.fixture
def store() -> Iterator[Store]:
    """A report that was read at its old address."""
    with Store.in_memory() as opened:
        read(opened, OLD, told(35), opened.start_run("crawl", {}))
        yield opened


def read(
    store: Store, url: str, made: Report, run: int, listing: str = "http://www.shiwu.gov.cn/l/"
) -> Saved:
    link = entry(url, listing=listing)
    store.note_entries([link], run)
    page = source(url, (url + made.text).encode())
    return store.save_report(made, page, entry=link, run_id=run)


def lost(store: Store, run: int) -> set[str]:
    return dropped(store.db, "shiwu", run, whole=True, short=())


def joined(store: Store, run: int, without: set[str] | None = None) -> list[str]:
    return list(republished(store.db, "shiwu", run, lost(store, run) if without is None else without))


def see(store: Store, *links: str) -> int:
    """A run in which the list shows some links."""
    run = store.start_run("crawl", {})
    store.note_entries([entry(url, listing="http://www.shiwu.gov.cn/l/") for url in links], run)
    return run


def rows(store: Store, sql: str) -> list[tuple[object, ...]]:
    return store.db.conn.execute(sql).fetchall()


def republish(store: Store, number: int = 36, received: int = 4) -> int:
    """The report at its new address, which the list alone shows."""
    run = store.start_run("crawl", {})
    assert read(store, NEW, told(number, received), run) is Saved.NEW
    assert joined(store, run) == [NEW]
    return run


def test_the_new_address_has_the_report_and_the_old_text_is_a_version(store: Store) -> None:
    republish(store)
    assert rows(store, "SELECT id, url, text FROM reports") == [(1, NEW, TEXT.format(36))]
    assert rows(store, "SELECT report_id, text FROM versions") == [(1, TEXT.format(35))]
    assert rows(store, "SELECT url, report_id FROM sources ORDER BY url") == [(NEW, 1), (OLD, 1)]
    received = "SELECT report_id, value FROM facts WHERE fact = 'application.received_new:total'"
    assert rows(store, received) == [(1, 4)]
    assert rows(store, "SELECT kind FROM findings WHERE kind = 'second_report'") == []
    assert rows(store, "PRAGMA foreign_key_check") == []
    catch_up(store.db)
    assert {report_id for (report_id,) in rows(store, "SELECT report_id FROM search_docs")} == {1}


def test_it_does_not_matter_what_is_learned_first(store: Store) -> None:
    run = store.start_run("crawl", {})
    read(store, NEW, told(36, 4), run)
    assert joined(store, run, set()) == []  # the list still shows the old one
    assert [link.url for link in rivals(store.db, "shiwu", run)] == [OLD]
    store.db.conn.execute("UPDATE entries SET state='gone' WHERE url=?", (OLD,))
    store.db.conn.commit()
    later = store.start_run("crawl", {})
    assert joined(store, later, set()) == [NEW]
    assert rows(store, "SELECT url FROM reports") == [(NEW,)]


@pytest.mark.parametrize(
    ("made", "listing"),
    [
        (told(36, 4, scope="aggregate"), "http://www.shiwu.gov.cn/l/"),
        (told(36, 4, year=2022), "http://www.shiwu.gov.cn/l/"),
        (told(36, 4, township_code="990101101"), "http://www.shiwu.gov.cn/l/"),
        (told(36, 4), "http://www.shiwu.gov.cn/another-county/"),
        (replace(told(36), text="二、主动公开情况\n\n" + "乡镇工作。" * 20), "http://www.shiwu.gov.cn/l/"),
    ],
    ids=["aggregate", "year", "town", "list", "text"],
)
def test_what_may_be_another_report_stays_one(store: Store, made: Report, listing: str) -> None:
    run = store.start_run("crawl", {})
    read(store, NEW, made, run, listing)
    assert joined(store, run) == []
    assert len(rows(store, "SELECT 1 FROM reports")) == 2


def test_other_numbers_are_another_report(store: Store) -> None:
    run = store.start_run("crawl", {})
    made = told(36)
    others = (fact._replace(value=77, raw="77") for fact in made.facts if fact.status is Status.NUMBER)
    read(store, NEW, replace(made, facts=tuple(others)), run)
    assert joined(store, run) == []


def test_where_two_could_be_the_new_one_none_is_chosen(store: Store) -> None:
    run = store.start_run("crawl", {})
    read(store, NEW, told(36, 4), run)
    read(store, f"{NEW}2", told(37, 5), run)
    assert joined(store, run) == []


def test_a_report_published_anew_twice_has_both_versions_in_order(store: Store) -> None:
    run = store.start_run("crawl", {})
    read(store, NEW, told(36, 4), run)
    assert joined(store, run, set()) == []
    again = store.start_run("crawl", {})
    read(store, f"{NEW}2", told(37, 5), again)
    assert len(joined(store, again)) == 2
    assert rows(store, "SELECT text FROM versions ORDER BY rowid") == [(TEXT.format(35),), (TEXT.format(36),)]
    assert rows(store, "SELECT id, url FROM reports") == [(1, f"{NEW}2")]


def test_the_old_page_may_stay_and_be_read_again(store: Store) -> None:
    run = republish(store)
    counter = replace(source(OLD, b"other bytes"), fetched_at="2026-02-02T00:00:00Z")
    assert store.save_report(told(35), counter, entry=entry(OLD), run_id=run) is Saved.UNCHANGED
    assert rows(store, "SELECT url, text FROM reports") == [(NEW, TEXT.format(36))]


def test_a_report_that_returns_to_its_old_address_stands_there(store: Store) -> None:
    republish(store)
    run = store.start_run("crawl", {})
    store.note_entries([entry(OLD, listing="http://www.shiwu.gov.cn/l/")], run)
    (back,) = returned(store.db, "shiwu", run, lost(store, run))
    assert (back.url, back.both) == (OLD, False)
    assert move(store.db, 1, told(35), source(OLD, (OLD + TEXT.format(35)).encode()), run)
    assert rows(store, "SELECT url, text FROM reports") == [(OLD, TEXT.format(35))]
    assert rows(store, "SELECT text FROM versions ORDER BY rowid") == [(TEXT.format(35),), (TEXT.format(36),)]
    assert returned(store.db, "shiwu", run, lost(store, run)) == []


def test_a_correction_whose_page_is_gone_stays_while_only_the_earlier_one_stands(store: Store) -> None:
    run = republish(store)
    assert store.close_entry(NEW, EntryState.GONE, "404", run_id=run, unlisted=True) is EntryState.GONE
    assert heirs(store.db, "shiwu", run) == []
    old = source(OLD, (OLD + TEXT.format(35)).encode())
    as_read = entry(OLD, title="", published=None)
    assert note_unchanged(store.db, as_read, old.sha256, store.start_run("crawl", {}))
    assert store.save_report(told(35), old, entry=entry(OLD), run_id=run) is Saved.UNCHANGED
    stands = "SELECT url, text, gone_since IS NULL FROM reports"
    assert rows(store, stands) == [(NEW, TEXT.format(36), 0)]
    assert read(store, NEW, told(36, 4), store.start_run("crawl", {})) is Saved.UNCHANGED
    assert rows(store, stands) == [(NEW, TEXT.format(36), 1)]


def test_it_returns_there_too_when_the_new_page_is_gone(store: Store) -> None:
    republish(store)
    see(store, OLD, NEW)
    for _ in range(2):
        assert store.close_entry(NEW, EntryState.GONE, "404", run_id=2) is EntryState.STORED  # in doubt
    assert store.close_entry(NEW, EntryState.GONE, "404", run_id=2, unlisted=True) is EntryState.GONE
    assert heirs(store.db, "shiwu", 3) == [(1, OLD)]


@pytest.mark.parametrize(("at_new", "at_old"), [((36,), 36), ((36, 37), 36), ((36, 37), 37)])
def test_a_correction_at_both_addresses_is_one_version(
    store: Store, at_new: tuple[int, ...], at_old: int
) -> None:
    run = store.start_run("crawl", {})
    for number in at_new:
        read(store, NEW, told(number, 4, published="2022-01-20"), run)
    page = source(OLD, b"corrected", at="2040-01-02T03:04:05Z")
    store.save_report(told(at_old, 4), page, entry=entry(OLD), run_id=run)
    assert joined(store, run) == [NEW]
    texts = rows(store, "SELECT text FROM versions ORDER BY rowid") + rows(store, "SELECT text FROM reports")
    assert [text for (text,) in texts] == [TEXT.format(number) for number in (35, *at_new)]
    assert rows(store, "SELECT 1 FROM versions WHERE replaced_at < fetched_at") == []


def test_where_the_list_shows_both_again_they_are_two(store: Store) -> None:
    republish(store)
    run = store.start_run("crawl", {})
    store.note_entries([replace(entry(url), listing="http://www.shiwu.gov.cn/l/") for url in (OLD, NEW)], run)
    (back,) = returned(store.db, "shiwu", run, lost(store, run))
    assert back.both
    with write(store.db):
        part(store.db, back)
    old = source(OLD, (OLD + TEXT.format(35)).encode())
    assert store.save_report(told(35), old, entry=entry(OLD), run_id=run) is Saved.NEW
    assert rows(store, "SELECT count(*) FROM versions") == [(0,)]
    assert rows(store, "SELECT url FROM reports ORDER BY url") == [(NEW,), (OLD,)]
