"""When stored reports are looked at again, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from govcrawl import EXTRACTOR
from govcrawl.model import (
    Attachment,
    Entry,
    EntryState,
    Finding,
    Given,
    HostException,
    Portal,
    Report,
    Source,
)
from govcrawl.store import Saved, Store
from govcrawl.store.bodies import refresh
from govcrawl.store.clock import now
from govcrawl.store.doubts import answers, control_of, doubtful, objection
from govcrawl.store.evidence import HALF, without_file
from govcrawl.store.lasting import aged, heirs, move, note_unchanged, share_of, unlisted
from govcrawl.store.ledger import note_second
from govcrawl.store.sqlite import write
from tests.store.make import URL, entry, report, source

LISTING = entry().listing


@pytest.fixture
def store() -> Iterator[Store]:
    """Six reports of six years, looked at 40, 50, ... days ago; the first of them was published lately."""
    with Store.in_memory() as opened:
        for number in range(6):
            run = opened.start_run("crawl", {})
            link = entry(f"{URL}?{number}", published=f"2020-01-0{9 - number}")
            opened.note_entries([link], run)
            made = report(year=2010 + number, text=f"第{number}年", agency_norm="民政局")
            opened.save_report(made, source(link.url, bytes([number])), entry=link, run_id=run)
            execute(
                opened,
                "UPDATE runs SET started=datetime('now', ?) WHERE id=?",
                f"-{40 + 10 * number} days",
                run,
            )
        execute(opened, "UPDATE reports SET published='2001-01-01'")
        execute(opened, "UPDATE reports SET published=date('now') WHERE url=?", f"{URL}?0")
        yield opened


def execute(store: Store, sql: str, *values: object) -> None:
    store.db.conn.execute(sql, values)
    store.db.conn.commit()


def numbers(entries: list[Entry]) -> list[int]:
    return [int(one.url[-1]) for one in entries]


def test_the_longest_unseen_first_and_what_was_published_lately_sooner(store: Store) -> None:
    run = store.start_run("crawl", {})
    assert numbers(aged(store.db, "shiwu", run, 90, None)) == [0, 5]
    assert numbers(aged(store.db, "shiwu", run, 65, None)) == [0, 5, 4, 3]
    assert numbers(aged(store.db, "shiwu", run, 65, 2)) == [0, 5]
    assert numbers(aged(store.db, "shiwu", run, 0, None)) == [0, 5, 4, 3, 2, 1]
    store.close_entry(f"{URL}?5", EntryState.STORED, run_id=run)
    assert numbers(aged(store.db, "shiwu", run, 0, None)) == [0, 4, 3, 2, 1]


def test_a_look_in_the_future_is_none(store: Store) -> None:
    portal = Portal("shiwu", "石坞县", "http://www.shiwu.gov.cn/")
    store.note_portal_run(1, portal, outcome="complete", counts={})
    store.note_portal_run(3, portal, outcome="complete", counts={})
    execute(store, "UPDATE runs SET started=datetime('now', '400 days') WHERE id=3")
    run = store.start_run("crawl", {})
    assert numbers(aged(store.db, "shiwu", run, 90, 2)) == [2, 0]
    assert numbers(aged(store.db, "shiwu", run, 0, None)) == [2, 0, 5, 4, 3, 1]
    assert share_of(store.db, "shiwu", run, 40) == 6


def test_a_memory_of_the_future_is_none(store: Store) -> None:
    for host, since in (("www", "2999-01-01T00:00:00Z"), ("xxgk", now())):
        store.note_exception(HostException(f"{host}.shiwu.gov.cn", "tls", "old", "its handshake", since), 1)
    assert [found.host for found in store.host_exceptions(30)] == ["xxgk.shiwu.gov.cn"]


def test_a_run_takes_its_share(store: Store) -> None:
    portal = Portal("shiwu", "石坞县", "http://www.shiwu.gov.cn/")
    now = store.start_run("crawl", {})
    assert share_of(store.db, "shiwu", now, 90) == 3
    store.note_portal_run(1, portal, outcome="complete", counts={})
    assert share_of(store.db, "shiwu", now, 61) == 4
    assert share_of(store.db, "shiwu", now, 30) == 6


def test_links_that_a_listing_shows_no_more(store: Store) -> None:
    run = store.start_run("crawl", {})
    assert LISTING is not None
    seen = [entry(f"{URL}?{number}", published=f"2020-01-0{9 - number}") for number in (0, 3)]
    store.note_entries(seen, run)
    assert numbers(unlisted(store.db, "shiwu", run, whole=False)) == [1, 2]
    assert numbers(unlisted(store.db, "shiwu", run, whole=True)) == [1, 2, 4, 5]
    assert numbers(unlisted(store.db, "shiwu", run, whole=False, short=[LISTING])) == [1, 2, 4, 5]
    store.close_entry(f"{URL}?1", EntryState.STORED, run_id=run)
    again = store.start_run("crawl", {})
    store.note_entries(seen, again)
    assert numbers(unlisted(store.db, "shiwu", again, whole=False)) == [2]


def test_an_unchanged_page_is_only_looked_at(store: Store) -> None:
    run = store.start_run("crawl", {})
    link, known = entry(f"{URL}?1", published="2020-01-08"), source(f"{URL}?1", b"\1")
    given = Given(link.url, link.url, title=link.title, published=link.published)
    read = Source(known.url, known.portal, known.division_code, known.sha256, known.fetched_at, given=given)
    store.save_report(report(year=2011, text="第1年", agency_norm="民政局"), read, entry=link, run_id=1)
    assert note_unchanged(store.db, link, known.sha256, run)
    assert not note_unchanged(store.db, link, "0" * 64, run)
    assert not note_unchanged(store.db, entry(link.url, title="更正"), known.sha256, run)
    execute(store, "UPDATE readings SET extractor='govcrawl 0'")
    assert not note_unchanged(store.db, link, known.sha256, run)


def test_a_report_is_gone_when_no_address_has_it_and_back_when_one_has(store: Store) -> None:
    link = entry(f"{URL}?1")
    lose(store, link.url)
    assert gone(store) == [link.url]
    store.save_report(
        report(year=2011, text="第1年", agency_norm="民政局"), source(link.url, b"\1"), entry=link, run_id=1
    )
    assert gone(store) == []
    store.reject(link, "shiwu", "a notice", source(link.url, b"other"), run_id=1)
    assert gone(store) == []
    a_day_later(store)
    store.reject(link, "shiwu", "a notice", source(link.url, b"other"), run_id=1)
    assert gone(store) == [link.url]
    assert store.entry_states("shiwu")[link.url] is EntryState.GONE


def lose(store: Store, url: str) -> None:
    """Two looks at an address, a day apart, that find nothing."""
    for _ in range(2):
        store.close_entry(url, EntryState.GONE, "404", run_id=1)
        a_day_later(store)


def a_day_later(store: Store) -> None:
    execute(store, "UPDATE entries SET doubted=datetime(doubted, '-1 day')")


def test_one_bad_look_is_no_evidence_and_a_good_one_ends_the_doubt(store: Store) -> None:
    url = f"{URL}?1"
    for state in (EntryState.GONE, EntryState.REJECTED, EntryState.GONE):  # three looks on one day
        store.close_entry(url, state, "404", run_id=1)
        assert store.entry_states("shiwu")[url] is EntryState.STORED
    run = store.start_run("crawl", {})
    assert doubtful(store.db, "shiwu", run) == []
    a_day_later(store)
    assert [one.url for one in doubtful(store.db, "shiwu", run)] == [url]
    made = report(year=2011, text="第1年", agency_norm="民政局")
    store.save_report(made, source(url, b"\1"), entry=entry(url), run_id=run)
    store.note_entries([entry(url)], run)
    store.close_entry(url, EntryState.GONE, "404", run_id=run)
    assert gone(store) == []
    store.close_entry(url, EntryState.GONE, "404", run_id=run, unlisted=True)
    assert gone(store) == [url]


def test_second_looks_count_where_the_same_run_has_had_another_report(store: Store) -> None:
    url = f"{URL}?1"
    run = store.start_run("crawl", {})
    store.close_entry(url, EntryState.GONE, "404", run_id=run)
    a_day_later(store)
    assert not answers(store.db, "shiwu", run)
    control = control_of(store.db, "shiwu")
    assert control is not None
    assert control.url != url
    store.close_entry(url, EntryState.GONE, "404", run_id=run)
    assert gone(store) == []
    store.close_entry(control.url, EntryState.STORED, run_id=run)
    assert answers(store.db, "shiwu", run)
    store.close_entry(url, EntryState.GONE, "404", run_id=run)
    assert gone(store) == [url]


def test_an_address_that_shows_another_report_is_a_finding_of_the_one_that_is_kept(store: Store) -> None:
    link, run = entry(f"{URL}?1"), store.start_run("crawl", {})
    told = objection(store.db, report(year=2013, text="第3年", agency_norm="民政局"), source(link.url, b"\3"))
    assert told is not None
    assert store.reject(link, "shiwu", told.reason, source(link.url, b"\3"), run) is EntryState.STORED
    sql = "SELECT r.url, f.detail FROM findings f JOIN reports r ON r.id = f.report_id WHERE f.kind=?"
    found = [(link.url, f"its address now shows the report of {URL}?3")]
    assert store.db.conn.execute(sql, ("address_reused",)).fetchall() == found
    with write(store.db):
        refresh(store.db, [row["id"] for row in store.reports()])
    assert store.db.conn.execute(sql, ("address_reused",)).fetchall() == found
    made = report(year=2011, text="第1年", agency_norm="民政局")
    store.save_report(made, source(link.url, b"\1"), entry=link, run_id=run)
    assert store.db.conn.execute(sql, ("address_reused",)).fetchall() == []


def test_an_address_that_is_used_anew_each_year_gives_a_report_a_year(store: Store) -> None:
    link, run = entry(f"{URL}?1"), store.start_run("crawl", {})
    numbers_now = tuple(fact._replace(value=fact.value and fact.value + 7) for fact in report().facts)
    later = report(year=2012, text="第2年，另一份。", agency_norm="民政局", facts=numbers_now)
    assert store.save_report(later, source(link.url, b"later"), entry=link, run_id=run) is Saved.NEW
    found = {row["url"]: (row["year"], row["gone_since"] is not None) for row in store.reports()}
    assert (found[link.url], found[f"{link.url}#2011"]) == ((2012, False), (2011, True))
    assert store.count("versions") == 0
    assert store.db.conn.execute("PRAGMA foreign_key_check").fetchall() == []
    named = report(year=2013, text="第3年", agency_norm="民政局", facts=numbers_now)
    assert store.save_report(named, source(link.url, b"named"), entry=link, run_id=run) is Saved.CHANGED
    assert len(list(store.reports())) == 7


def test_a_corrected_year_of_a_few_sentences_is_no_other_report(store: Store) -> None:
    link, run = entry(f"{URL}?1"), store.start_run("crawl", {})
    words = "一、总体情况。本局全年主动公开政府信息三十五条，没有收到依申请公开的申请，也没有收费。"
    made = report(year=2031, text=words, agency_norm="民政局", facts=())
    store.save_report(made, source(f"{URL}?new", b"a"), entry=link, run_id=run)
    other = replace(made, year=2032)
    assert store.save_report(other, source(f"{URL}?new", b"b"), entry=link, run_id=run) is Saved.CHANGED


def test_a_link_without_a_report_is_gone_at_once(store: Store) -> None:
    store.note_entries([entry(f"{URL}?none")], 1)
    store.close_entry(f"{URL}?none", EntryState.GONE, "404", run_id=1)
    assert store.entry_states("shiwu")[f"{URL}?none"] is EntryState.GONE


def test_what_is_gone_is_asked_for_again_where_it_is_listed_or_all_is(store: Store) -> None:
    url = f"{URL}?1"
    lose(store, url)
    run = store.start_run("crawl", {})
    assert url not in [one.url for one in aged(store.db, "shiwu", run, 0.5, None)]
    assert url in [one.url for one in aged(store.db, "shiwu", run, 0, None)]
    store.note_entries([entry(url, published="2020-01-08")], run)
    assert url in [one.url for one in aged(store.db, "shiwu", run, 0.5, None)]


def test_another_stored_report_or_half_a_page_does_not_replace_a_report(store: Store) -> None:
    other = report(year=2013, text="第3年", agency_norm="民政局")
    told = objection(store.db, other, source(f"{URL}?1", b"\3"))
    assert told is not None
    assert f"the report of {URL}?3" in told.reason
    assert not told.passing
    assert objection(store.db, other, source(f"{URL}?3", b"\3")) is None
    assert (
        objection(store.db, replace(other, year=2031), source(f"{URL}?1", b"x")) is None
    )  # it is nowhere yet
    cut = replace(other, text="第", findings=(Finding("page_breaks_off", "document", ""),))
    half = objection(store.db, cut, source(f"{URL}?3", b"half"))
    assert half is not None
    assert half.passing
    store.save_report(cut, source(f"{URL}?3", b"half"), run_id=1)
    assert objection(store.db, cut, source(f"{URL}?3", b"half!")) is None  # as it has always been


def test_what_only_its_link_says_is_half_a_page(store: Store) -> None:
    """A page of unknown length that was cut behind a closing tag: its reader finds nothing."""
    new, run = entry(f"{URL}?closed"), store.start_run("crawl", {})
    whole, cut = report(year=2041, text="第41年\n依申请公开"), report(year=2041, text="第41年\n")
    store.save_report(cut, source(new.url, b"half"), entry=new, run_id=run, lacks=HALF)
    assert objection(store.db, cut, source(new.url, b"half!"), cut=True) is None
    before = store.db["versions"].count
    assert store.save_report(whole, source(new.url, b"all"), entry=new, run_id=run) is Saved.CHANGED
    assert store.db["versions"].count == before
    told = objection(store.db, cut, source(new.url, b"half"), cut=True)
    assert told is not None
    assert told.passing


@pytest.mark.parametrize("between", [EntryState.FAILED, EntryState.BLOCKED, EntryState.GONE])
def test_half_a_page_is_no_version_whatever_came_between(store: Store, between: EntryState) -> None:
    """The cut fell into a row of a table, and left the beginning of a tag behind it."""
    new, run = entry(f"{URL}?torn"), store.start_run("crawl", {})
    rows = "| 一 | 1 | 2 |\n| 二 | 3 | 4 |"
    store.save_report(
        report(year=2041, text="第41年\n\n| 一 | 1 | 2 |\n| 二 | 3 |  |\n\n<"),
        source(new.url, b"half"), entry=new, run_id=run, lacks=HALF,
    )  # fmt: skip
    store.close_entry(new.url, between, "not today", run_id=run)
    before = store.db["versions"].count
    whole = report(year=2041, text=f"第41年\n\n{rows}")
    assert store.save_report(whole, source(new.url, b"all"), entry=new, run_id=run) is Saved.CHANGED
    assert store.db["versions"].count == before
    told = store.db.conn.execute("SELECT last_error FROM entries WHERE url=?", (new.url,)).fetchall()
    assert told == [(None,)]


@pytest.mark.parametrize(("lacks", "versions"), [("its page breaks off", 0), (None, 1)])
def test_half_a_page_is_no_version_of_the_whole_one(store: Store, lacks: str | None, versions: int) -> None:
    new, run = entry(f"{URL}?half"), store.start_run("crawl", {})
    whole = report(year=2040, text="第40年\n依申请公开")
    cut = replace(whole, text="第40年\n依申", findings=(Finding("page_breaks_off", "document", ""),))
    store.save_report(cut, source(new.url, b"half"), entry=new, run_id=run, lacks=lacks)
    assert store.entry_states("shiwu")[new.url] is (EntryState.FAILED if lacks else EntryState.STORED)
    before = store.db["versions"].count
    assert store.save_report(whole, source(new.url, b"all"), entry=new, run_id=run) is Saved.CHANGED
    assert store.db["versions"].count - before == versions


def gone(store: Store) -> list[str]:
    return [row["url"] for row in store.reports() if row["gone_since"] is not None]


def test_a_second_address_is_fetched_when_the_first_is_gone(store: Store) -> None:
    second, run = entry(f"{URL}?second"), store.start_run("crawl", {})
    store.note_entries([second], run)
    note_second(store.db, second.url, f"{URL}?1", run)
    run = store.start_run("crawl", {})
    assert second.url not in [one.url for one in aged(store.db, "shiwu", run, 20, None)]
    store.close_entry(f"{URL}?1", EntryState.GONE, "404", run_id=run)
    assert [one.url for one in store.pending_entries("shiwu")] == [second.url]
    made = report(year=2011, text="第1年", agency_norm="民政局")
    store.save_report(made, source(second.url, b"2"), entry=second, run_id=run)
    store.close_entry(f"{URL}?1", EntryState.GONE, "404", run_id=run)  # no day's wait: it is elsewhere
    assert [url for _, url in heirs(store.db, "shiwu", 2)] == [second.url]


def test_a_report_moves_to_the_address_that_still_has_it(store: Store) -> None:
    new, made = entry(f"{URL}?new"), report(year=2011, text="第1年", agency_norm="民政局")
    there = source(new.url, b"new", at="2026-05-05T00:00:00Z")
    assert store.save_report(made, there, entry=new, run_id=2) is Saved.UNCHANGED
    assert heirs(store.db, "shiwu", 2) == []
    store.close_entry(f"{URL}?1", EntryState.GONE, "404", run_id=2)
    assert gone(store) == []
    [(report_id, url)] = heirs(store.db, "shiwu", 2)
    assert url == new.url
    move(store.db, report_id, made, there, 2)
    assert heirs(store.db, "shiwu", 2) == []
    [row] = [row for row in store.reports() if row["url"] == new.url]
    assert (row["id"], row["sha256"], row["fetched_at"]) == (report_id, there.sha256, there.fetched_at)
    assert row["first_seen"] == "2026-01-02T03:04:05Z"
    assert {one["url"] for one in store.parts("sources", report_id)} == {new.url, f"{URL}?1"}
    assert store.count("versions") == 0
    assert row["extractor"] == EXTRACTOR


def test_a_report_without_the_file_of_its_tables_replaces_none(store: Store) -> None:
    whole = report(year=2011, text="第1年", agency_norm="民政局")
    missed = replace(whole, facts=(), findings=(Finding("attachment_unread", "http://www/a.xls", "404"),))
    told = objection(store.db, missed, source(f"{URL}?1", b"x"))
    assert told is not None
    assert told.reason == "its attachment http://www/a.xls: 404"
    assert objection(store.db, replace(missed, facts=whole.facts), source(f"{URL}?1", b"x")) is None
    assert objection(store.db, replace(missed, findings=()), source(f"{URL}?1", b"x")) is None


def test_a_page_whose_file_was_never_there_fails_twice_before_it_is_gone(store: Store) -> None:
    new, held = entry(f"{URL}?new"), f"{URL}?1"
    assert without_file(store.db, held) is EntryState.GONE
    for expected in (EntryState.FAILED, EntryState.FAILED, EntryState.GONE, EntryState.GONE):
        assert without_file(store.db, new.url) is expected
        store.fail(new, "its attachment: 404", run_id=store.start_run("crawl", {}), state=expected)
    assert store.entry_states("shiwu")[new.url] is EntryState.GONE
    assert (
        store.fail(entry(held), "its attachment: 404", run_id=1, state=EntryState.GONE) is EntryState.STORED
    )


def test_the_file_of_another_report_replaces_none_until_it_says_that_it_is_its_own(store: Store) -> None:
    def made(name: str, digest: str, text: str) -> Report:
        file = Attachment(f"http://www/{name}.docx", "", None, digest, "only_source")
        return report(agency=name, agency_norm=name, text=text, attachments=(file,))

    run = store.start_run("crawl", {})
    for number, name in enumerate(("县水利局", "县教育局")):
        link = entry(f"{URL}?file{number}")
        store.note_entries([link], run)
        store.save_report(made(name, f"own{number}", f"{name}公开"), source(link.url), entry=link, run_id=run)
    mixed_up = made("县水利局", "own1", "县教育局公开")
    told = objection(store.db, mixed_up, source(f"{URL}?file0", b"x"))
    assert told is not None
    assert told.passing
    assert told.reason == f"its file is now that of the report at {URL}?file1"
    put_right = made("县水利局", "own1", "县水利局公开")
    assert objection(store.db, put_right, source(f"{URL}?file0", b"x")) is None
    assert objection(store.db, made("县水利局", "new", "县教育局公开"), source(f"{URL}?file0", b"x")) is None
