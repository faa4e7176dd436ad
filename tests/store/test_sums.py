from __future__ import annotations

from dataclasses import replace

from govcrawl.model import Fact, Status
from govcrawl.store import Store
from govcrawl.store.sums import Year, by_year, sum_up, waiting
from tests.store.make import report, source

FACT = "application.received_new:total"


def made(year: int, *values: int | float | str, scope: str = "own") -> tuple[Fact, ...]:
    """A report's facts: the first value is of the fact that is asked for."""
    names = (FACT, "application.received_new:natural")
    return tuple(
        Fact(name, None, value, Status.BLANK)
        if isinstance(value, str)
        else Fact(name, value, str(value), Status.NUMBER)
        for name, value in zip(names, values, strict=False)
    )


def save(store: Store, url: str, year: int, *values: int | float | str, scope: str = "own") -> None:
    told = replace(
        report(facts=made(year, *values)),
        year=year,
        scope=scope,
        agency=url,
        agency_norm=url,
        text=f"{url} {year}",
    )
    store.save_report(told, replace(source(), url=f"http://a.b/{url}/{year}", sha256=url), run_id=1)


def plain(store: Store) -> list[Year]:
    """The same from the facts."""
    found = store.db.execute(
        "SELECT r.year, count(*), count(f.value), coalesce(sum(f.value), 0) FROM facts f "
        "JOIN reports r ON r.id = f.report_id WHERE f.fact = ? AND r.year IS NOT NULL GROUP BY r.year ORDER BY r.year",
        (FACT,),
    )
    return [Year(*row) for row in found]


def test_sums_are_those_of_the_facts_before_and_after_they_are_kept() -> None:
    with Store.in_memory() as store:
        store.start_run("t", {})
        save(store, "a", 2021, 5, 3)
        save(store, "b", 2021, "", 2)
        save(store, "c", 2021, 1.5, 1)
        save(store, "d", 2022, 7, scope="aggregate")
        expected = [Year(2021, 3, 2, 6.5), Year(2022, 1, 1, 7)]
        assert (waiting(store.db), by_year(store.db, FACT)) == (1, expected)
        sum_up(store.db)
        assert (waiting(store.db), by_year(store.db, FACT)) == (0, expected)
        assert by_year(store.db, FACT, scope="own") == expected[:1]
        assert by_year(store.db, "no such fact") == []
        assert type(by_year(store.db, FACT)[1].total) is int


def test_what_changes_is_summed_anew() -> None:
    with Store.in_memory() as store:
        store.start_run("t", {})
        for url in "abc":
            save(store, url, 2021, 5)
        sum_up(store.db)
        for change in (
            "UPDATE reports SET year = 2020 WHERE id = 1",
            "UPDATE reports SET scope = 'aggregate' WHERE id = 2",
            "UPDATE reports SET year = NULL WHERE id = 3",
            "UPDATE fact_lists SET list = '[9]' WHERE report_id = 1",
            "DELETE FROM fact_lists WHERE report_id = 2",
        ):
            store.db.conn.execute(change)
            store.db.conn.commit()
            told = plain(store)
            assert waiting(store.db) == 1, change
            assert by_year(store.db, FACT) == told, change
            sum_up(store.db)
            assert (waiting(store.db), by_year(store.db, FACT)) == (0, told), change
        store.db.conn.execute("UPDATE reports SET title = 'x', year = year")
        store.db.conn.commit()
        assert waiting(store.db) == 0
