from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from govcrawl.errors import UsageError
from govcrawl.search import search
from govcrawl.search.finding import found_ids
from govcrawl.store import Selection, Store
from govcrawl.store.grams import SEAM, Part
from govcrawl.store.indexing import catch_up, pending
from govcrawl.store.search_tables import SEARCH, SEARCH_ANEW, SEARCH_LETTERS, SEARCH_RANKED, SEARCH_SCANNED
from govcrawl.store.sqlite import write
from govcrawl.store.writing import put_report, withdraw
from govcrawl.text import folded
from tests.store.make import report, source

REPORTS = 60
_LETTERS = "公开申请不予政府，。“”「」、|｜\"'*^:()-—＋ 　\n0１2ABａÉe\u0301ﬁ①㍿Σςß䶮𬭎𠮷İ가\u1100\u1161\ud7a3\u3099か"
_BLOCKS = ("一、总体情况", "| 项目 | 件 |\n| --- | --- |\n| 不予公开 | 0 |", "无", "|0|")


def text(rng: Random) -> str:
    blocks = []
    for _ in range(rng.randint(1, 7)):
        if rng.random() < 0.4:
            blocks.append(rng.choice(_BLOCKS))
        else:
            lead = "| " if rng.random() < 0.3 else ""
            blocks.append(lead + "".join(rng.choice(_LETTERS) for _ in range(rng.randint(1, 40))))
    return "\n\n".join(blocks)


def put(store: Store, number: int, **changes: object) -> int:
    made = report(title=f"第{number}号报告", agency=None, agency_norm=None, facts=(), **changes)
    with write(store.db) as db:
        found, _ = put_report(
            db, made, source(f"http://www.a.gov.cn/{number}", f"{changes}".encode()), run_id=1, extractor="x"
        )
    catch_up(store.db)
    return found


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    rng = Random(7)
    with Store.in_memory() as made:
        made.start_run("test", {})
        for number in range(REPORTS):
            put(made, number, text=text(rng))
        yield made


def scan(store: Store, query: str) -> set[int]:
    plain = folded(query)
    rows = store.db.execute("SELECT id, title, text FROM reports")
    return {key for key, title, text in rows if plain in folded(title) or plain in folded(text)}


def queries(store: Store, rng: Random, number: int) -> Iterator[str]:
    texts = [text for (text,) in store.db.execute("SELECT text FROM reports")]
    for _ in range(number):
        length = rng.choice((1, 2, 3, 4, 5, 6, 7, 8, 8, SEAM, SEAM + 1, SEAM + 2, 30))
        whole = rng.choice(texts)
        start = rng.randrange(len(whole))
        own = whole[start : start + length]
        if rng.random() < 0.3:
            own = "".join(rng.choice(_LETTERS) for _ in range(rng.randint(1, 3)))
        if folded(own):
            yield own


def test_every_query_finds_exactly_what_a_scan_finds(store: Store) -> None:
    asked = list(queries(store, Random(1), 350))
    assert sum(bool(scan(store, query)) for query in asked) > 200
    for query in asked:
        assert found_ids(store.db, query) == scan(store, query), query
        whole, first = search(store.db, query, limit=None), search(store.db, query, limit=2)
        assert (first.total, first.hits) == (whole.total, whole.hits[:2]), query


def test_what_is_not_indexed_yet_is_found_all_the_same(store: Store) -> None:
    asked = list(queries(store, Random(2), 60))
    told = [search(store.db, query) for query in asked]
    with write(store.db) as db:
        db.conn.execute("DELETE FROM search_docs")
        db.conn.execute("INSERT INTO search_pending SELECT id FROM reports WHERE id % 2")
        db.conn.execute("INSERT OR IGNORE INTO search_pending SELECT id FROM reports")
    assert [search(store.db, query) for query in asked] == told
    catch_up(store.db)
    assert pending(store.db) == 0
    assert [search(store.db, query) for query in asked] == told


def test_an_older_database_gets_the_index(store: Store) -> None:
    with write(store.db) as db:
        for kind, name in (("TABLE", "grams"), ("TABLE", "docs"), ("TABLE", "pending"), ("TABLE", "letters")):
            db.conn.execute(f"DROP {kind} search_{name}")
        for name in ("new", "changed", "gone"):
            db.conn.execute(f"DROP TRIGGER IF EXISTS search_{name}")
        for statement in (*SEARCH, *SEARCH_ANEW, *SEARCH_SCANNED, *SEARCH_RANKED, *SEARCH_LETTERS):
            db.conn.execute(statement)
    assert pending(store.db) == REPORTS
    catch_up(store.db)
    assert found_ids(store.db, "报告") == scan(store, "报告") != set()


