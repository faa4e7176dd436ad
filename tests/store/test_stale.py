"""Addresses of one report that come to differ: it stays where it still is, and nothing is lost or doubled."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest

from govcrawl.archive import Archive
from govcrawl.model import EntryState, Fact, Report, Source, Status
from govcrawl.store import Saved, Store
from govcrawl.store.doubts import objection
from govcrawl.store.lasting import note_unchanged
from govcrawl.store.parted import rejoined
from govcrawl.store.stale import stale
from govcrawl.verify import verify
from tests.store.make import URL, entry, source
from tests.store.test_bodies import NEW, PROSE, made

OTHER = f"{URL}_other"
CELLS = {NEW: 3, "application.carried_out:total": 1, "proactive.art20_6.penalty:decisions": 9}
MINE = made(facts=CELLS, title="民政局2021年年报")
THEIRS = made(facts={**CELLS, NEW: 4}, agency_norm="财政局", title="财政局2021年年报")
LATER = "2026-03-03T00:00:00Z"


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.in_memory() as opened:
        opened.start_run("test", {})
        for url in (OTHER, URL):
            opened.save_report(MINE, source(url, url.encode()), entry=entry(url), run_id=1)
        opened.start_run("test", {})
        yield opened


def look(store: Store, report: Report, found: Source) -> Saved | None:
    if objection(store.db, report, found) is not None:
        return None
    return store.save_report(report, found, entry=entry(found.url), run_id=2)


def rows(store: Store) -> list[tuple[object, ...]]:
    return store.db.conn.execute("SELECT id, url, title, sha256 FROM reports ORDER BY id").fetchall()


def unsure(store: Store) -> list[str]:
    return [found.url for found in stale(store.db, "shiwu", 2)]


def told(store: Store, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    with Archive(tmp_path_factory.mktemp("archive")) as archive:
        return [str(fault) for fault in verify(store, archive) if "nobody has looked" in str(fault)]


def test_a_page_put_right_leaves_the_report_to_the_other(
    store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    right, before = source(OTHER, b"right", at=LATER), source(URL, URL.encode())
    assert look(store, THEIRS, right) is Saved.NEW
    assert rows(store) == [(1, URL, MINE.title, before.sha256), (2, OTHER, THEIRS.title, right.sha256)]
    assert store.count("versions") == 0
    assert unsure(store) == [URL]
    [fault] = told(store, tmp_path_factory)
    assert fault.startswith(f"{URL}: ")
    assert not note_unchanged(store.db, entry(URL, title="", published=None), before.sha256, 2)
    assert look(store, MINE, before) is Saved.UNCHANGED
    assert unsure(store) == told(store, tmp_path_factory) == []
    assert note_unchanged(store.db, entry(URL, title="", published=None), before.sha256, 2)
    assert dict(store.db.conn.execute("SELECT url, report_id FROM entries").fetchall()) == {URL: 1, OTHER: 2}
    assert set(store.entry_states("shiwu").values()) == {EntryState.STORED}


def test_a_title_put_right_at_both_addresses_is_one_report_still(store: Store) -> None:
    titled = dataclasses.replace(MINE, year=2022, title="民政局2022年年报")
    assert look(store, titled, source(OTHER, b"right", at=LATER)) is Saved.NEW
    assert look(store, titled, source(URL, b"right too", at=LATER)) is Saved.CHANGED
    assert [row[:3] for row in rows(store)] == [(1, URL, titled.title)]
    assert {row["url"] for row in store.parts("sources", 1)} == {URL, OTHER}
    assert store.db.conn.execute("SELECT title FROM versions").fetchall() == [(MINE.title,)]
    assert unsure(store) == []


def test_the_next_report_at_both_addresses_leaves_the_earlier_one_under_its_year(store: Store) -> None:
    following = made(2022, dict.fromkeys(CELLS, 70), text=f"{PROSE}次年")
    assert look(store, following, source(OTHER, b"2022", at=LATER)) is Saved.NEW
    assert look(store, following, source(URL, b"2022 too", at=LATER)) is Saved.UNCHANGED
    assert [(row[0], row[1]) for row in rows(store)] == [(1, f"{URL}#2021"), (2, OTHER)]
    assert store.db.conn.execute("SELECT gone_since IS NOT NULL FROM reports ORDER BY id").fetchall() == [
        (1,),
        (0,),
    ]


def test_the_other_addresses_of_a_corrected_report_are_looked_at_again(store: Store) -> None:
    corrected = dataclasses.replace(MINE, facts=(Fact(NEW, 5, "5", Status.NUMBER), *MINE.facts[1:]))
    assert look(store, corrected, source(OTHER, b"right", at=LATER)) is Saved.CHANGED
    assert unsure(store) == [URL]
    assert look(store, corrected, source(URL, b"right too", at=LATER)) is Saved.UNCHANGED
    assert unsure(store) == []
    assert len(rows(store)) == 1


@pytest.mark.parametrize("what", ["numbers", "words"])
def test_a_report_corrected_at_its_second_address_first_is_one_report_still(
    store: Store, tmp_path_factory: pytest.TempPathFactory, what: str
) -> None:
    facts = (Fact(NEW, 5, "5", Status.NUMBER), *MINE.facts[1:])
    words = f"本局全年培训103次，参加人员较上年有所增加。{PROSE[: len(PROSE) // 2]}"
    corrected = dataclasses.replace(MINE, **({"facts": facts} if what == "numbers" else {"text": words}))
    assert look(store, corrected, source(URL, b"right", at=LATER)) is Saved.NEW
    assert unsure(store) == [OTHER]  # asked for in the same run
    elsewhere = dataclasses.replace(corrected, published="2022-01-20")
    assert look(store, elsewhere, source(OTHER, b"right too", at="2026-03-03T00:00:09Z")) is Saved.CHANGED
    assert list(rejoined(store.db, "shiwu", [])) == [URL]
    assert list(rejoined(store.db, "shiwu", [])) == []
    assert [found[:2] for found in rows(store)] == [(1, OTHER)]
    assert {found["url"] for found in store.parts("sources", 1)} == {URL, OTHER}
    assert store.db.conn.execute("SELECT report_id, text FROM versions").fetchall() == [(1, MINE.text)]
    assert set(store.db.conn.execute("SELECT report_id FROM entries").fetchall()) == {(1,)}
    assert unsure(store) == told(store, tmp_path_factory) == []


def test_a_page_that_still_has_the_report_stays_apart_from_the_one_that_differs(store: Store) -> None:
    corrected = dataclasses.replace(MINE, facts=(Fact(NEW, 5, "5", Status.NUMBER), *MINE.facts[1:]))
    assert look(store, MINE, source(OTHER, OTHER.encode(), at=LATER)) is Saved.UNCHANGED
    assert look(store, corrected, source(URL, b"other", at=LATER)) is Saved.NEW
    assert unsure(store) == []  # this run has looked at it
    assert list(rejoined(store.db, "shiwu", [])) == []
    assert [found[:2] for found in rows(store)] == [(1, OTHER), (2, URL)]
    assert store.count("versions") == 0


def test_what_both_addresses_have_said_before_is_one_version(store: Store) -> None:
    corrected = dataclasses.replace(MINE, facts=(Fact(NEW, 5, "5", Status.NUMBER), *MINE.facts[1:]))
    for report, url, saved in (
        (corrected, OTHER, Saved.CHANGED),
        (MINE, URL, Saved.NEW),
        (corrected, URL, Saved.CHANGED),
    ):
        page = source(url, f"{url} {saved}".encode(), at=LATER)
        assert look(store, report, page) is saved
    assert store.count("versions") == 2
    assert list(rejoined(store.db, "shiwu", [URL])) == []  # for its list shows it no more
    assert list(rejoined(store.db, "shiwu", [])) == [URL]
    assert store.db.conn.execute("SELECT report_id, text FROM versions").fetchall() == [(1, MINE.text)]
