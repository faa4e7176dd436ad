from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from random import Random

import pytest

from govcrawl.search import finding, search
from govcrawl.search.finding import found_ids
from govcrawl.store import Selection, Store
from govcrawl.store.grams import Part
from govcrawl.store.indexing import catch_up
from govcrawl.store.ranks import SPILLED, Span, group, group_of, spans, year_key
from govcrawl.store.search_tables import SEARCH_ANEW, SEARCH_LETTERS_ANEW
from govcrawl.store.sqlite import write
from tests.search.test_search import put

REPORTS = 150
_YEARS = (2024, 2023, 2023, 2019, 1899, 3000, None)
_CODES = (
    None,
    "110000",
    "450703",
    "450703",
    "450703100",
    "450703100",
    "4507",
    "45",
    "45a",
    "9999999",
    "/",
    "",
)
_AGENCIES = (None, "教育局", "石坞县教育局", "局", "石坞县人民政府")
_SELECTIONS = (
    Selection(),
    Selection("45"),
    Selection("4507031"),
    Selection("450703100"),
    Selection("45a"),
    Selection("9"),
    Selection(years=(2023,)),
    Selection("45", years=(1899, 2024)),
    Selection(templates=("2021",)),
    Selection("45", (2023, 2019), templates=("2021", "free")),
    Selection(quality=("consistent",)),
)


def make(store: Store) -> None:
    rng = Random(3)
    store.start_run("test", {})
    for number in range(REPORTS):
        key = put(
            store,
            number,
            year=rng.choice(_YEARS),
            text=rng.choice(("二维码", "| 二维码 |", "公开", "一、公开")) + "\n\n无",
            template=rng.choice(("2021", "2019", "free")),
        )
        with write(store.db) as db:
            db.conn.execute(
                "UPDATE reports SET division_code = ?, agency = ?, title = ? WHERE id = ?",
                (rng.choice(_CODES), rng.choice(_AGENCIES), rng.choice(("报告", "二维码报告")), key),
            )


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.in_memory() as made:
        make(made)
        catch_up(made.db)
        yield made


def key(row: tuple[object, ...]) -> tuple[object, ...]:
    """The order of hits of one part as search.md tells it."""
    year, division, agency, report_id = row
    assert year is None or isinstance(year, int)
    return year is None, -(year or 0), division is not None, division or "", agency or "", report_id


def expected(store: Store, words: str) -> list[tuple[int, Part]]:
    rows = store.db.execute("SELECT year, division_code, agency, id, title, text FROM reports").fetchall()
    found = []
    for *own, title, text in rows:
        prose = "\n".join(line for line in text.split("\n") if not line.startswith("|"))
        where = [part for part, said in zip(Part, (title, prose, text), strict=True) if words in said]
        if where:
            found.append((list(Part).index(where[0]), key(tuple(own)), where[0]))
    return [(own[-1], part) for _, own, part in sorted(found)]  # type: ignore[misc]


def check(store: Store) -> None:
    """Each page of each question is the same piece of the whole answer, which is that of a plain sort."""
    for words in ("二维码", "公开", "码", "报"):
        whole = expected(store, words)
        assert [(hit.report_id, hit.part) for hit in search(store.db, words, limit=None).hits] == whole != []
        for chosen in _SELECTIONS:
            for agency in ("", "教育", "局"):
                where, values = chosen.where()
                sql = f"SELECT id FROM reports r WHERE {where} AND instr(coalesce(agency, ''), ?)"
                wanted = {own for (own,) in store.db.execute(sql, [*values, agency])}
                own = [row for row in whole if row[0] in wanted]
                for limit in (1, 3, 20, REPORTS):
                    found = search(store.db, words, chosen, agency=agency, limit=limit)
                    assert [(hit.report_id, hit.part) for hit in found.hits] == own[:limit], (chosen, agency)
                    assert (found.total, found.more) == (len(own), False)
                assert found_ids(store.db, words, chosen, agency=agency) == {row[0] for row in own}


def test_the_first_hits_are_those_of_a_plain_sort(store: Store) -> None:
    check(store)