def test_a_changed_report_is_found_by_what_it_says_now() -> None:
    with Store.in_memory() as store:
        store.start_run("test", {})
        key = put(store, 1, text="原来的文字")
        assert found_ids(store.db, "原来") == {key}
        assert put(store, 1, text="后来的文字") == key
        assert (found_ids(store.db, "原来"), found_ids(store.db, "后来")) == (set(), {key})
        assert pending(store.db) == 0
        with write(store.db) as db:
            db.conn.execute("UPDATE reports SET year = 1999, text = '第三种说法'")  # behind the store's back
        assert found_ids(store.db, "后来") == set()
        assert found_ids(store.db, "三种", Selection(years=(1999,))) == {key}
        with write(store.db) as db:
            withdraw(db, key)
        assert found_ids(store.db, "三种") == set()


def test_an_index_of_texts_long_gone_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govcrawl.store.indexing._SPARE", 10)
    with Store.in_memory() as store:
        store.start_run("test", {})
        key = put(store, 1, text="开头")
        for number in range(40):
            with write(store.db) as db:
                db.conn.execute("UPDATE reports SET text = ?", (f"第{number}次",))
            catch_up(store.db)
        assert found_ids(store.db, "第39次") == {key}
        assert store.db.execute("SELECT count(*) FROM search_grams").fetchone()[0] < 20


def test_programs_that_look_at_every_table_can(store: Store) -> None:
    counts = {
        name: store.db.execute(f"SELECT count(*) FROM [{name}]").fetchone()[0]
        for name in store.db.table_names()
    }
    assert counts["search_grams"] == counts["search_letters"] >= counts["search_docs"] == REPORTS


def test_filters_and_order() -> None:
    with Store.in_memory() as store:
        store.start_run("test", {})
        prose = put(store, 1, text="二维码", year=2021)
        table = put(store, 2, text="| 二维码 |", year=2023)
        later = put(store, 3, text="扫二 维码", year=2022)
        store.db.conn.execute(
            "UPDATE reports SET agency = '石坞县教育局', division_code = '450703' WHERE id = ?", (prose,)
        )
        store.db.conn.commit()
        found = search(store.db, "二维码")
        assert [(hit.report_id, hit.part) for hit in found.hits] == [
            (later, Part.PROSE), (prose, Part.PROSE), (table, Part.TABLES)
        ]  # fmt: skip
        assert found_ids(store.db, "二维码", agency="教育") == {prose}
        assert found_ids(store.db, "二维码", Selection("4507")) == {prose}
        assert found_ids(store.db, "二维码", Selection(years=(2022, 2023))) == {later, table}
        only = search(store.db, "二维码", parts=(Part.TABLES,), limit=None)
        assert [hit.report_id for hit in only.hits] == [table]
        assert search(store.db, "二维码", parts=(Part.TABLES,), limit=0) == only
        with pytest.raises(UsageError, match="limit is -1"):
            search(store.db, "二维码", limit=-1)
        first = search(store.db, "二维码", limit=1)
        assert (first.total, len(first.hits)) == (3, 1)


@pytest.mark.parametrize("query", ["", " \n", "\u200b"])
def test_an_empty_query_is_refused(store: Store, query: str) -> None:
    with pytest.raises(UsageError, match="empty"):
        search(store.db, query)


def test_a_snippet_shows_what_was_published(store: Store) -> None:
    for query in queries(store, Random(3), 120):
        for hit in search(store.db, query, limit=3).hits:
            shown = hit.snippet[hit.start : hit.end]
            assert folded(query) in folded(shown), (query, hit)
            assert len(shown) <= 2 * len(query) + 90, (query, hit)


def test_a_snippet_is_cut_from_one_paragraph() -> None:
    with Store.in_memory() as store:
        store.start_run("test", {})
        put(
            store,
            1,
            text="总体情\n\n| 情况 | 公开 |\n| --- | --- |\n| 不予公 开 | 3 |\n\n对不予公开的，说明“理由”。",
        )
        (hit,) = search(store.db, "不予公开").hits
        assert (hit.part, hit.snippet, hit.start, hit.end) == (Part.PROSE, "对不予公开的，说明“理由”。", 1, 5)
        (row,) = search(store.db, "不予公开", parts=(Part.TABLES,)).hits
        assert row.snippet == "| 不予公 开 | 3 |"
