"""Links that ought to have a report and brought none are looked at again, some times and not for ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from govcrawl.errors import NotAReport
from govcrawl.model import Document, EntryState, Paragraph
from govcrawl.reports.read import read_report
from govcrawl.store import Store
from govcrawl.store.clock import written
from govcrawl.store.doubts import doubtful, empty_handed
from govcrawl.store.empty_handed import HOME, LOOKS, absent, awaited, next_look
from govcrawl.store.ledger import note_rereading
from govcrawl.store.seen import seen_by
from tests.store.make import URL, entry, report, source

MAINTENANCE = "no annual report: no report title, statutory headings: none, rows of table 三: 0"


@pytest.fixture
def store() -> Iterator[Store]:
    """A link that its list names as a report, and the run that is going on."""
    with Store.in_memory() as opened:
        runs = [opened.start_run("crawl", {}) for _ in range(5)]
        opened.note_entries([entry()], runs[0])
        yield opened


def age(store: Store, days: float) -> None:
    """Let the first doubt and the next look lie some days further back."""
    for column in ("doubted", "next_try"):
        store.db.conn.execute(
            f"UPDATE entries SET {column}=strftime('%Y-%m-%dT%H:%M:%SZ', {column}, ?)",
            (f"-{days} days",),
        )
    store.db.conn.commit()


def due(store: Store, *, everything: bool = False) -> bool:
    run = store.start_run("crawl", {})
    return [one.url for one in empty_handed(store.db, "shiwu", run, everything=everything)] == [URL]


@pytest.mark.parametrize("state", [EntryState.REJECTED, EntryState.GONE])
def test_one_wrong_answer_is_looked_at_again_a_day_later(store: Store, state: EntryState) -> None:
    store.close_entry(URL, state, MAINTENANCE, run_id=1)
    assert [row["url"] for row in awaited(store.db)] == [URL]
    assert not due(store)
    assert due(store, everything=True)
    age(store, 1)
    assert due(store)
    store.save_report(report(), source(), entry=entry(), run_id=2)
    assert not awaited(store.db)
    assert not due(store, everything=True)
    assert not doubtful(store.db, "shiwu", 9)


def test_the_looks_come_to_an_end(store: Store) -> None:
    since = datetime(2026, 3, 1, 22, tzinfo=UTC)
    looks, moment = 0, since
    while next_look(since, moment) is not None:
        moment, looks = moment + timedelta(days=1), looks + 1
    assert looks == LOOKS[-1]
    assert next_look(since, since + timedelta(days=2)) == written(since + timedelta(days=6, hours=18))
    store.close_entry(URL, EntryState.REJECTED, MAINTENANCE, run_id=1)
    age(store, 100)
    assert due(store)
    store.reject(entry(), "shiwu", MAINTENANCE, source(), 2)
    assert not awaited(store.db)
    assert not due(store)
    assert due(store, everything=True)


@pytest.mark.parametrize(
    ("lines", "failed", "again"),
    [
        (("关于系统维护的通知", "系统正在维护，请稍后再试。"), True, True),
        (("石坞县民政局2021年政府信息公开工作年度报告", "内容正在更新中，敬请期待。"), False, True),
        (
            ("关于做好2021年政府信息公开工作年度报告编制工作的通知", "各单位:现将有关事项通知如下。"),
            False,
            False,
        ),
        (("图解:石坞县民政局2021年政府信息公开工作年度报告", "一图读懂。"), False, False),
    ],
)
def test_what_was_read_and_judged_is_settled(
    store: Store, lines: tuple[str, str], failed: bool, again: bool
) -> None:
    document = Document("html", tuple(map(Paragraph, lines)), titles=(lines[0],))
    with pytest.raises(NotAReport) as told:
        read_report(document)
    first = store.reject(entry(), "shiwu", str(told.value), source(), 1)
    assert first is (EntryState.FAILED if failed else EntryState.REJECTED)
    age(store, 1)
    assert bool(store.unfinished_entries("shiwu", 2)) is failed
    assert store.reject(entry(), "shiwu", str(told.value), source(), 2) is EntryState.REJECTED
    assert bool(awaited(store.db)) is again
    age(store, 6)
    assert due(store) is again


def test_another_page_in_a_reports_place_has_failed_until_a_later_day_says_the_same(store: Store) -> None:
    home = f"{HOME}: for a moment"
    assert store.close_entry(URL, EntryState.GONE, home, run_id=1) is EntryState.FAILED
    assert store.reject(entry(), "shiwu", MAINTENANCE, source(), 2) is EntryState.FAILED  # the same night
    note_rereading(store.db, URL, EntryState.REJECTED, MAINTENANCE)  # its bytes say no more than they said
    assert store.entry_states("shiwu") == {URL: EntryState.FAILED}
    assert absent(store.db, "shiwu") is None
    age(store, 1)
    assert store.close_entry(URL, EntryState.GONE, home, run_id=3) is EntryState.GONE
    assert home in (absent(store.db, "shiwu") or "")
    store.save_report(report(), source(), entry=entry(), run_id=4)
    assert absent(store.db, "shiwu") is None


def test_a_page_that_is_not_there_is_named_from_its_first_look_on(store: Store) -> None:
    assert store.close_entry(URL, EntryState.GONE, "the server answers 404", run_id=1) is EntryState.GONE
    assert (absent(store.db, "shiwu") or "").startswith("1 link of its lists brought no report")
    assert absent(store.db, "another") is None


def test_a_link_that_nobody_named_a_report_is_settled(store: Store) -> None:
    unnamed = entry(f"{URL}?2", title="政务公开")
    store.reject(unnamed, "shiwu", MAINTENANCE, source(unnamed.url), 1)
    assert not awaited(store.db)


def test_an_archive_of_several_reports_is_settled(store: Store) -> None:
    store.reject(
        entry(), "shiwu", "/f/2.zip: an archive of 2 documents, each of which has an entry of its own"
    )
    assert not awaited(store.db)


def test_a_failure_between_two_looks_ends_neither(store: Store) -> None:
    store.close_entry(URL, EntryState.REJECTED, MAINTENANCE, run_id=1)
    age(store, 1)
    for run in (2, 3, 4):
        store.close_entry(URL, EntryState.FAILED, "timeout", run_id=run)
    store.close_entry(URL, EntryState.REJECTED, MAINTENANCE, run_id=5)
    (row,) = awaited(store.db)
    assert row["next_try"][:10] == written(datetime.now(UTC) + timedelta(days=6, hours=-6))[:10]


def test_what_is_found_empty_again_is_no_decline(store: Store) -> None:
    named = entry(f"{URL}?2", title="石坞县民政局2021年政府信息公开工作年度报告")
    store.reject(named, "shiwu", MAINTENANCE, source(named.url), 1)
    assert seen_by(store.db, "shiwu", 1).rejected == 1
    age(store, 1)
    again = store.start_run("crawl", {})
    store.reject(named, "shiwu", MAINTENANCE, source(named.url), again)
    assert seen_by(store.db, "shiwu", again).rejected == 0
