"""A document's own address stands once in what is known of its reading, and is told as it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from govcrawl.model import Given
from govcrawl.store import Store, migrations
from govcrawl.store.archived import source_of
from govcrawl.store.migrations import ADDRESSES_ONCE, MIGRATIONS
from govcrawl.store.overwritten import set_aside
from govcrawl.store.sqlite import write
from tests.store.make import report, source

_ROWS = "SELECT url, name, answered FROM readings ORDER BY url"


@pytest.mark.parametrize("given", [None, Given("f.docx", "http://b.gov.cn/f?1"), Given("f.docx", "own")])
def test_what_a_document_was_read_with_is_told_as_it_was(given: Given | None) -> None:
    made = source()
    if given is not None:
        own = made.url if given.answered == "own" else given.answered
        made = replace(made, given=replace(given, answered=own))
    wanted = made.given or Given(made.url, made.url)
    with Store.in_memory() as store:
        store.start_run("test", {})
        store.save_report(report(), made, run_id=1)
        assert made.url not in store.db.conn.execute(_ROWS).fetchone()[1:]
        found = source_of(store.db, made.url)
        assert found is not None
        assert found.given == wanted
        with write(store.db) as db:
            set_aside(db, {"id": 1, "year": 2021}, made.url)
        found = source_of(store.db, f"{made.url}#2021")
        assert found is not None
        assert found.given == wanted


def test_readings_of_an_older_layout_are_carried_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, before = tmp_path / "g.db", MIGRATIONS.index(ADDRESSES_ONCE)
    with monkeypatch.context() as old:
        old.setattr(migrations, "MIGRATIONS", MIGRATIONS[:before])
        Store.open(path).close()
    urls = [
        ("http://a/1", "http://a/1", "http://a/1"),
        ("http://a/2", "f.pdf", "http://a/2"),
        ("3", "b", "c"),
    ]
    with closing(sqlite3.connect(path)) as db:
        db.executemany(
            "INSERT INTO readings (url, name, answered, portal, sha256, fetched_at, extractor) "
            "VALUES (?, ?, ?, 'a', 's', '2026-01-01T00:00:00Z', 'e')",
            urls,
        )
        db.commit()
    with Store.open(path) as store:
        assert store.db.conn.execute(_ROWS).fetchall() == [
            ("3", "b", "c"),
            ("http://a/1", "", ""),
            ("http://a/2", "f.pdf", ""),
        ]
        told = [source_of(store.db, url) for url, *_ in urls]
    assert [(one.url, one.given.name, one.given.answered) for one in told if one and one.given] == urls
