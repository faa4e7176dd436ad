"""Reports that exchange their addresses follow them; a page that shows a neighbour's by mistake moves none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from govcrawl.crawl.exchanges import Exchanges
from govcrawl.model import EntryState, Report
from govcrawl.store import Store
from govcrawl.store.doubts import objection
from govcrawl.store.exchanged import exchange, unseen
from tests.store.make import URL, entry, source
from tests.store.test_bodies import NEW, made

BODIES = ("民政局", "财政局", "教育局", "水利局")


def told(number: int) -> Report:
    body = BODIES[number]
    return made(
        facts={NEW: number + 3}, agency=body, agency_norm=body, text=f"{body}的年度报告，共{number}项。"
    )


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.in_memory() as opened:
        opened.start_run("test", {})
        for number in range(len(BODIES)):
            url = f"{URL}?{number}"
            opened.save_report(told(number), source(url, url.encode()), entry=entry(url), run_id=1)
        opened.start_run("test", {})
        yield opened


def look(store: Store, seen: Exchanges, at: int, number: int) -> None:
    """What a crawl does with the page at an address that shows the report of a body."""
    url = f"{URL}?{at}"
    page, made = source(url, f"{at} {number}".encode(), at="2026-03-03T00:00:00Z"), told(number)
    against = objection(store.db, made, page)
    if against is None:
        store.save_report(made, page, entry=entry(url), run_id=2)
    else:
        assert against.shows is not None
        seen.note(against.shows, made, page)
        store.reject(entry(url), "shiwu", against.reason, page, 2)


def stored(store: Store) -> list[tuple[object, ...]]:
    return store.db.conn.execute(
        "SELECT r.id, r.agency_norm, substr(r.url, -1), r.gone_since, e.state, e.doubted, e.last_error, "
        "e.report_id, s.report_id, s.sha256 = r.sha256 FROM reports r JOIN entries e ON e.url = r.url "
        "JOIN sources s ON s.url = r.url ORDER BY r.id"
    ).fetchall()


@pytest.mark.parametrize("order", [(1, 0, 2, 3), (1, 2, 0, 3), (3, 0, 1, 2), (1, 0, 3, 2)])
def test_reports_follow_a_renumbering(store: Store, order: tuple[int, ...]) -> None:
    seen = Exchanges()
    for at, number in enumerate(order):
        look(store, seen, at, number)
    moved = [at for at, number in enumerate(order) if at != number]
    assert sorted(exchange(store.db, seen.shown, 2)) == [f"{URL}?{at}" for at in moved]
    assert stored(store) == [
        (n + 1, BODIES[n], str(order.index(n)), None, "stored", None, None, n + 1, n + 1, 1)
        for n in range(len(BODIES))
    ]
    assert store.count("versions") == 0


def test_what_counted_as_gone_is_back(store: Store) -> None:
    store.db.conn.execute(
        "UPDATE entries SET state='gone', looked_run=1 WHERE url IN (?, ?)", (f"{URL}?0", f"{URL}?1")
    )
    store.db.conn.execute("UPDATE reports SET gone_since='2026-02-02T00:00:00Z' WHERE id < 3")
    store.db.conn.commit()
    seen = Exchanges()
    look(store, seen, 0, 1)
    assert [link.url for link in unseen(store.db, [2], 2)] == [f"{URL}?1"]
    look(store, seen, 1, 0)
    assert unseen(store.db, [2], 2) == []
    exchange(store.db, seen.shown, 2)
    assert [row[1:5] for row in stored(store)][:2] == [
        ("民政局", "1", None, "stored"),
        ("财政局", "0", None, "stored"),
    ]


def test_a_neighbours_page_shown_by_mistake_moves_nothing(store: Store) -> None:
    seen = Exchanges()
    look(store, seen, 0, 1)
    look(store, seen, 1, 1)
    assert exchange(store.db, seen.shown, 2) == []
    assert [row[2] for row in stored(store)] == ["0", "1", "2", "3"]
    assert store.entry_states("shiwu")[f"{URL}?0"] is EntryState.STORED
    look(store, seen, 0, 0)
    assert all(row[5] is None for row in stored(store))
    look(store, seen, 2, 3)
    look(store, seen, 3, 2)
    look(store, seen, 3, 3)
    assert exchange(store.db, seen.shown, 2) == []


def test_one_page_for_everything_is_no_renumbering() -> None:
    seen = Exchanges()
    assert seen.note(1, told(0), source(f"{URL}?1"))
    assert not seen.note(1, told(0), source(f"{URL}?2"))
    assert seen.note(1, told(0), source(f"{URL}?3")) is False
