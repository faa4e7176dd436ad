"""A run whose clock was ahead must not keep later runs from looking."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from govcrawl.model import EntryState, Portal
from govcrawl.store import Store
from govcrawl.store.clock import now
from govcrawl.store.covered import looks
from govcrawl.store.doubts import empty_handed
from tests.store.make import URL, entry, report, source

FAILED, HELD, GONE, NEVER = (f"{URL}?{name}" for name in ("failed", "held", "gone", "never"))
COLUMNS = (
    ("entries", "next_try"), ("entries", "doubted"), ("entries", "last_seen"), ("entries", "first_seen"),
    ("reports", "gone_since"), ("runs", "started"),
)  # fmt: skip


@pytest.fixture
def store() -> Iterator[Store]:
    """A link that failed, a report in doubt, one that is gone, and a link that never had one."""
    with Store.in_memory() as opened:
        run = opened.start_run("crawl", {})
        for url in (FAILED, HELD, GONE, NEVER):
            opened.note_entries([entry(url)], run)
        for _ in range(3):
            opened.close_entry(FAILED, EntryState.FAILED, "503", run_id=run)
        for url in (HELD, GONE):
            made = report(text=url, agency_norm=url)
            opened.save_report(made, source(url, url.encode()), entry=entry(url), run_id=run)
        opened.close_entry(HELD, EntryState.GONE, "404", run_id=run)
        opened.close_entry(GONE, EntryState.GONE, "404", run_id=run, unlisted=True)
        opened.close_entry(NEVER, EntryState.GONE, "404", run_id=run)
        yield opened


def ahead(store: Store, days: int) -> None:
    for table, column in COLUMNS:
        store.db.conn.execute(
            f"UPDATE {table} SET {column}=strftime('%Y-%m-%dT%H:%M:%SZ', {column}, '{days} days') "
            f"WHERE {column} IS NOT NULL"
        )
    store.db.conn.commit()


def states(store: Store) -> dict[str, tuple[object, ...]]:
    found = store.db.conn.execute("SELECT url, state, doubted, next_try FROM entries").fetchall()
    return {url.rpartition("?")[2]: tuple(told) for url, *told in found}


@pytest.mark.parametrize("days", [3, 400])
def test_times_that_are_ahead_are_forgotten(store: Store, days: int) -> None:
    ahead(store, days)
    run = store.start_run("crawl", {})
    told, moment = states(store), now()
    assert told["failed"] == ("failed", None, None)
    assert FAILED in [one.url for one in store.unfinished_entries("shiwu", run)]
    assert [told[name][0] for name in ("held", "gone", "never")] == ["stored", "stored", "gone"]
    assert all(str(told[name][1]) <= moment for name in ("held", "gone", "never"))
    assert [one.url for one in empty_handed(store.db, "shiwu", run)] == [NEVER]
    assert store.db.conn.execute("SELECT count(*) FROM reports WHERE gone_since IS NOT NULL").fetchone() == (
        0,
    )


def test_what_is_not_ahead_stays_as_it_is(store: Store) -> None:
    ahead(store, -1)
    before = states(store)
    store.start_run("crawl", {})
    assert states(store) == before


def test_a_run_that_is_ahead_has_looked_at_nothing(store: Store) -> None:
    portal = Portal("shiwu", "石坞县", "http://www.shiwu.gov.cn/")
    store.note_portal_run(1, portal, outcome="complete", counts={})
    assert len(list(looks(store.db))) == 1
    ahead(store, 3)
    assert list(looks(store.db)) == []
