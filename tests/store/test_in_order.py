"""The facts and checks of a report by their columns are the rows that were stored."""

from __future__ import annotations

from dataclasses import replace

from govcrawl.model import Check, Fact, Outcome, Status
from govcrawl.store import Store
from govcrawl.store.beside import parts_beside
from govcrawl.store.fact_columns import as_columns
from govcrawl.store.facts import facts_of
from govcrawl.store.in_order import facts_in_order
from tests.store.make import report, source

FACTS = (
    Fact("challenge.review:total", 3, "3", Status.NUMBER, "件", "format_default", None, 1, 2, 3),
    Fact("application.received_new:total", 1234, "1,234", Status.NUMBER, "件", "cell", None, 0, 1, 1),
    Fact("application.carried_in:total", None, "—", Status.DASH, "件", "cell", "见注", 0, 2, 1),
    Fact("application.local:total", 7, "7", Status.NUMBER, "件", "cell", "", 0, 3, 1),
    Fact(
        "proactive.art20_1.rules:issued",
        10**15,
        str(10**15),
        Status.NUMBER,
        None,
        None,
        None,
        None,
        None,
        None,
    ),
)
CHECKS = (
    Check("A1", "application.received_new:total", Outcome.PASS, "3", "3"),
    Check("A2", "甲", Outcome.NOT_ASSESSABLE),
    Check("A3", "report", Outcome.FAIL, "", "2 reports of 2020"),
)


def test_facts_come_in_the_order_asked_for() -> None:
    places = {fact.fact: -place for place, fact in enumerate(FACTS) if "local" not in fact.fact}
    with Store.in_memory() as store:
        run = store.start_run("t", {})
        for number, own in enumerate((FACTS, FACTS[::-1], FACTS[:1], ())):
            put = replace(report(), facts=own)
            store.save_report(put, source(f"http://a.example/{number}"), entry=None, run_id=run)
        found = facts_in_order(store.db, places)([1, 2, 3, 4])
        for report_id, facts in found.items():
            stored = facts_of(store.db, report_id)
            expected = sorted(stored, key=lambda fact: (places.get(fact[0], len(places)), fact[0]))
            assert list(facts) == expected
            columns = as_columns(facts)
            assert columns.values == {fact[0]: fact[1] for fact in expected}
            assert [fact for fact in expected if fact[3] != "number"] == [
                facts[place] for place in columns.odd if columns.columns[3][place] != "number"
            ]
        assert len(found[1]) == len(FACTS)
        assert not found[4]


def test_checks_are_rows_and_columns() -> None:
    with Store.in_memory() as store:
        run = store.start_run("t", {})
        put = replace(report(), checks=CHECKS)
        store.save_report(put, source("http://a.example/1"), entry=None, run_id=run)
        [checks] = [parts["checks"] for parts in parts_beside(store.db, ["checks"], {1: ""}).values()]
        assert [tuple(row.values()) for row in checks] == [tuple(check) for check in CHECKS]
        assert checks[0]["rule"] == "A1"
        assert len(checks[1:]) == 2
