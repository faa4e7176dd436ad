"""A report whose new address has other words: they are the current text, the earlier ones a version."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from govcrawl.archive import Archive
from govcrawl.model import EntryState, Report
from govcrawl.store import Saved, Store
from govcrawl.store.lasting import heirs, move, successors
from govcrawl.store.reworded import reworded
from govcrawl.store.sqlite import write
from govcrawl.verify import verify
from tests.store.make import URL, entry, source
from tests.store.test_bodies import PROSE, made

OLD, NEW = f"{URL}?old", f"{URL}?new"
LATER = "2026-03-03T00:00:00Z"
AFTER = f"{PROSE}\n\n受理申请由三件改为四件。"


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (AFTER, True),
        (f"来源：办公室 2024-01-02\n\n{PROSE}\n\n附件：年报.pdf", False),
        (PROSE.replace("，", ", ").replace("\n\n", "\n"), False),
        (f"{PROSE}\n\n| 总计 |\n| 四件。 |", False),
    ],
)
def test_a_sentence_counts_and_a_frame_does_not(after: str, told: bool) -> None:
    assert reworded(PROSE, after) is told
    assert reworded(after, PROSE) is told


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.in_memory() as opened:
        opened.start_run("test", {})
        read(opened, OLD, made(), 1)
        opened.start_run("test", {})
        yield opened


def read(store: Store, url: str, report: Report, run: int) -> Saved:
    link = entry(url)
    store.note_entries([link], run)
    page = source(url, (url + report.text).encode(), at=LATER if run > 1 else "2026-01-02T03:04:05Z")
    return store.save_report(report, page, entry=link, run_id=run)


def stored(store: Store) -> tuple[object, ...]:
    [found] = store.db.conn.execute("SELECT url, text FROM reports").fetchall()
    versions = store.db.conn.execute("SELECT text FROM versions").fetchall()
    return (*found, [text for (text,) in versions])


def overtaken(store: Store, folder: pytest.TempPathFactory) -> list[str]:
    with Archive(folder.mktemp("archive")) as archive:
        return [str(fault) for fault in verify(store, archive) if "govcrawl" in str(fault)]


@pytest.mark.parametrize("is_gone", [True, False])
@pytest.mark.parametrize(("text", "versions"), [(AFTER, [PROSE]), (f"来源：办公室\n\n{PROSE}", [])])
def test_the_words_of_the_new_address_are_current(
    store: Store, is_gone: bool, text: str, versions: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    new = made(text=text)
    assert read(store, NEW, new, 2) is Saved.UNCHANGED
    assert stored(store) == (OLD, PROSE, [])
    if is_gone:
        store.close_entry(OLD, EntryState.GONE, "404", run_id=2)
    found = heirs(store.db, "shiwu", 2) if is_gone else successors(store.db, "shiwu", 2, [OLD])
    assert found == [(1, NEW)]
    page = source(NEW, (NEW + text).encode(), at=LATER)
    assert move(store.db, 1, new, page, 2, [] if is_gone else [OLD]) is bool(versions)
    assert stored(store) == (NEW, text, versions)
    assert heirs(store.db, "shiwu", 2) == successors(store.db, "shiwu", 2, [OLD]) == []
    assert not overtaken(store, tmp_path_factory)


def test_a_report_that_moves_after_a_correction_was_not_changed_behind_its_first_address(
    store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert read(store, OLD, made(text=AFTER), 2) is Saved.CHANGED
    framed = made(text=f"来源：办公室\n\n{AFTER}")
    assert read(store, NEW, framed, 2) is Saved.UNCHANGED
    with write(store.db):  # as where an older page was read once more after the correction
        store.db.conn.execute("UPDATE versions SET replaced_at='2026-03-03T00:00:09Z'")
    store.close_entry(OLD, EntryState.GONE, "404", run_id=2)
    assert not move(store.db, 1, framed, source(NEW, (NEW + framed.text).encode(), at=LATER), 2)
    assert stored(store) == (NEW, framed.text, [PROSE])
    assert not overtaken(store, tmp_path_factory)


def test_while_both_are_listed_the_text_is_that_of_the_address(store: Store) -> None:
    read(store, NEW, made(text=AFTER), 2)
    store.note_entries([entry(OLD)], 2)
    assert heirs(store.db, "shiwu", 2) == successors(store.db, "shiwu", 2, []) == []
    assert stored(store) == (OLD, PROSE, [])