def test_a_group_without_room_is_found_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    def narrow(year: int | None, division: str | None) -> Span:
        first, _ = group(year, division)
        return first, first + 1

    monkeypatch.setattr("govcrawl.store.indexing.group", narrow)
    with Store.in_memory() as store:
        make(store)
        with write(store.db) as db:
            for statement in (*SEARCH_LETTERS_ANEW, *SEARCH_ANEW):
                db.conn.execute(statement)
        catch_up(store.db)
        ordered, rest = store.db.execute(
            "SELECT sum(doc < ?), sum(doc >= ?) FROM search_docs", (SPILLED, SPILLED)
        ).fetchone()
        assert ordered > 20
        assert rest > 20
        check(store)


def test_hits_are_counted_to_a_bound_and_told_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    number = len(expected(store, "报"))
    for bound in (number - 1, number, number + 1):
        monkeypatch.setattr(finding, "COUNTED_OF_MANY", bound)
        found = search(store.db, "报", limit=5)
        assert (found.total, found.more) == (number, False)  # for there are no more reports
        monkeypatch.setattr(finding, "COUNTED", 25)
        found = search(store.db, "报", limit=5)
        assert (found.total, found.more) == (min(bound, number), bound < number)
        assert len(found.hits) == 5
        monkeypatch.setattr(finding, "COUNTED", 25_000)
    monkeypatch.setattr(finding, "COUNTED_OF_MANY", 10)
    monkeypatch.setattr(finding, "COUNTED", 25)
    assert (search(store.db, "报", limit=0).total, search(store.db, "报", limit=0).more) == (number, False)
    many = search(store.db, "报", limit=number)
    assert (many.total, many.more, len(many.hits)) == (number, False, number)
    some = search(store.db, "报", Selection("45"), limit=12)
    assert (some.total, some.more, len(some.hits)) == (12, True, 12)


def test_what_waits_counts_with_the_rest(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = expected(store, "报")
    with Store.in_memory() as other:
        make(other)
        catch_up(other.db)
        with write(other.db) as db:
            db.conn.execute("DELETE FROM search_docs WHERE report_id % 5 = 0")
            db.conn.execute("INSERT INTO search_pending SELECT id FROM reports WHERE id % 5 = 0")
        monkeypatch.setattr(finding, "COUNTED", 40)
        monkeypatch.setattr(finding, "COUNTED_OF_MANY", 40)
        found = search(other.db, "报", limit=20)
        assert [(hit.report_id, hit.part) for hit in found.hits] == whole[:20]
        assert (found.total, found.more) == (40, True)


def test_another_form_alone_is_another_answer() -> None:
    with Store.in_memory() as store:
        store.start_run("test", {})
        own = put(store, 1, text="二维码", template="2019")
        with write(store.db) as db:
            db.conn.execute("UPDATE reports SET template = '2021'")
        for _ in range(2):
            assert found_ids(store.db, "二维码", Selection(templates=("2021",))) == {own}
            assert found_ids(store.db, "二维码", Selection(templates=("2019",))) == set()
            catch_up(store.db)


def test_numbers_are_in_the_order_of_years_and_codes() -> None:
    years = sorted({year_key(year) for year in (*range(1890, 3000), None)})
    assert [year_key(year) for year in (2024, 2023, 2008, None)] == sorted(
        {year_key(year) for year in (2024, 2023, 2008, None)}
    )
    rng = Random(5)
    codes = ["".join(rng.choice("0159/:a局") for _ in range(rng.randint(0, 9))) for _ in range(300)]
    made = [group(2023, None), *(group(2023, code) for code in sorted(codes))]
    for before, after in pairwise(made):
        assert before == after or before[1] < after[0]
        assert group_of(before[0]) == group_of(before[1])
        assert (group_of(before[1]) == group_of(after[0])) == (before == after)
    assert group(2023, "999999")[1] < group(2022, None)[0]
    assert group(None, "999999")[1] < SPILLED
    for code in codes:
        for size in range(1, 7):
            ((low, high),) = spans([years[5]], code[:size] or None)
            first, last = group(2150 - years[5], code)
            assert low <= first
            assert last <= high
