from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from govcrawl import EXTRACTOR
from govcrawl.errors import ContradictoryFacts
from govcrawl.model import EntryState
from govcrawl.registry import load
from govcrawl.search import search
from govcrawl.store import Store
from govcrawl.store.bulk import Found, loading, put_reports
from govcrawl.store.indexing import catch_up, pending
from govcrawl.store.intact import altered
from govcrawl.store.ledger import settle
from govcrawl.store.sqlite import write
from govcrawl.store.writing import Saved, put_report
from tests.bulk.bodies import bodies
from tests.bulk.reports import make_report

APART = {"uid", "first_seen", "last_seen", "replaced_at", "started", "finished"}


def made() -> list[Found]:
    """Reports of three bodies, some known twice: at two addresses, changed, out of order, of one year."""
    found: list[Found] = []
    for body, _ in zip(bodies(load(), 3), range(3), strict=False):
        for year in (2020, 2019, 2021, 2022, 2024, 2023):
            one = make_report(body, year, 3, changed=year == 2021)
            if one.before is not None:
                found.append(Found(*one.before))
            found.append(Found(one.report, one.source, one.entry))
            if year == 2022:  # the same at a second address, then another one of that year
                other = replace(one.source, url=f"{one.source.url}?2", portal="twin")
                found.append(Found(one.report, other, replace(one.entry, url=other.url)))
                text = f"{one.report.text}\n\n{'另外一份报告。' * 400}"
                third = replace(one.source, url=f"{one.source.url}?3")
                found.append(Found(replace(one.report, text=text), third, replace(one.entry, url=third.url)))
            if year == 2024:
                found.append(Found(one.report, one.source, one.entry))
    found.append(
        Found(replace(found[0].report, agency_norm=None), replace(found[0].source, url="http://a.b/"))
    )
    return found


def rows(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    db = store.db
    told: dict[str, list[tuple[Any, ...]]] = {}
    for name in [*db.table_names(), *db.view_names()]:
        if name.startswith(("sqlite_", "search_")):
            continue
        columns = [column.name for column in db[name].columns if column.name not in APART]
        told[name] = db.execute(f"SELECT {', '.join(f'[{c}]' for c in columns)} FROM [{name}]").fetchall()
    return told


def test_many_at_once_give_the_rows_that_one_by_one_gives(tmp_path: Path) -> None:
    found = made()
    with Store.open(tmp_path / "one.db") as one, Store.open(tmp_path / "many.db") as many:
        run = one.start_run("t", {}), many.start_run("t", {})
        singly = []
        for own in found:
            with write(one.db) as db:
                singly.append(put_report(db, own.report, own.source, run_id=run[0], extractor=EXTRACTOR))
                if own.entry is not None:
                    settle(
                        db, own.entry, EntryState.STORED, sha256=own.source.sha256, report_id=singly[-1][0],
                        run_id=run[0],
                    )  # fmt: skip
        with loading(many.db), write(many.db) as db:
            assert put_reports(db, found[:20], run_id=run[1]) == singly[:20]
        with write(many.db) as db:
            assert put_reports(db, found[20:], run_id=run[1]) == singly[20:]
        assert {saved for _, saved in singly} == set(Saved)
        expected, got = rows(one), rows(many)
        for table in expected:
            assert got[table] == expected[table], table
        assert not list(altered(many.db))
        assert pending(one.db) == pending(many.db) == many.count("reports")
        told = search(many.db, "公开")
        catch_up(many.db)
        assert pending(many.db) == 0
        assert search(many.db, "公开") == told == search(one.db, "公开")


@pytest.mark.parametrize("order", [1, -1])
def test_a_new_report_gives_the_rows_that_comparing_it_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: int
) -> None:
    told = []
    for way in ("fresh", "compared"):
        if way == "compared":
            monkeypatch.setattr("govcrawl.store.writing.put_fresh", lambda *_, **__: None)
        with Store.open(tmp_path / way) as store:
            run, done = store.start_run("t", {}), []
            for own in made()[::order]:
                with write(store.db) as db:
                    done.append(put_report(db, own.report, own.source, run_id=run, extractor=EXTRACTOR))
            told.append((done, rows(store)))
    assert {saved for _, saved in told[0][0]} == set(Saved)
    assert told[0] == told[1]


def test_a_batch_with_a_contradiction_leaves_nothing() -> None:
    [first, second, *_] = made()
    facts = second.report.facts
    spoiled = replace(second, report=replace(second.report, facts=(*facts, facts[0])))
    with Store.in_memory() as store:
        run = store.start_run("t", {})
        with pytest.raises(ContradictoryFacts, match=facts[0].fact), write(store.db) as db:
            put_reports(db, [first, spoiled], run_id=run)
        assert store.count("reports") == store.count("entries") == store.count("fact_ids") == 0
